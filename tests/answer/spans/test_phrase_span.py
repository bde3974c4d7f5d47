"""Answers in words, with the borders of their phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.spans.phrase_span import phrase_span
from rag.question.focus import find_focus
from rag.types import Span
from tests.answer.paragraphs import sentences_of

TEXT = (
    "柑橘因春季冻害掉了一半。老何租下老宅，开了一家茶馆。船厂要打造“木船之乡”。他在码头替人修船。"
    "账目以《合作社年鉴》为准。她按《修船指南》写的办。老何当时在镇上。"
)


@pytest.mark.parametrize(
    ("question", "found", "answer"),
    [
        ("柑橘为什么减产？", "春季冻害掉了一半", "因春季冻害掉了一半"),
        ("老何开了什么？", "租下老宅，开了一家茶馆", "一家茶馆"),
        ("老何开了什么？", "开了一家茶馆", "一家茶馆"),
        ("老何租下什么？", "租下老宅，开了一家茶馆", "老宅"),
        ("老何忙了些什么？", "租下老宅，开了一家茶馆", "租下老宅，开了一家茶馆"),
        ("船厂要打造什么之乡？", "木船", "木船之乡"),
        ("船厂要打造什么？", "木船", "木船"),
        ("他靠什么生活？", "码头替人修船", "在码头替人修船"),
        ("账目以什么为准？", "《合作社年鉴》", "《合作社年鉴》"),
        ("她照什么修？", "《修船指南》写的", "《修船指南》写的"),
        ("老何当时在哪里？", "镇上", "镇上"),
    ],
)
def test_the_phrase_that_answers(question: str, found: str, answer: str) -> None:
    start = TEXT.index(found)
    span = phrase_span(find_focus(question), Span(start, start + len(found)), sentences_of(TEXT))
    assert TEXT[span.start : span.end] == answer


@given(st.data())
def test_it_stays_within_its_sentence_and_keeps_something(data: st.DataObject) -> None:
    sentences = sentences_of(TEXT)
    sentence = data.draw(st.sampled_from(sentences))
    start = data.draw(st.integers(sentence.start, sentence.span.end - 1))
    end = data.draw(st.integers(start + 1, sentence.span.end))
    question = data.draw(st.sampled_from(["老何开了什么？", "柑橘为什么减产？", "船厂要打造什么之乡？"]))
    span = phrase_span(find_focus(question), Span(start, end), sentences)
    assert sentence.span.covers(span)
    assert span.length > 0
