"""News paragraphs full of facts that look alike, with questions on each of them."""

from training.news.facts.generation import generate

__all__ = ["generate"]
