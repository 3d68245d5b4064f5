"""Who is told what and when: rules, outbox, sending. Nothing lives here yet; see CHANGELOG."""
