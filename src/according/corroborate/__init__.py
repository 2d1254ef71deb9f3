"""One happening, many accounts: duplicates, events across reports, accounts."""
