"""Who is told what, when, once: rules, the outbox, sending, preferences."""
