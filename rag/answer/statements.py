"""What the people of an article say: each statement with the words that name its speaker.

News gives a statement in few forms: 某某说:“…”, “…”某某说, “…,”某某说,“…”, and 某某表示,… without quotation marks
(verbs of saying as cues, as in Pouliquen, Steinberger and Best, "Automatic Detection of Quotations in Multilingual
News", RANLP 2007).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.text.sentences import split_sentences
from rag.types import Span

VERB = (
    r"(?:表示|指出|认为|预测|预计|预言|强调|坦言|直言|透露|回忆|感慨|感叹|惊叹|赞叹|解释|回应|回答|答复|介绍|评价|点评|总结|"
    r"呼吁|承诺|所言|笑言|笑称|写道|提醒|告诉(?:本报)?(?:记者|我们|大家|[\u4e00-\u9fff]{2,3}(?=[,，:：]))|"
    r"(?:作出|做出|发出|提出)[^,，。:：“”]{0,8}(?:承诺|邀约|邀请|倡议|呼吁|号召|评价|预测|判断)|"
    r"(?<![小据听传学解诉胡再且者如以来一话])说(?!明|法|服|起来|不定|到|起)|"
    r"(?<![名简俗自被职号人堪统著])称(?!为|号|之|作|得上|赞|呼)|"
    r"(?<=[\u4e00-\u9fff])[问答喊笑]?道(?=[,，:：“]))"
)
_VERB = re.compile(VERB)
_QUOTE = re.compile(r"“(?P<a>[^“”]*)”|「(?P<b>[^「」]*)」|\"(?P<c>[^\"\n]*)\"")
_BEHIND_VERB = re.compile(r"(?:说|道|称|过|了|着)*(?:[^,，。:：;；“”]{0,4})?[,，:：\s]*")
_OPENS_SPEECH = re.compile(rf"(?:{VERB}(?:说|道|称|过|了|着)*[,，]?|[:：])\s*$")
_CLOSES_SPEECH = tuple("。！？!?…,，;；")
_SENTENCE_END = re.compile(r"[。！？!?;；]+")
_LEAST_SAID = 3
_DURING = re.compile(r"^[^,，:：]{0,16}(?:时|期间|中|后)(?=[\u4e00-\u9fff,，])")
_TRAILING = "。,，;；:： \n"


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says.

    ``said`` is where it stands in the article, less the marks around it; ``speaker`` the words before ``verb`` that
    name who says it, ``told`` all narration of that sentence with what follows the verb, ``before`` the narration that
    comes before it in its paragraph; ``at`` where the verb stands. ``direct`` is whether it stands in quotation marks.
    """

    said: Span
    speaker: str
    verb: str
    told: str
    before: str
    at: int
    direct: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    is_speech: bool


def find_statements(text: str, offset: int = 0) -> list[Statement]:
    """The statements in a paragraph, in their order; ``offset`` is added to their places.

    Example:
        >>> text = "“雪还要下两天。”站长何远说。县长韩冬表示,路已经通了。"
        >>> [(one.speaker, text[one.said.start : one.said.end]) for one in find_statements(text)]
        [('站长何远', '雪还要下两天'), ('县长韩冬', '路已经通了')]
    """
    pieces = list(_pieces(text))
    found: list[Statement] = []
    led: set[Span] = set()
    for index, piece in enumerate(pieces):
        if piece.is_speech:
            continue
        verb = _verb_in(text, piece, followed=index + 1 < len(pieces) and pieces[index + 1].is_speech)
        if verb is None:
            continue
        before = "".join(text[one.start : one.end] for one in pieces[:index] if not one.is_speech)
        for said, direct in _said(text, pieces, index, verb):
            trimmed = _trimmed(text, said)
            if said in led:
                continue  # 他说:“…”谈到别的,某某说 is no second speaker of the same words
            if direct and said.start > verb.end:
                led.add(said)
            if trimmed.length >= 2:
                found.append(
                    Statement(
                        said=Span(trimmed.start + offset, trimmed.end + offset),
                        speaker=text[piece.start : verb.start].lstrip(_TRAILING),
                        verb=text[verb.start : verb.end],
                        told=text[piece.start : piece.end],
                        before=before,
                        at=verb.start + offset,
                        direct=direct,
                    )
                )
    return found


def _pieces(text: str) -> Iterator[_Piece]:
    """Speech in quotation marks, and the sentences of narration between."""
    at = 0
    for match in _QUOTE.finditer(text):
        if _is_speech(text, match):
            yield from _narration(text, at, match.start())
            yield _Piece(match.start(), match.end(), is_speech=True)
            at = match.end()
    yield from _narration(text, at, len(text))


def _narration(text: str, start: int, end: int) -> Iterator[_Piece]:
    for span in split_sentences(text[start:end], start):
        if text[span.start : span.end].strip("。,，;； \n"):
            yield _Piece(span.start, span.end, is_speech=False)


def _is_speech(text: str, quote: re.Match[str]) -> bool:
    """Whether a quotation is what somebody says, and not a name or a term: a sentence, or behind 说 or a colon."""
    inner = quote.group()[1:-1].strip()
    if not inner:
        return False
    before, after = text[: quote.start()], text[quote.end() :]
    if inner.endswith(_CLOSES_SPEECH) or _OPENS_SPEECH.search(before):
        return True
    begins = not before.strip() or before.rstrip().endswith(("。", "！", "？", "”"))
    follows = re.match(rf"[,，]?[^,，。:：“”]{{1,16}}?{VERB}", after)
    return len(inner) >= _LEAST_SAID and begins and follows is not None


def _verb_in(text: str, piece: _Piece, *, followed: bool) -> Span | None:
    """The verb of saying in a sentence of narration: one that a pause or a quotation follows before any other."""
    words = text[piece.start : piece.end]
    found = [match for match in _VERB.finditer(words) if match.start() > 0 or followed]
    paused = [match for match in found if re.match(r"(?:说|道|称)?(?:[,，:：]|\s*$|[。!！])", words[match.end() :])]
    plain = [match for match in found if not _DURING.match(words[match.end() :])]
    last = [match for match in found[-1:] if followed and _BEHIND_VERB.fullmatch(words[match.end() :])]
    match = next(iter(last or paused or plain), None)
    return Span(piece.start + match.start(), piece.start + match.end()) if match else None


def _said(text: str, pieces: list[_Piece], index: int, verb: Span) -> Iterator[tuple[Span, bool]]:
    piece = pieces[index]
    rest = _BEHIND_VERB.match(text[verb.end : piece.end])
    opening = text[piece.start : piece.end].rstrip()
    before = pieces[index - 1] if index else None
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    leads = after is not None and after.is_speech and not opening.endswith(("。", "！", "？", "!", "?"))
    if before is not None and before.is_speech and not opening.endswith((":", "：")):
        yield Span(before.start + 1, before.end - 1), True
    if leads and after is not None:
        yield Span(after.start + 1, after.end - 1), True
        return
    behind = re.match(r"(?:说|道|称)*[,，:：\s]*", text[verb.end : piece.end])
    start = verb.end + (behind.end() if behind else 0)
    if rest is not None and _trimmed(text, Span(start, piece.end)).length >= _LEAST_SAID:
        yield Span(start, piece.end), False


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return Span(start, end)
