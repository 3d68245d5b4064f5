"""The only writers of this room: keyword-only, ``by=`` somebody, one transaction, audit row."""
