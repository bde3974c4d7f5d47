"""Short articles written for training, with questions as visitors ask them and near misses for each paragraph.

The data sets ask of encyclopedia paragraphs in the words of the paragraph. Here are the questions that they lack:
colloquial ones, ones for reasons and lists, and near misses that only reading can tell.
"""

from training.written.reading import WrittenError, read_written

__all__ = ["WrittenError", "read_written"]
