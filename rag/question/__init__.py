"""What is asked: follow-ups completed, relative time read, the focus found."""
