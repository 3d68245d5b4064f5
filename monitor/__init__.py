"""The national office's view over all branches: reads, rolls out, nudges."""
