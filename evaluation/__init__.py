"""Verdicts and carry-over: what came of what was promised. The top ten comes with its part."""
