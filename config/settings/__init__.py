"""Settings: base, and one module each for development, test and production."""
