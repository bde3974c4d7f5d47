"""From a file in the corpus to an Article and its Passages: read, repair, split."""

from rag.ingest.corpus import CorpusReading, read_corpus
from rag.ingest.read import read_article
from rag.ingest.repair import RepairedText, repair
from rag.ingest.split import split_article

__all__ = ["CorpusReading", "RepairedText", "read_article", "read_corpus", "repair", "split_article"]
