"""Versions of the tables, oldest first; each step brings a store to the next."""
