"""Cutting the vocabulary changes nothing for Chinese and English text."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from rag.models.embedder import Embedder
from rag.models.packed import PackedModel
from rag.models.vocabulary import in_alphabet, needed_pieces

SAMPLES = [
    "去年重庆新能源车产量是多少？",
    "二〇二四年，全市汽车产量达254万辆，其中新能源汽车95.32万辆，同比增长90.5%。",
    "臺灣的繁體中文：資訊產業、軟體與晶片設計，憂鬱的烏龜。",
    "“33618”现代制造业集群体系——打造万亿级产业《规划（2024—2027年）》",
    "全角字符：ＡＢＣ１２３，．！？（）％￥～＠＃",
    "兼容字符 ①②③ ㈱ ℃ ㎡ ½ ™ … ﹏",
    "What is the capital of France? It's Paris, isn't it; \"naïve café\" co-operate e-mail@example.com",
    'https://example.com/a_b?c=d&e=%E4%BD%A0#x {"json": [1, 2.5e-3, true]}',
    "Chóngqìng shì lǜsè ŌUYÀ ㄓㄨㄧㄣ 注音",
    "生僻字：㐂㒲䶮𠮷𡃁龘靐齉爨々〆〇",
    "多  个   空格\t制表\n换行\u3000全角空格\u200b零宽\ufeff",
    "emoji 👍🏻🇨🇳❤️🎉 ★☆■□→←↑↓ αβ",
    "30～50辆，约1,234.56元，第七届，2025-09-08 14:30",
    "supercalifragilisticexpialidocious antidisestablishmentarianism xkcdqzv AAAAAA aaaaaaaaaaaaaaaa",
    "",
    " ",
    "<s> </s> <mask> <unk> <pad>",
]


@pytest.fixture(scope="module")
def cut(embedder: Embedder) -> Tokenizer:
    tokenizer: Tokenizer = embedder._model.tokenizer.backend_tokenizer
    return tokenizer


@pytest.fixture(scope="module")
def within(packed: PackedModel) -> list[str]:
    """The pieces written in the alphabet."""
    return [text for text in packed.pieces.texts if all(map(in_alphabet, text))]


def is_covered(character: str) -> bool:
    """Whether all that the tokenizer's normalisation makes of `character` is in the alphabet."""
    return all(map(in_alphabet, unicodedata.normalize("NFKC", character)))


covered = st.characters(exclude_categories=["Cs"]).filter(is_covered)
han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
everyday = st.sampled_from(
    "的是年月日万亿个产业智能汽车重新，。！？、：（）“”《》 0123456789%.-abcdefghijklmnopqrstuvwxyzABCDEFGHIJ～％１２Ａ"
)
texts = st.text(st.one_of(everyday, everyday, han, covered), max_size=60)


@pytest.mark.parametrize("text", SAMPLES)
def test_samples_are_cut_into_the_same_pieces(cut: Tokenizer, uncut: Tokenizer, text: str):
    assert cut.encode(text).tokens == uncut.encode(text).tokens


@settings(max_examples=400, deadline=None)
@given(text=texts)
def test_any_text_of_the_alphabet_is_cut_into_the_same_pieces(cut: Tokenizer, uncut: Tokenizer, text: str):
    assert cut.encode(text).tokens == uncut.encode(text).tokens


@settings(max_examples=300, deadline=None)
@given(numbers=st.lists(st.integers(0, 2**20), max_size=12))
def test_any_sequence_of_kept_pieces_is_cut_the_same(
    cut: Tokenizer, uncut: Tokenizer, within: list[str], numbers: list[int]
):
    text = "".join(within[number % len(within)] for number in numbers).replace("▁", " ")
    assert cut.encode(text).tokens == uncut.encode(text).tokens


def test_the_samples_hold_what_is_claimed():
    # Were a sample's character outside the alphabet, its test would prove nothing about the rule.
    outside = {character for text in SAMPLES for character in text if not is_covered(character)}
    assert outside <= set("αβ\ufe0f")


@pytest.mark.parametrize("text", [text for text in SAMPLES if text.strip()])
def test_an_embedding_is_that_of_the_uncut_model(embedder: Embedder, uncut: Tokenizer, packed: PackedModel, text: str):
    import torch

    numbers = uncut.encode(f"query: {text}").ids
    words = torch.from_numpy(packed.matrix("emb.word", 384, np.array(numbers)))
    with torch.inference_mode():
        network = embedder._model[0].auto_model
        hidden = network(inputs_embeds=words[None], attention_mask=torch.ones(1, len(numbers))).last_hidden_state
        vector = torch.nn.functional.normalize(hidden.mean(dim=1)).numpy()[0]
    assert np.allclose(vector, embedder.embed_queries([text])[0], rtol=0, atol=1e-6)


def test_other_scripts_are_spelt_out_not_unknown(cut: Tokenizer):
    assert "<unk>" not in cut.encode("Москва, Αθήνα, 서울, とうきょう").tokens


def test_keeps_every_piece_of_the_alphabet_and_no_others_but_letters(packed: PackedModel):
    pieces = packed.pieces.texts
    kept = set(needed_pieces(pieces, frozenset()).tolist())
    for index, text in enumerate(pieces):
        inside = all(map(in_alphabet, text))
        assert (index in kept) == (inside or len(text.lstrip("▁")) <= 1), text
    assert 100_000 < len(kept) < 140_000


def test_the_unknown_piece_weighs_the_same(packed: PackedModel):
    # A Unigram model scores an unknown character by its lowest score, so that piece must be kept.
    kept = needed_pieces(packed.pieces.texts, frozenset())
    assert packed.pieces.scores[kept].min() == packed.pieces.scores.min()


@pytest.mark.parametrize("character", "龘𠮷々ㄅaZéüǜ9。～％😀")
def test_in_alphabet(character: str):
    assert in_alphabet(character)


@pytest.mark.parametrize("character", "яעあ한αấ")
def test_not_in_alphabet(character: str):
    assert not in_alphabet(character)
