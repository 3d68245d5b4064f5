"""The only writers of the top ten."""
