"""Corpora: shards, manifest, resume, engines."""
