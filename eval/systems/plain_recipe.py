"""The recipe of most tutorials: a recursive splitter, an embedding model, a vector store, the top four chunks.

Set up as in `eval.bench.peer`, but over the articles' repaired text, so that every chunk is a slice of its article
and can be held against the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from langchain_core.vectorstores import InMemoryVectorStore

from eval.cases import Case
from eval.evaluation import Reply
from eval.plain_splitter import SHOWN, split_plainly
from eval.systems.best_span import ContextReader
from eval.systems.one_reader import read_span
from eval.systems.quoting import quote_reply, refusal_reply
from rag.answer.reading import Support
from rag.text.sentences import split_sentences
from rag.types import Article, BlockKind, Passage

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings


class PlainRecipe:
    """Four chunks by meaning. Its answer is the first of them.

    Left out: the understanding of the question, keyword search, the titles and headings that stand over a passage,
    whole sentences as the unit of splitting, any reading, and refusals.
    """

    name = "plain recipe"

    def __init__(self, store: InMemoryVectorStore, articles: Mapping[str, Article], public_url: str) -> None:
        self._store = store
        self.articles = articles
        self.public_url = public_url

    @classmethod
    def build(cls, articles: Mapping[str, Article], embeddings: Embeddings, public_url: str = "") -> PlainRecipe:
        """Splits the articles' text and embeds the chunks.

        Raises:
            SplitterMissingError: the splitter is not installed.
        """
        store = InMemoryVectorStore(embeddings)
        chunks = [chunk for article in articles.values() for chunk in split_article(article)]
        store.add_texts(
            [chunk.text for chunk in chunks],
            [{"article": chunk.article_id, "start": chunk.start} for chunk in chunks],
        )
        return cls(store, articles, public_url)

    def retrieve(self, question: str) -> list[Passage]:
        """The four nearest chunks, best first."""
        found = self._store.similarity_search(question, k=SHOWN)
        return [
            _chunk(self.articles[document.metadata["article"]], document.metadata["start"], document.page_content)
            for document in found
        ]

    def ask(self, case: Case) -> Reply:
        """Show the chunk nearest to the question of ``case``; its history is not looked at."""
        chunks = self.retrieve(case.question)
        if not chunks:
            return refusal_reply(case.question, chunks)
        first = chunks[0]
        support = [Support(first.article_id, first.span)]
        return quote_reply(case.question, chunks, support, first.text, first.text, self.articles, self.public_url)


class PlainRecipeWithReader:
    """The plain recipe, its four chunks read by the trained model that 据文 uses, as `one_reader.model_alone` does.

    Left out: all that `PlainRecipe` leaves out but the reading; the rules, the guards and the fitted confidence.
    """

    name = "plain recipe + reader"

    def __init__(self, recipe: PlainRecipe, model: ContextReader) -> None:
        self._recipe = recipe
        self._model = model

    def ask(self, case: Case) -> Reply:
        """Answer the question of ``case``; its history is not looked at."""
        recipe = self._recipe
        chunks = recipe.retrieve(case.question)
        found = read_span(self._model, case.question, chunks)
        if found is None:
            return refusal_reply(case.question, chunks)
        first = found.support[0]
        text = recipe.articles[first.article_id].text[first.span.start : first.span.end].strip()
        short = found.short or ""
        return quote_reply(case.question, chunks, found.support, short, text, recipe.articles, recipe.public_url)


def split_article(article: Article) -> list[Passage]:
    """The chunks of an article, each a slice of its text.

    Raises:
        SplitterMissingError: the splitter is not installed.
    """
    documents = split_plainly([article.text])
    return [_chunk(article, document.metadata["start_index"], document.page_content) for document in documents]


def _chunk(article: Article, start: int, text: str) -> Passage:
    return Passage(
        id=f"{article.id}#{start}-{start + len(text)}",
        article_id=article.id,
        title=article.title,
        section="",
        kind=BlockKind.PARAGRAPH,
        text=text,
        start=start,
        end=start + len(text),
        sentences=tuple(split_sentences(text, start)),
    )
