"""Template words of the evaluation."""
