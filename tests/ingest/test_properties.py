"""What must hold for any text whatever: nothing lost, nothing added, every offset exact."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest.fragments import Fragment, plain_fragments
from rag.ingest.markdown import markdown_fragments
from rag.ingest.repair import repair
from rag.ingest.split import split_article
from rag.types import Article, Block, BlockKind
from tests.ingest.texts import bodies, characters, fragments

_HEAD_TITLES = st.sampled_from(["", "春天", "展会公司", "图/王五"])


@settings(max_examples=60)
@given(fragments, _HEAD_TITLES, _HEAD_TITLES)
def test_repair_keeps_every_character(pieces: list[Fragment], title: str, subtitle: str) -> None:
    repaired = repair(pieces, title, subtitle)
    assert characters(repaired.text) == characters("".join(piece.text for piece in pieces))


@settings(max_examples=60)
@given(fragments)
def test_a_block_is_whole_fragments_in_their_order(pieces: list[Fragment]) -> None:
    repaired = repair(pieces)
    left = [bare(piece.text) for piece in pieces]
    for block in repaired.blocks:
        rest = bare(repaired.text[block.start : block.end])
        place = 0
        while rest:
            # The first fragment not yet used, from `place` on, with which the rest of the block begins.
            place = next(at for at in range(place, len(left)) if left[at] and rest.startswith(left[at]))
            rest = rest.removeprefix(left[place])
            left[place] = ""
    assert not any(left)


@settings(max_examples=60)
@given(fragments)
def test_blocks_are_slices_that_tile_the_text(pieces: list[Fragment]) -> None:
    repaired = repair(pieces)
    assert "\n\n".join(repaired.text[block.start : block.end] for block in repaired.blocks) == repaired.text
    for block in repaired.blocks:
        words = repaired.text[block.start : block.end]
        assert words
        assert words == words.strip()
        assert "\n" not in words
    assert [b.start for b in repaired.blocks[1:]] == [b.end + 2 for b in repaired.blocks[:-1]]


@settings(max_examples=60)
@given(fragments, _HEAD_TITLES, _HEAD_TITLES)
def test_repairing_twice_changes_nothing(pieces: list[Fragment], title: str, subtitle: str) -> None:
    once = repair(pieces, title, subtitle)
    assert repair(plain_fragments(once.text), title, subtitle) == once


@settings(max_examples=60)
@given(fragments)
def test_sections_are_the_headings_above(pieces: list[Fragment]) -> None:
    repaired = repair(pieces)
    headings = {repaired.text[b.start : b.end] for b in repaired.blocks if b.kind is BlockKind.HEADING}
    first = next((n for n, b in enumerate(repaired.blocks) if b.kind is BlockKind.HEADING), len(repaired.blocks))
    assert all(block.section == "" for block in repaired.blocks[:first])
    assert all(block.section in headings for block in repaired.blocks[first:])


@settings(max_examples=60)
@given(bodies)
def test_markdown_keeps_letters_and_figures(text: str) -> None:
    pieces = markdown_fragments(text)
    assert all(piece.text == piece.text.strip() != "" for piece in pieces)
    assert words("".join(piece.text for piece in pieces)) == words(text)


@settings(max_examples=60)
@given(fragments, st.integers(1, 60), st.integers(0, 120))
def test_passages_hold_every_character_of_every_block_once(pieces: list[Fragment], low: int, more: int) -> None:
    article = as_article(pieces)
    passages = split_article(article, low, low + more)
    covered = Counter(at for passage in passages for at in range(passage.start, passage.end))
    assert set(covered.values()) <= {1}
    assert all(article.text[at].isspace() for at in range(len(article.text)) if not covered[at])
    assert [passage.start for passage in passages] == sorted(passage.start for passage in passages)
    assert len({passage.id for passage in passages}) == len(passages)


@settings(max_examples=60)
@given(fragments, st.integers(1, 60), st.integers(0, 120))
def test_passages_and_sentences_are_exact_slices(pieces: list[Fragment], low: int, more: int) -> None:
    article = as_article(pieces)
    for passage in split_article(article, low, low + more):
        assert passage.text == article.text[passage.start : passage.end]
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
        for before, after in zip(passage.sentences, passage.sentences[1:], strict=False):
            assert article.text[before.end : after.start] in ("", "\n\n")
        for sentence in passage.sentences:
            assert sentence.length <= 2 * (low + more)
            assert any(block.span.covers(sentence) for block in article.blocks)
        assert passage.span.length <= low + more or len(passage.sentences) == 1


def as_article(pieces: list[Fragment]) -> Article:
    repaired = repair(pieces)
    blocks: tuple[Block, ...] = repaired.blocks
    return Article(id="a", title="春天", text=repaired.text, blocks=blocks)


def bare(text: str) -> str:
    return "".join(text.split())


def words(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalpha() or character.isdigit())
