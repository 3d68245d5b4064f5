"""Words that templates of this room may use."""
