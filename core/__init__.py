"""Mechanism without policy and without models: clock, mail transport, safe text and uploads."""
