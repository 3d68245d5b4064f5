"""Input: themes, channels, contributions, gatherings, and what became of all that."""
