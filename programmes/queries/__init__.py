"""What pages and exports read, each in a constant number of queries."""
