"""Find event mentions: triggers, roles, factuality, counts."""
