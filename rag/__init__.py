"""据文: questions answered only from your articles, each answer with its exact place."""
