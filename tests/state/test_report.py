"""What a publisher is told of what readers asked."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from typer.testing import CliRunner

from rag.cli import app
from rag.state.conversations import Asker, Conversations
from rag.state.database import Database
from rag.state.feedback import add_feedback
from rag.state.report import make_report
from rag.state.tables import Exchange, KeptReply, ReceivedMessage
from rag.terminal_report import plain, report_tables
from rag.types import Answer

NOW = datetime.now(UTC)
MANY = 100_000


def exchange(question: str, status: str = "answered", channel: str = "page", days: float = 0, **answer: Any) -> Any:
    return {
        "channel": channel,
        "conversation": "c",
        "asked": NOW - timedelta(days=days),
        "question": question,
        "status": status,
        "answer": {"question_understood": question, "confidence": 0.5, "text": "…", **answer},
    }


def fill(database: Database, *rows: Any) -> None:
    with database.writing() as session:
        session.execute(insert(Exchange), list(rows))


def test_questions_are_counted_by_day_channel_and_status(database: Database) -> None:
    fill(
        database,
        exchange("桥有几座", confidence=0.9),
        exchange("桥有几座？", "computed", "mp", confidence=0.7),
        exchange("门票多少钱", "refused", days=2, confidence=0.1),
        exchange("你好", "chitchat"),
        exchange("很久以前", days=9),
    )
    report = make_report(database, NOW - timedelta(days=5))
    today = NOW.astimezone().date()
    assert report.days == {
        (NOW - timedelta(days=2)).astimezone().date(): {"page": 1},
        today: {"page": 2, "mp": 1},
    }
    assert report.questions == 4
    assert report.statuses == {"answered": 1, "computed": 1, "refused": 1, "chitchat": 1}
    assert report.confidence == pytest.approx(0.8)
    assert [(group.question, group.count) for group in report.asked] == [("桥有几座", 2), ("门票多少钱", 1)]
    assert [group.question for group in report.refused] == ["门票多少钱"]


def test_a_follow_up_counts_as_what_it_means(database: Database) -> None:
    fill(database, exchange("那2022年呢", "refused", question_understood="2022年门票多少钱"))
    report = make_report(database, NOW - timedelta(days=1))
    assert [group.question for group in report.refused] == ["2022年门票多少钱"]


def test_an_empty_database_has_an_empty_report(database: Database) -> None:
    report = make_report(database, NOW - timedelta(days=1))
    assert (report.questions, report.confidence, report.asked, report.disliked) == (0, None, (), ())
    assert list(report_tables(report))


def test_what_was_disliked_comes_with_its_comments_and_links(database: Database) -> None:
    asker = Asker("page", "c")
    for comment in ("", "少了一句", ""):
        given = {"question": "几座", "answer": "12座", "sources": ["a/b#3-9"], "comment": comment}
        add_feedback(database, asker, vote="down", **given)
    add_feedback(database, asker, question="几座", answer="12座", vote="up")
    report = make_report(database, NOW - timedelta(days=1))
    (dislike,) = report.disliked
    assert (report.liked, dislike.votes) == (1, 2)
    assert (dislike.comments, dislike.sources) == (("少了一句",), ("a/b#3-9",))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("桥\n有", "桥 有"),
        ("\x1b]0;title\x07桥", "]0;title桥"),
        ("\x9b31m桥", "31m桥"),
        ("a\u202eb", "ab"),
        ("\ud800", ""),
    ],
)
def test_no_question_commands_the_terminal(text: str, shown: str) -> None:
    assert plain(text) == shown


# The commands.


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, address: str) -> Any:
    monkeypatch.setenv("JUWEN_DATABASE_URL", address)
    monkeypatch.setenv("JUWEN_PUBLIC_URL", "https://example.com/ask/")

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, list(arguments))
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_the_report_in_a_terminal_and_as_json(database: Database, run: Any) -> None:
    fill(database, exchange("门票多少钱\x1b", "refused"), exchange("门票多少钱", "refused"))
    add_feedback(database, Asker(), question="几座", answer="12座", vote="down", sources=["a/b#3-9"], comment="不对")
    shown = run("report")
    assert "门票多少钱" in shown
    assert "\x1b" not in shown
    assert "https://example.com/ask/a/b#3-9" in shown
    assert "“不对”" in shown
    told = json.loads(run("report", "--json", "--days", "2"))  # it may be past midnight by now
    assert told["statuses"] == {"refused": 2}
    assert told["days"] == {NOW.astimezone().date().isoformat(): {"page": 2}}
    assert told["refused"][0]["count"] == 2
    assert told["disliked"][0]["comments"] == ["不对"]


def test_an_export_holds_all_that_is_kept(database: Database, run: Any, tmp_path: Path) -> None:
    answer = Answer("12座", "12座", "answered", (), "几座", confidence=0.5)
    Conversations(database).add(Asker("mp", "openid"), "桥\0\ud83d有几座", answer)
    fill(database, exchange("以前", days=40))
    add_feedback(database, Asker("mp", "openid"), question="几座", answer="12座", vote="up")
    first, second, third = (json.loads(line) for line in run("export").splitlines())
    assert [row["kind"] for row in (first, second, third)] == ["exchange", "exchange", "feedback"]
    assert (first["question"], first["answer"]["short"]) == ("桥\ufffd\ufffd有几座", "12座")
    assert datetime.fromisoformat(first["asked"]).tzinfo is not None
    assert (third["vote"], third["sources"]) == ("up", [])
    file = tmp_path / "export.jsonl"
    assert run("export", "--to", str(file), "--since", (NOW - timedelta(days=7)).date().isoformat()) == ""
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == [first, third]
    assert file.stat().st_mode & 0o077 == 0


def test_a_visitor_is_forgotten(database: Database, run: Any) -> None:
    fill(database, exchange("桥有几座", channel="mp"), exchange("桥有几座", channel="page"))
    with database.writing() as session:
        for user in ("c", "d"):
            session.add(KeptReply(channel="mp", user=user, text="其余", kept=NOW))
            session.add(
                ReceivedMessage(
                    channel="mp", message_id=f"m-{user}", user=user, received=NOW, tries=1, reply="12座", replied=NOW
                )
            )
    assert run("forget", "--channel", "mp", "--conversation", "c").startswith("3 ")
    assert run("forget", "--channel", "mp", "--conversation", "c").startswith("0 ")
    assert [json.loads(line)["channel"] for line in run("export").splitlines()] == ["page"]
    with database.reading() as session:
        assert session.scalars(select(KeptReply.user)).all() == ["d"]
        assert session.scalars(select(ReceivedMessage.user)).all() == ["d"]


@pytest.mark.slow
def test_a_report_over_many_exchanges_takes_seconds(database: Database, record_property: Any) -> None:
    words = "桥 路 门票 停车场 工程师 投资 长度 宽度 开工 竣工 游客 班车 隧道 路灯 预算 招标".split()
    for start in range(0, MANY, 5000):
        fill(
            database,
            *(
                exchange(
                    f"{2000 + number % 25}年{words[number % 16]}和{words[number // 16 % 16]}第{number % 997}号是多少",
                    "refused" if number % 3 else "answered",
                    days=number % 30,
                    citations=[{"quote": "河西建成桥梁12座。" * 20}],
                )
                for number in range(start, start + 5000)
            ),
        )
    begun = time.perf_counter()
    report = make_report(database, NOW - timedelta(days=40))
    seconds = time.perf_counter() - begun
    record_property("report_seconds", round(seconds, 1))
    print(f"{database.kind}: a report over {MANY} exchanges took {seconds:.1f} s")  # noqa: T201
    assert report.questions == MANY
    assert seconds < 60


@pytest.mark.slow
def test_an_exchange_is_written_in_milliseconds(database: Database) -> None:
    conversations = Conversations(database)
    answer = Answer("12座[1]", "12座", "answered", (), "几座", confidence=0.5)
    times = []
    for number in range(300):
        begun = time.perf_counter()
        conversations.add(Asker("api", f"c{number % 7}"), "桥有几座", answer)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    print(f"{database.kind}: an exchange is written in {times[150]:.2f} ms (p95 {times[285]:.2f} ms)")  # noqa: T201
    assert times[150] < 25
