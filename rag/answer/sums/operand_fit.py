"""Whether a figure really counts what a sum needs: words that an answer may borrow, an operand may not."""

from __future__ import annotations

import re

from rag.answer.coverage import found
from rag.answer.figures import Figure
from rag.question.focus import Focus
from rag.text.normalise import fold

_ASKED_MEASURE = re.compile(r"多少(?:千|万|亿|百)?([块支家座所辆台艘架只头棵株篇部栋间套张条幅枚])")
_MEASURE = re.compile(r"(?:量|额|数|值|率|长|度|积|收入|利润|规模)$")
_SAYS_NOTHING = re.compile(
    r"其中|包[括含]|全[市省县区镇村国厂校州年]|[本该][市省县区镇村厂校年]|公司|集团|企业|完成|实现|达到|超过|突破|约为|有|共|累计|合计|"
    r"总计|仅|就|也|则|为|是|达|约|近|超|了|的|已|总|生产|数量|总量|部分"
)
_SENTENCE_END = re.compile(r"[。!?！？;；\n]")


def counts_target(focus: Focus, figure: Figure) -> bool:
    """Whether the unit fits and the sentence of ``figure`` holds all words for what ``focus`` counts.

    Only a figure that names nothing itself (乙县31.9亿元) may take them from the sentence before.
    """
    measure = _ASKED_MEASURE.search(focus.wording)
    if measure is not None and figure.quantity.unit not in (measure.group(1), "个", ""):
        return False
    targets = [term for term in focus.terms if term.text in focus.target and not term.is_measure and not term.is_name]
    lacking = [term for term in targets if not found(term, figure.sentence.folded)]
    if not lacking:
        return True
    names_others = any(
        (
            token.tag.startswith(("n", "vn"))
            or (token.tag.startswith(("v", "b", "j", "l")) and token.text in figure.head)
        )
        and token.tag not in ("ns", "nt", "nz", "nr")
        and len(token.text) > 1
        and not _in_question(focus, token.text)
        for token in figure.own_tokens
    )
    last = _last_sentence(figure.sentence.before)
    return not names_others and all(found(term, last) for term in lacking)


def is_another_part(focus: Focus, figure: Figure) -> bool:
    """Whether a figure counts a part (其中夏粮…,秋粮462.6亿斤) that ``focus`` does not name."""
    if "其中" not in figure.sentence.folded[: figure.quantity.start]:
        return False
    places = [token.text for token in figure.own_tokens if token.tag in ("f", "s") and len(token.text) > 1]
    if "其中" in figure.own_text and any(place not in focus.wording for place in places if place != "其中"):
        return True  # 线上, 境外: the tagger takes no such word for a noun.
    return any(
        token.tag.startswith(("n", "b", "vn", "j", "t"))
        and token.text in figure.head
        and not _MEASURE.search(token.text)
        and not _in_question(focus, token.text)
        for token in figure.own_tokens
    )


def names_the_part(part: Focus, whole: Focus, figure: Figure) -> bool:
    """Whether a figure taken for the whole counts what only the part is called (义务教育 for all 教育)."""
    # 茶叶总产量 is cut otherwise than 茶叶产量, and is the same.
    shared = "".join(term.text for term in whole.terms)
    shared = f"{shared} {shared.replace('总', '')}"
    own = [term for term in part.terms if term.is_noun and term.text not in shared]
    return any(found(term, figure.head) == 1.0 for term in own)


def says_more(focus: Focus, figure: Figure) -> bool:
    """Whether what a figure counts is told more narrowly than the question has it (绿茶出口量 for 绿茶).

    Places and the subject of the whole article narrow nothing. Words are compared, not tagged: what a tagger makes of
    再生水用水量 is anybody's guess.
    """
    sentence, quantity = figure.sentence, figure.quantity
    known = {term_word for term in focus.terms for term_word in term.words}
    elsewhere = f"{sentence.heading}\n{focus.wording}"
    known |= {token.text for token in figure.own_tokens if token.tag in ("ns", "nt") or token.text in elsewhere}
    told = sentence.folded[figure.own.start : quantity.start] + " " + sentence.folded[quantity.end : figure.own.end]
    for time in sentence.times:
        told = told.replace(fold(time.text), " ")
    for word in sorted(known, key=len, reverse=True):
        told = told.replace(word, " ")
    return re.search(r"\w", _SAYS_NOTHING.sub(" ", told)) is not None


def _in_question(focus: Focus, word: str) -> bool:
    return any(found(term, word.lower()) or word.lower() in term.text for term in focus.terms)


def _last_sentence(before: str) -> str:
    return _SENTENCE_END.split(before.rstrip("。!?！？;；\n 　"))[-1]
