"""Whether mail from here can arrive: what can be seen of it from this machine, in sentences."""
