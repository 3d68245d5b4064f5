"""Many people at once, over real HTTP on loopback, on both stacks: ``python -m bench.load``."""
