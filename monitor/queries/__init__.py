"""Questions over all branches: set-based, with a number of queries that rows do not change."""
