"""How well the check of worded answers tells true sentences from corrupted ones; no model is needed for it."""
