"""Follow-ups in English: What about Shanghai? And in 2023? Who said so? What did he say? Why?

English questions are split at function words into content chunks; no tagger is needed for the few forms there are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question.english.relative_time import ENGLISH_TIME
from rag.question.followups.antecedents import Exchange
from rag.question.followups.substitution import Embed, nearest, substitute
from rag.question.language import is_english_sentence
from rag.question.phrases import PhraseKind

_FRAGMENT = re.compile(
    r"^(?:(?:thanks|thank you|ok(?:ay)?|and|so|but|then|well)[\s,.!]+)*(?:what about|how about|what "
    r"of|and(?: what about| how about)?)[\s,]+(?P<core>(?!(?:how|what|who|whom|whose|when|where|why"
    r"|which|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|tell|please)\b)[^?!.]{1,80}(?:\.\d[^?!.]*)?)[?!.\s]*$",
    re.IGNORECASE,
)
_TIME_ONLY = re.compile(rf"^(?:and\s+)?(?:in |for |during |of )?(?P<time>{ENGLISH_TIME})[?!.\s]*$", re.IGNORECASE)
_TIME = re.compile(rf"(?:(?P<preposition>\b(?:in|for|during|of|by|on)\s+))?(?P<time>{ENGLISH_TIME})", re.IGNORECASE)
_PREPOSITION = re.compile(r"^(?:in|for|during|of|by|on|at|from|with)\s+", re.IGNORECASE)
_FUNCTION_WORDS = frozenset(
    "a an the this that these those what which who whom whose when where why how many much long far "
    "old often is are was were be been being do does did has have had can could will would shall"
    " should may might must of in on at by for from to with without into over under about between and "
    "or not no there its his her their my your our it he she they i you we us them him"
    " than as if so then also too any some all each more most less least please tell me give say said "
    "make made get got".split()
)
_REASON = re.compile(r"^(?:and |but |so )?(?:why|how come|why (?:so|is that|was that|not))[?!.\s]*$", re.IGNORECASE)
_WHO = re.compile(r"^(?:and |so )?who (?P<verb>[a-z]+)(?: (?:it|that|this|so))?[?!.\s]*$", re.IGNORECASE)
_MORE = re.compile(
    r"^(?:and |so )?(?:what|who|where|anything|any others?|what others?)(?: else| more)?[?!.\s]*$", re.IGNORECASE
)
_CHANGE = re.compile(
    r"^(?:and )?(?:by how much|how much (?:did|has) (?:it|that|this) (?:grow|grown|increase|increased"
    r"|rise|risen|fall|fallen|drop|dropped|change|changed)|year[- ]on[- ]year)[?!.\s]*$",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|him|his|her|they)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:it|its|this company|that company|the company)\b", re.IGNORECASE)
_PLACE = re.compile(r"\bthere\b(?=[?!.\s]*$)", re.IGNORECASE)
_COUNT_QUESTION = re.compile(
    r"how (?P<many>many|much) (?P<thing>[\w' -]+?) (?P<auxiliary>does|did|do|has|have|will|can) "
    r"(?P<rest>[^?]+?)[?.\s]*$",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|does|did|will|would|if) it (?:true|possible|take|rain|snow|seem|mean|matter|correct"
    r"|likely|necessary|known|said)\b|\bit (?:is|was|takes|took|seems) ",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w'’-]*(?: (?:of |the |and )?[A-Z][\w'’-]*)*")
_NAME_WITH_ARTICLE = re.compile(r"(?:\bthe )?" + _NAME.pattern)
_PARTICIPLE = re.compile(r"\s*\b(?:\w+ed|held|built|made|sold|won|shown|known)$")
_OPENING = re.compile(
    r"^(?:how many|how much|what(?:'s| is| was| are| were)?|who(?:'s| is| was)?|when(?: is| was| did"
    r"| does)?|where(?: is| was| did| does)?|which|why(?: is| was| did| does)?|how|is|are|was|were|did"
    r"|does|do|has|have|had|can|will)\b\s*",
    re.IGNORECASE,
)


def complete_english(text: str, exchanges: Sequence[Exchange], embed: Embed | None) -> str | None:
    """The standalone form of an English follow-up, or None where ``text`` stands on its own or is unclear."""
    last = exchanges[-1]
    if fragment := _FRAGMENT.match(text):
        return _substitute(fragment["core"].strip(" ,"), last.question, embed)
    if time := _TIME_ONLY.match(text):
        return _substitute(time["time"], last.question, embed)
    topic = _topic(last.question)
    if not topic:
        return None
    if _REASON.match(text):
        return _why(last)
    if _CHANGE.match(text):
        return f"By how much did {topic} grow?"
    if (_MORE.match(text) and "else" in text.lower()) or ("other" in text.lower() and _MORE.match(text)):
        return f"Besides {last.named}, {_lower_first(last.question)}" if last.named else None
    if resolved := _resolve_pronouns(text, exchanges):
        return resolved
    if (
        (who := _WHO.match(text))
        and who["verb"].lower() not in _FUNCTION_WORDS
        and not re.search(r"\b(?:it|there)\b", topic)
    ):
        return f"Who {who['verb']} {topic}?"
    return None


def _why(last: Exchange) -> str:
    if match := _COUNT_QUESTION.match(last.question):
        amount = "that many" if match["many"].lower() == "many" else "that much"
        return f"Why {match['auxiliary'].lower()} {match['rest']} {amount} {match['thing']}?"
    return f"What is the reason for {_topic(last.question)}?"


def has_content(text: str) -> bool:
    """Whether an English question names anything: When? names nothing."""
    return bool(_chunk_spans(text))


def _substitute(core: str, frame: str, embed: Embed | None) -> str | None:
    if not is_english_sentence(frame):
        # The year is all that carries over into a Chinese question.
        return (
            substitute(re.sub(r"^(?:in )?(\d{4})$", r"\1年", core), frame, embed)
            if re.search(r"\d{4}$", core)
            else None
        )
    time = _TIME.search(core)
    if time:
        frame = _with_time(time["time"], frame)
        core = (core[: time.start()] + core[time.end() :]).strip(" ,")
    core = re.sub(r"^the\s+", "", _PREPOSITION.sub("", core), flags=re.IGNORECASE).strip()
    if not core or not any(word.lower() not in _FUNCTION_WORDS for word in core.split()):
        return frame if time else None
    target = _target(core, frame, embed)
    if target is None:
        return None
    start, end = target
    return frame[:start] + core + frame[end:]


def _with_time(time: str, frame: str) -> str:
    is_adverb = re.match(
        r"(?:last|this|next|the|in|\w+ years)\b(?! half| (?:first|second|third|fourth))", time, re.IGNORECASE
    )
    old = _TIME.search(frame)
    if old is None:
        return f"{frame.rstrip(' ?!.')} {'' if is_adverb else 'in '}{time}?"
    preposition = (old["preposition"] or "").strip().lower()
    if is_adverb and preposition == "in":
        return frame[: old.start()] + time + frame[old.end() :]
    if not is_adverb and not preposition and not frame[old.end() :].startswith(("'s", "’s")):
        time = f"in {time}"
    return frame[: old.start("time")] + time + frame[old.end("time") :]


def _target(core: str, frame: str, embed: Embed | None) -> tuple[int, int] | None:
    opening = _OPENING.match(frame)
    names = [match.span() for match in _NAME.finditer(frame) if match.start() >= (opening.end() if opening else 1)]
    if core[0].isupper() and names:
        return names[-1] if len(names) == 1 else names[nearest(core, [frame[a:b] for a, b in names], embed)]
    if core[0].isupper():
        return None
    chunks = [
        span for span in _chunk_spans(frame) if span not in names and not _TIME.fullmatch(frame[span[0] : span[1]])
    ]
    if not chunks:
        return None
    head = core.split()[-1].lower()
    for start, end in chunks:
        if frame[start:end].split()[-1].lower() == head:
            return start, end
    counted = re.match(r"how (?:many|much)\s+", frame, re.IGNORECASE)
    if counted:
        return next(((start, end) for start, end in chunks if start == counted.end()), None)
    return chunks[nearest(core, [frame[a:b] for a, b in chunks], embed)]


def _chunk_spans(frame: str) -> list[tuple[int, int]]:
    """Runs of words that are no function words; a name is a chunk of its own."""
    names = [match.span() for match in _NAME.finditer(frame)]
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"[\w'’.%-]*[\w%]", frame):
        if match.group().lower() in _FUNCTION_WORDS:
            continue
        start, end = match.span()
        inside = [name for name in names if name[0] <= start < name[1]]
        joins = spans and frame[spans[-1][1] : start] == " " and not inside and spans[-1] not in names
        if inside:
            if inside[0] not in spans:
                spans.append(inside[0])
        elif joins:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _topic(frame: str) -> str:
    """The content of a question in its order, less the interrogative: the smart factories of Chongqing."""
    body = _OPENING.sub("", frame.rstrip(" ?!.")).strip()
    body = re.sub(r"\b(?:does|did|do|has|have|had|is|was|are|were|will)\b\s*", "", body, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", body).strip()


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _resolve_pronouns(text: str, exchanges: Sequence[Exchange]) -> str | None:
    result = text
    own_names = [match for match in _NAME.finditer(text) if match.start() > 0]
    if own_names:
        return None
    for pattern, kind in ((_PERSON, PhraseKind.PERSON), (_THING, PhraseKind.THING), (_PLACE, PhraseKind.PLACE)):
        match = pattern.search(result)
        if not match or (kind is PhraseKind.THING and _EXPLETIVE.search(result)):
            continue
        found = _antecedent(kind, exchanges[-1])
        if found:
            word = match.group().lower()
            owned = word in ("his", "its") or (word == "her" and re.match(r"\s+[a-z]", result[match.end() :]))
            result = result[: match.start()] + found + ("'s" if owned else "") + result[match.end() :]
    return result if result != text else None


def _antecedent(kind: PhraseKind, exchange: Exchange) -> str | None:
    if exchange.asked_kind is kind and exchange.named:
        return exchange.named
    opening = _OPENING.match(exchange.question)
    after = opening.end() if opening else 1
    names = [match.group() for match in _NAME_WITH_ARTICLE.finditer(exchange.question, after)]
    if kind is PhraseKind.PERSON:
        return names[0] if len(names) == 1 and exchange.asked_kind is not PhraseKind.PERSON else None
    if kind is PhraseKind.PLACE:
        return names[-1] if names else None
    if names:
        return names[0]
    spans = _chunk_spans(exchange.question)
    articled = [exchange.question[a:b] for a, b in spans if re.search(r"\b(?:the|a|an|this) $", exchange.question[:a])]
    things = [thing for thing in (_PARTICIPLE.sub("", chunk) for chunk in articled) if thing]
    return f"the {things[0]}" if len(things) == 1 else None
