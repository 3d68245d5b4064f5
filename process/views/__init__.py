"""Pages of this room: load the scoped object, check, validate, call one service, answer."""
