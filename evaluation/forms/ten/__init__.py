"""The forms of the top ten."""
