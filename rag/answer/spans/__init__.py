"""The borders of answers: spans of a kind, whole phrases, whole enumerations."""
