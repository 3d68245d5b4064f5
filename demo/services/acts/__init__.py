"""The stories of the branches that are played out in full. Everything in them is invented."""
