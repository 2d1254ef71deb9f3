"""Times: word lists, calendar arithmetic and grammar of time expressions."""
