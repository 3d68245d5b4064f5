"""Questions over the outbox."""
