"""Who says what: statements and chains of speakers."""
