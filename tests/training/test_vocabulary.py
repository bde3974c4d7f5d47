"""The reader's vocabulary: no piece holds what an answer may have to cut."""

from __future__ import annotations

import unicodedata

import pytest
from tokenizers import Tokenizer

from rag.models.vocabulary import WORD_START
from tests.small_reader import make_tokenizer, packed_model
from training.vocabulary import LATIN_PIECES, reader_pieces


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return make_tokenizer()


@pytest.fixture(scope="module")
def kept() -> list[str]:
    pieces = packed_model().pieces
    return [pieces.texts[index] for index in reader_pieces(pieces)]


def kind(character: str) -> str:
    if character.isascii():
        return "digit" if character.isdigit() else "latin" if character.isalpha() else "other"
    return "han" if unicodedata.name(character, "").startswith("CJK UNIFIED") else "other"


SPECIAL = {"<s>", "</s>", "<pad>", "<unk>", "<mask>"}


def test_no_piece_mixes_kinds(kept: list[str]) -> None:
    assert set(kept) >= SPECIAL
    assert len(set(kept)) == len(kept)
    for text in set(kept) - SPECIAL:
        bare = text.removeprefix(WORD_START)
        assert len({kind(character) for character in bare}) <= 1, text
        assert len(bare) <= 1 or kind(bare[0]) != "other", text
        assert kind(bare[:1] or " ") != "digit" or len(bare) <= 4, text


def test_it_is_cut_to_what_is_needed(kept: list[str]) -> None:
    latin = [text for text in kept if len(text) > 1 and text not in SPECIAL and kind(text[-1]) == "latin"]
    assert len(latin) <= LATIN_PIECES + 26 * 2
    assert 20_000 < len(kept) < 40_000


@pytest.mark.parametrize(
    "text", ["1957", "2024年的产量", "90%。《茶馆》", "（12,345万吨）", "1950年3月2日至4日", "GDP增长5%"]
)
def test_borders_fall_between_kinds(tokenizer: Tokenizer, text: str) -> None:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    for start, end in encoding.offsets:
        assert len({kind(character) for character in text[start:end]}) <= 1
    assert tokenizer.token_to_id("<unk>") not in encoding.ids


@pytest.mark.parametrize("year", range(1900, 2031))
def test_a_year_begins_and_ends_with_a_piece_and_is_two_at_most(tokenizer: Tokenizer, year: int) -> None:
    offsets = tokenizer.encode(f"在{year}年的夏天", add_special_tokens=False).offsets
    inside = [(start, end) for start, end in offsets if start < 5 and end > 1]
    assert inside[0][0] == 1
    assert inside[-1][1] == 5
    assert len(inside) <= 2
    assert (5, 6) in offsets
    assert (6, 7) in offsets
