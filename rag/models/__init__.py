"""The local models and where their weights come from."""
