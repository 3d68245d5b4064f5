"""Calendar feeds, read by programs that know nothing of this product."""
