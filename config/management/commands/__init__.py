"""Commands of this project as a whole."""
