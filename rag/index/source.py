"""What is to be indexed: the articles of the corpus, cut into passages, and what of it cannot be used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from rag.errors import ArticleError
from rag.index.article_json import article_to_json
from rag.index.context import CONTEXT_WEIGHT, embedded_texts, passage_terms
from rag.index.encoder import Encoder
from rag.index.manifest import FORMAT, Description
from rag.ingest import read_corpus, split_article
from rag.settings import Settings
from rag.types import Article, Passage


@dataclass(frozen=True, slots=True)
class IndexSource:
    """The articles with their passages, and a line for each file or article that was left out."""

    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    problems: tuple[str, ...]

    @classmethod
    def read(cls, settings: Settings) -> IndexSource:
        """Read and split the corpus; what cannot be used is left out and said in ``problems``.

        Raises:
            ArticleError: there is no corpus folder, or not one article in it that can be used.
        """
        reading = read_corpus(settings.corpus_dir)
        problems = list(reading.problems)
        articles: list[Article] = []
        passages: list[Passage] = []
        for article in reading.articles:
            parts = split_article(article, settings.passage_min_chars, settings.passage_max_chars)
            if not parts:
                problems.append(f"{article.source or article.id}: holds no text to index; remove it or write it")
                continue
            articles.append(article)
            passages.extend(parts)
        if not articles:
            reasons = f" ({'; '.join(problems)})" if problems else ""
            raise ArticleError(f"no article to index in {settings.corpus_dir}{reasons}; put a .txt or .md file there")
        return cls(tuple(articles), tuple(passages), tuple(problems))

    def terms(self) -> list[list[str]]:
        """The keyword terms of each passage."""
        return [passage_terms(passage) for passage in self.passages]

    def describe(self, settings: Settings, encoder: Encoder) -> Description:
        """What an index of this source says about itself."""
        articles = {article.id: content_hash(article_to_json(article)) for article in self.articles}
        ingredients = [
            FORMAT,
            encoder.name,
            encoder.dimensions,
            settings.passage_min_chars,
            settings.passage_max_chars,
            articles,
            self.problems,
            # The texts as they are searched, so that a new way of splitting or cutting words is noticed too.
            [[passage.id, passage.start, passage.end] for passage in self.passages],
            embedded_texts(self.passages),
            CONTEXT_WEIGHT,
            self.terms(),
        ]
        return Description(
            version=content_hash(ingredients)[:16],
            embedder=encoder.name,
            dimensions=encoder.dimensions,
            passage_min_chars=settings.passage_min_chars,
            passage_max_chars=settings.passage_max_chars,
            articles=articles,
            problems=self.problems,
        )


def content_hash(content: object) -> str:
    """The SHA-256, in hexadecimal, of anything that JSON can say."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
