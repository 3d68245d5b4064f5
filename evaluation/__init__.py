"""Verdicts and carry-over, the top ten and its delivery. Nothing lives here yet; see CHANGELOG."""
