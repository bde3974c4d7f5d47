"""Sentences and figures of paragraphs written in a test, read as the reader reads them."""

from __future__ import annotations

from datetime import date

from rag.answer.evidence import Sentence, gather
from rag.answer.figures import Figure, find_figures
from rag.text.sentences import split_sentences
from rag.types import Article, Block, BlockKind, Passage


def article_of(
    text: str, published: date | None = date(2025, 9, 8), title: str = "城市观察", section: str = ""
) -> Article:
    """An article with a paragraph for each line of ``text``."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(line), section))
        start += len(line) + 1
    return Article("invented", title, text, tuple(blocks), published)


def passages_of(article: Article) -> list[Passage]:
    """A passage for each block of ``article``."""
    return [
        Passage(
            id=str(block.start),
            article_id=article.id,
            title=article.title,
            section=block.section,
            kind=block.kind,
            text=article.text[block.start : block.end],
            start=block.start,
            end=block.end,
            sentences=tuple(split_sentences(article.text[block.start : block.end], block.start)),
        )
        for block in article.blocks
    ]


def sentences_of(
    text: str, published: date | None = date(2025, 9, 8), title: str = "城市观察", section: str = ""
) -> list[Sentence]:
    """The sentences of ``text``, a paragraph a line."""
    article = article_of(text, published, title, section)
    return gather(passages_of(article), {article.id: article})


def sentence_of(text: str, published: date | None = date(2025, 9, 8), title: str = "城市观察") -> Sentence:
    """The only sentence of ``text``."""
    (sentence,) = sentences_of(text, published, title)
    return sentence


def figures_of(text: str) -> dict[str, Figure]:
    """The figures of the sentences of ``text`` by how they are written."""
    return {figure.quantity.text: figure for sentence in sentences_of(text) for figure in find_figures(sentence)}
