"""What the server remembers: conversations, feedback, keys and received messages, in one database."""
