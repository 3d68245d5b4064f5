"""Work for later: one table, written in the caller's transaction; an engine only nudges it."""
