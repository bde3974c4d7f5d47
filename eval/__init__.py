"""Gold questions, their metrics, and the speed of the whole against its plain peer."""
