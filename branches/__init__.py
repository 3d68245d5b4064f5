"""Municipalities, branches, people and their roles: the tenant, and who may do what in it."""
