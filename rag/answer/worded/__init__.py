"""Answers that a language model words, held to the articles sentence by sentence."""
