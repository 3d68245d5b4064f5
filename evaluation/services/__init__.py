"""The only writers of the evaluation."""
