"""What the pages of this room show, each in a number of queries that does not grow with rows."""
