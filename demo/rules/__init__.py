"""Pure rules of the demonstration: who does what on which day. No Django, no clock."""
