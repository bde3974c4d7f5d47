"""What is kept of conversations, and what is forgotten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from rag.state.conversations import Asker, Conversations
from rag.state.database import Database
from rag.state.feedback import add_feedback
from rag.state.storable import storable
from rag.state.tables import Exchange, Feedback
from rag.types import Answer, Citation, Turn

READER = Asker("mp", "openid-1")
CITATION = Citation(1, "bridges", "河西的桥", "", "建成12座。", 3, 9, "/a/bridges#3-9")


def answer(text: str = "12座[1]") -> Answer:
    return Answer(text, "12座", "answered", (CITATION,), "2023年几座", timings={"read": 3.0}, suggestions=("更多？",))


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)


def test_the_last_turns_come_back_in_order(conversations: Conversations) -> None:
    for number in range(4):
        conversations.add(READER, f"问{number}", answer(f"答{number}"))
    turns = [turn.content for turn in conversations.turns(READER, 5)]
    assert turns == ["答1", "问2", "答2", "问3", "答3"]
    assert conversations.turns(READER, 2) == (Turn("user", "问3"), Turn("assistant", "答3"))
    assert conversations.turns(READER, 0) == ()


@pytest.mark.parametrize("other", [Asker("mp", "openid-2"), Asker("api", "openid-1"), Asker("mp", "")])
def test_nobody_sees_the_conversation_of_another(conversations: Conversations, other: Asker) -> None:
    conversations.add(READER, "几座", answer())
    assert conversations.turns(other, 10) == ()


def test_a_question_without_a_conversation_has_no_past(conversations: Conversations) -> None:
    conversations.add(Asker(), "几座", answer())
    assert conversations.turns(Asker(), 10) == ()


def test_an_answer_is_kept_with_its_citations(conversations: Conversations, database: Database) -> None:
    conversations.add(READER, "去年几座", answer())
    with database.reading() as session:
        exchange = session.scalars(select(Exchange)).one()
    assert (exchange.question, exchange.status, exchange.answer["short"]) == ("去年几座", "answered", "12座")
    assert exchange.answer["citations"][0]["quote"] == "建成12座。"
    assert not {"timings", "suggestions"} & set(exchange.answer)


def test_forgetting_takes_the_conversation_and_its_feedback(conversations: Conversations, database: Database) -> None:
    for asker in (READER, Asker("mp", "openid-2"), Asker()):
        conversations.add(asker, "几座", answer())
        add_feedback(database, asker, question="几座", answer="12座", vote="up")
    assert conversations.forget(READER) == 2
    assert conversations.forget(READER) == 0
    assert conversations.forget(Asker()) == 0
    with database.reading() as session:
        assert set(session.scalars(select(Exchange.conversation))) == {"openid-2", ""}
        assert set(session.scalars(select(Feedback.conversation))) == {"openid-2", ""}


def test_what_no_database_holds_is_replaced(conversations: Conversations) -> None:
    reader = Asker("api", "a\0b")
    conversations.add(reader, "问\0\ud83d", answer("答\udc00"))
    assert [turn.content for turn in conversations.turns(reader, 4)] == ["问\ufffd\ufffd", "答\ufffd"]
    assert conversations.forget(reader) == 1


@given(st.text(alphabet=st.characters(), max_size=30))
def test_storable_text_can_be_stored_and_stays_what_it_is(text: str) -> None:
    stored = storable(text)
    assert "\0" not in stored
    stored.encode("utf-8")
    assert storable(stored) == stored
    if not any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
        assert stored == text
