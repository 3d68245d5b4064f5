"""Questions over this room's tables: set-based, so that rows do not add queries."""
