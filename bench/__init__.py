"""Figures: roll-out and pages, as ratios to a bare floor measured in the same run."""
