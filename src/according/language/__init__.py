"""The parse and the clause layer."""
