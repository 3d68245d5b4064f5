"""What the demonstration is made from: names, groups of municipalities, texts. All our own."""
