"""The report of a gathering as documents: the words, Word and PDF; the page says the same."""
