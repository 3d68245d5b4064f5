"""Who is to be told something, per kind of subject: querysets, one row a reminder."""
