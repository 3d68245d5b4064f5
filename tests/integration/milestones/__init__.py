"""One milestone's page, by what people do there."""
