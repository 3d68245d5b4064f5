"""Questions about the top ten."""
