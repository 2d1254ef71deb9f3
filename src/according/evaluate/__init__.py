"""Compare coded reports with gold and coders with each other."""
