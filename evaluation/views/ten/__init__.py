"""The pages of the top ten."""
