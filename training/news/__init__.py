"""Generators of Chinese news paragraphs with questions, for training the reader."""
