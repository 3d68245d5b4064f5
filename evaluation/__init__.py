"""Verdicts and carry-over: what came of what was promised; the top ten and its delivery."""
