"""Follow-up questions made standalone from the conversation."""
