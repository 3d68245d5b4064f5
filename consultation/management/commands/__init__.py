"""Commands that a person types: see the help text of each."""
