"""Code a corpus in shards that survive: `run_corpus` is the one entry."""

from __future__ import annotations

from according.run.corpus import Outcome, run_corpus
from according.run.model import Limits, Spec

__all__ = ["Limits", "Outcome", "Spec", "run_corpus"]
