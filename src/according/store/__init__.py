"""Keep coded reports, events and decisions in SQLite or PostgreSQL."""
