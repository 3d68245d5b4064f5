"""Who may do what: a world of two branches, a row per route, and the answers that rows promise."""
