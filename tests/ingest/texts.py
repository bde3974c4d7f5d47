"""Invented articles and strategies that the tests of ingest share."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import strategies as st

from rag.ingest.fragments import Fragment, plain_fragments
from rag.ingest.repair import RepairedText, repair

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"


def characters(text: str) -> Counter[str]:
    """How often each character that is not white space stands in ``text``."""
    return Counter("".join(text.split()))


def repair_text(text: str, title: str = "", subtitle: str = "") -> RepairedText:
    return repair(plain_fragments(text), title, subtitle)


def kinds_and_texts(repaired: RepairedText) -> list[tuple[str, str]]:
    return [(block.kind.value, repaired.text[block.start : block.end]) for block in repaired.blocks]


# Pieces that lay traps: marks that open, close and end; names, credits, numbers; both scripts.
_PIECES = st.sampled_from(
    """
    春天 展会 公司 人工 智能 发展 记者 图/王五 （张三 摄） 图为 本报记者 一、 （一） 1. —— … ……
    的 是 从 和 把 2024年 95万辆 48.9 machine learning The x ① 摄 文
    。 ， 、 ； ： ？ ！ “ ” ‘ ’ 《 》 （ ） ( ) " . , ; : ? ! % - • # * _ ` Photo: By John | /
    """.split()
)
_LINES = st.lists(_PIECES | st.just(" ") | st.text(max_size=3), min_size=1, max_size=14).map("".join)
_LONG_LINES = st.lists(_PIECES, min_size=10, max_size=40).map("".join)

bodies = st.lists(_LINES | _LONG_LINES | st.just(""), max_size=12).map("\n".join)
"""Texts of a few lines, short and long, with and without sense."""

fragments = bodies.map(plain_fragments).filter(bool)

__all__ = ["CORPUS", "ROOT", "Fragment", "bodies", "characters", "fragments", "kinds_and_texts", "repair_text"]
