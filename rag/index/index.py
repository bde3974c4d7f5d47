"""The index of a corpus: made or taken up from disk, and asked for passages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from langchain_core.retrievers import BaseRetriever

from rag.errors import IndexStoreError
from rag.index.build import build_contents
from rag.index.contents import IndexContents
from rag.index.encoder import Encoder
from rag.index.fusion import standardised_fusion
from rag.index.introduction import introduction
from rag.index.manifest import Description, reason_to_rebuild
from rag.index.retriever import PassageRetriever
from rag.index.source import IndexSource
from rag.index.store import IndexStore
from rag.index.unit_vectors import Vectors
from rag.progress import Progress, silent
from rag.question.known_names import without_known_names
from rag.settings import Settings
from rag.text.tokens import keywords
from rag.types import Article, Passage, ScoredPassage

CANDIDATES = 50
"""Passages that each of the two searches hands to the fusion, at the least."""
MEANING_WEIGHT = 0.7
SENTENCE_WEIGHT = 0.5
"""What meaning counts beside keywords, and in it a passage's nearest sentence beside the passage.

Chosen on the development questions (167) and those for calibration (168). The evidence came first there for 89 % and
73 % by reciprocal rank fusion, for 90 % and 77 % by this fusion without the sentences, for 91 % and 79 % with them;
among the first six for 98 % and 94 %, 98 % and 99 %, 99 % and 99 %. On 168 questions that nothing was chosen on it
came first for 64 %, 73 % and 74 %. Keywords of two characters, beside words or in their place, gained nothing.
"""

OWN_WORDS_SHARE = 0.5
"""What the question without the names of the nearest article counts among the passages of that article.

The evidence came first on the development questions (436 over eleven articles) for 70 %, with this for 77 %; on those
for calibration for 77 % and 83 %; among the first six for 97 % and 99 % either way.
"""

Search = Literal["both", "meaning", "keywords"]
"""What a passage is found by."""

SentenceKey = tuple[str, int, int]
"""A sentence: the id of its article, its start and its end in the article's text."""


class Index:
    """A corpus as it is searched. It never changes, so any number of threads may ask it.

    Example::

        index = Index.build_or_load(settings, embedder)
        for scored in index.retrieve("新能源汽车产量", k=3):
            print(scored.passage.text)
    """

    def __init__(
        self, contents: IndexContents, encoder: Encoder, store: IndexStore, pointer: str, rebuilt_because: str = ""
    ) -> None:
        """Take what `build_or_load` or `load` has made or read."""
        self._contents = contents
        self._encoder = encoder
        self._store = store
        self._pointer = pointer
        self._rebuilt_because = rebuilt_because
        self._articles = MappingProxyType({article.id: article for article in contents.articles})
        self._passages = {passage.id: passage for passage in contents.passages}
        self._sentence_vectors = contents.sentence_vectors()
        self._sentences_of: dict[str, slice] = {}
        first = 0
        for passage in contents.passages:
            self._sentences_of[passage.id] = slice(first, first + len(passage.sentences))
            first += len(passage.sentences)
        spans = [(passage.article_id, span) for passage in contents.passages for span in passage.sentences]
        self._sentence_rows: dict[SentenceKey, int] = {
            (article_id, span.start, span.end): row for row, (article_id, span) in enumerate(spans)
        }

    @classmethod
    def build_or_load(cls, settings: Settings, encoder: Encoder, progress: Progress | None = None) -> Index:
        """The index of the corpus as it is now: the one on disk where it fits, else a new one, put on disk.

        A new index takes over the vectors of all that has not changed. Why it was made is told to ``progress``
        and stays in `rebuilt_because`. Two processes that call this at once do the work once.

        Raises:
            ArticleError: there is no article in the corpus that can be used.
            IndexStoreError: the new index cannot be written; the one on disk is as it was.
            ModelError: the encoder fails.
        """
        report = progress or silent
        source = IndexSource.read(settings)
        wanted = source.describe(settings, encoder)
        store = IndexStore(settings.index_dir)
        found, pointer, reason = _look(store, wanted, encoder)
        if found is not None and not reason:
            return cls(found, encoder, store, pointer)
        with store.building(report):
            # Another process may have made it while this one waited for the lock.
            found, pointer, reason = _look(store, wanted, encoder)
            if found is not None and not reason:
                return cls(found, encoder, store, pointer)
            if reason:
                report(f"indexing anew: {reason}", 1, 1)
            contents = build_contents(source, wanted, encoder, found, report)
            return cls(contents, encoder, store, store.save(contents), reason)

    @classmethod
    def load(cls, settings: Settings, encoder: Encoder) -> Index:
        """The index on disk as it is, without a look at the corpus; so a running server takes up a new one.

        Raises:
            IndexStoreError: there is none, it is damaged, or it was made with another encoder.
        """
        store = IndexStore(settings.index_dir)
        contents, pointer = store.load(encoder.as_langchain())
        if contents.description.embedder != encoder.name:
            raise IndexStoreError(
                f"the index in {store.folder} was made with the embedder {contents.description.embedder}, not with "
                f"{encoder.name}; index anew"
            )
        return cls(contents, encoder, store, pointer)

    @property
    def articles(self) -> Mapping[str, Article]:
        """The articles by id."""
        return self._articles

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, article by article, in the order of the text."""
        return self._contents.passages

    @property
    def encoder(self) -> Encoder:
        """What turns questions and passages into vectors."""
        return self._encoder

    @property
    def version(self) -> str:
        """A hash of all that the index was made from; equal versions give equal answers."""
        return self._contents.description.version

    @property
    def problems(self) -> tuple[str, ...]:
        """A line for each file of the corpus that was left out, and why."""
        return self._contents.description.problems

    @property
    def rebuilt_because(self) -> str:
        """Why the index on disk was not used but a new one made, in one line; "" where it was, or there was none."""
        return self._rebuilt_because

    def newer_on_disk(self) -> bool:
        """Whether another index has taken the place of this one on disk; reads one line, so ask as often as you like.

        Raises:
            IndexStoreError: the folder of the index cannot be read.
        """
        return self._store.pointer() not in (None, self._pointer)

    def retrieve(self, query: str, k: int, by: Search = "both") -> list[ScoredPassage]:
        """At most ``k`` passages for a query, best first: by meaning and by keyword, fused by their scores.

        By meaning a passage scores its own cosine with the query and, in part, that of its nearest sentence; by
        keywords its BM25. Among the passages of the nearest article the query counts in part without the names that
        the article has introduced. With ``by`` one of the two searches alone; by keywords there may be none.

        Raises:
            ValueError: ``k`` is below 1.
        """
        if k < 1:
            raise ValueError(f"k is {k}; it must be at least 1")
        depth = max(k, CANDIDATES)
        ranked = self._ranked(query, depth, by)
        if by == "both" and ranked:
            ranked = self._with_own_words(query, ranked, depth)
        return [ScoredPassage(self._passages[name], score) for name, score in ranked[:k]]

    def _ranked(self, query: str, depth: int, by: Search) -> list[tuple[str, float]]:
        worded = {} if by == "meaning" else self._by_keywords(query, depth)
        if by == "keywords":
            return list(worded.items())
        vector = self._encoder.embed_queries([query])[0]
        near = [str(document.id) for document, _ in self._contents.vectors.search_vector(vector, depth)]
        meant = self._by_meaning(vector, dict.fromkeys([*near, *worded]))
        if by == "meaning":
            return sorted(meant.items(), key=lambda entry: -entry[1])
        scale = dict.fromkeys([*near[:CANDIDATES], *list(worded)[:CANDIDATES]])
        return standardised_fusion([(MEANING_WEIGHT, meant), (1 - MEANING_WEIGHT, worded)], scale)

    def _with_own_words(self, query: str, ranked: list[tuple[str, float]], depth: int) -> list[tuple[str, float]]:
        """``ranked`` with the passages of the nearest article ranked also by what the query asks of that article."""
        nearest = self._articles[self._passages[ranked[0][0]].article_id]
        own_words = without_known_names(query, introduction(nearest))
        if own_words == query:
            return ranked
        whole, own = dict(ranked), dict(self._ranked(own_words, depth, "both"))
        least, least_own = min(whole.values()), min(own.values())
        scores = {
            name: (1 - OWN_WORDS_SHARE) * whole.get(name, least) + OWN_WORDS_SHARE * own.get(name, least_own)
            if self._passages[name].article_id == nearest.id
            else whole.get(name, least)
            for name in dict.fromkeys([*whole, *own])
        }
        return sorted(scores.items(), key=lambda entry: -entry[1])

    def _by_keywords(self, query: str, depth: int) -> dict[str, float]:
        found = self._contents.keywords.search(keywords(query), depth)
        return {self.passages[position].id: score for position, score in found}

    def _by_meaning(self, vector: Vectors, names: Collection[str]) -> dict[str, float]:
        cosines = self._contents.vectors.cosines(vector, list(names))
        nearest = [float((self._sentence_vectors[self._sentences_of[name]] @ vector).max()) for name in names]
        return {
            name: cosine + SENTENCE_WEIGHT * of_sentence
            for name, cosine, of_sentence in zip(names, cosines, nearest, strict=True)
        }

    def retriever(self, k: int) -> BaseRetriever:
        """`retrieve` as a LangChain retriever of documents."""
        return PassageRetriever(search=self, k=k)

    def sentence_similarity(self, query: str, passages: Sequence[Passage]) -> dict[SentenceKey, float]:
        """The cosine of the query with each sentence of the passages, by article id, start and end of the sentence.

        Raises:
            ValueError: a passage is not of this index.
        """
        keys = [(passage.article_id, span.start, span.end) for passage in passages for span in passage.sentences]
        try:
            rows = [self._sentence_rows[key] for key in keys]
        except KeyError as error:
            raise ValueError(f"no sentence {error} in the index of version {self.version}; retrieve anew") from error
        cosines = self._sentence_vectors[rows] @ self._encoder.embed_queries([query])[0]
        return dict(zip(keys, cosines.tolist(), strict=True))

    def document_frequency(self, term: str) -> int:
        """How many passages hold a keyword term, as `rag.text.tokens.keywords` gives it."""
        return self._contents.keywords.document_frequency(term)


def _look(store: IndexStore, wanted: Description, encoder: Encoder) -> tuple[IndexContents | None, str, str]:
    """The index on disk, its pointer, and why it will not do as it is ("" where it does, or where there is none)."""
    if store.pointer() is None:
        return None, "", ""
    try:
        contents, pointer = store.load(encoder.as_langchain())
    except IndexStoreError as error:
        return None, "", str(error).removesuffix("; index anew")
    return contents, pointer, reason_to_rebuild(contents.description, wanted)
