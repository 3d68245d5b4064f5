"""The acts of the national office that belong to no other room."""
