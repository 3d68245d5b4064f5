"""Real processes, really killed: engines, databases, queues and mail servers that go away."""
