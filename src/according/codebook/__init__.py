"""Event types, modes and triggers, read from YAML."""
