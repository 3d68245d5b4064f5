"""Wires the rooms together; imported by nobody."""
