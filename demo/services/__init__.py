"""Making the demonstration: branches, people, and how far each of them has come."""
