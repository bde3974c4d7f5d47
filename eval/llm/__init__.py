"""The test questions asked of the language model of the settings, beside the reader alone."""
