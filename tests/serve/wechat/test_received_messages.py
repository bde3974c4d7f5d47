"""What is known of a message from WeChat: counted, answered once, given once, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.serve.wechat.received_messages import ReceivedMessages
from rag.state.conversations import Asker, Conversations
from rag.state.database import Database

READER = "reader"


@pytest.fixture
def received(database: Database) -> ReceivedMessages:
    return ReceivedMessages(database, "mp")


@pytest.fixture
def elsewhere(database: Database, tmp_path: Path) -> Iterator[ReceivedMessages]:
    """The same database as another process has it open."""
    with Database.open(f"sqlite:///{tmp_path / 'juwen.db'}") as other:
        yield ReceivedMessages(other, "mp")


def test_only_one_of_many_is_first(received: ReceivedMessages, elsewhere: ReceivedMessages) -> None:
    with ThreadPoolExecutor(8) as pool:
        for message in ("a", "b", "c"):
            places = (received, elsewhere) * 6
            tries = list(pool.map(lambda place: place.receive(message, READER), places))  # noqa: B023
            assert sorted(tries) == list(range(1, 13))


def test_channels_do_not_mix(database: Database, received: ReceivedMessages) -> None:
    other = ReceivedMessages(database, "wecom_app")
    assert (received.receive("m", READER), other.receive("m", READER)) == (1, 1)
    other.finish("m", READER, "企业")
    assert received.give("m", READER) is None
    assert not received.has_owed("n", READER)


def test_what_is_owed_is_given_once(received: ReceivedMessages, elsewhere: ReceivedMessages) -> None:
    for message in ("m1", "m2", "m3", "m4"):
        received.receive(message, READER)
    received.receive("x", "another reader")
    received.finish("x", "another reader", "别人的")
    received.finish("m1", READER, "一")
    received.finish("m2", READER, "二")
    assert elsewhere.has_owed("m3", READER)
    elsewhere.finish("m3", READER, "三")
    assert elsewhere.give("m3", READER) == "一\n\n二\n\n三"
    assert received.give("m3", READER) == "一\n\n二\n\n三"
    # A try of theirs that still comes gets nothing: the reader has them.
    assert received.give("m1", READER) == ""
    received.finish("m4", READER, "四")
    assert received.give("m4", READER) == "四"


def test_two_that_give_at_once_give_all_once(received: ReceivedMessages, elsewhere: ReceivedMessages) -> None:
    for number in range(6):
        received.receive(f"m{number}", READER)
        received.finish(f"m{number}", READER, f"〔{number}〕")
    with ThreadPoolExecutor(2) as pool:
        given = "".join(pool.map(lambda place: place[0].give(place[1], READER), [(received, "m4"), (elsewhere, "m5")]))
    assert sorted(given.replace("\n", "")) == sorted("".join(f"〔{number}〕" for number in range(6)))


def test_what_does_not_fit_stays_owed(received: ReceivedMessages) -> None:
    texts = {f"m{number}": f"{number}。{'桥建成了。' * 50}" for number in range(5)}
    for message, text in texts.items():
        received.receive(message, READER)
        received.finish(message, READER, text)
    given = received.give("m4", READER)
    # The earliest go first, and the reply to the message itself is with them.
    assert given == f"{texts['m0']}\n\n{texts['m4']}"
    assert received.give_owed(READER) == f"{texts['m1']}\n\n{texts['m2']}"
    assert received.give_owed(READER) == texts["m3"]
    assert received.give_owed(READER) == ""


def test_an_event_takes_nothing_that_is_owed(received: ReceivedMessages) -> None:
    received.receive("m1", READER)
    received.finish("m1", READER, "一")
    received.receive("e", READER)
    received.finish("e", READER, "")
    assert received.give("e", READER, with_owed=False) == ""
    assert received.has_owed("e", READER)


def test_the_first_reply_counts(received: ReceivedMessages) -> None:
    received.receive("m", READER)
    received.finish("m", READER, "一")
    received.finish("m", READER, "二")
    assert received.give("m", READER) == "一"


def test_what_did_not_arrive_is_owed(received: ReceivedMessages) -> None:
    received.receive("m", READER)
    received.finish("m", READER, "一")
    assert received.give("m", READER) == "一"
    received.take_back("m")
    assert received.give_owed(READER) == "一"


def test_forgetting_leaves_the_message_that_asks_for_it(database: Database, received: ReceivedMessages) -> None:
    for message in ("m1", "m2"):
        received.receive(message, READER)
        received.finish(message, READER, "桥建成了。" * 300)
    received.give("m1", READER)
    received.receive("forget", READER)
    Conversations(database).forget(Asker("mp", READER))
    received.forget(READER, "forget")
    received.finish("forget", READER, "已删除。")
    assert received.give("forget", READER) == "已删除。"
    assert received.give("m2", READER) is None
    received.receive("more", READER)
    assert received.take_rest("more", READER) == ""
