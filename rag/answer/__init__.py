"""From retrieved passages to a grounded answer, or an honest refusal."""
