"""The report page, read back with a parser and looked at in a browser: all that is wrong is there, as data."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.cases import CaseError
from eval.evaluation import Evaluation
from eval.html_figures import FIGURE_NAMES, headlines
from eval.html_report import render, write_html
from eval.outcomes import Outcome, score
from eval.percent import percent
from eval.report import by_kind, shortfalls, summarise
from tests.eval.test_report import EVIDENCE, answer, case, passage, refused_rightly, refused_wrongly, right, wrong

HOSTILE = (
    '<script>window.hurt=1</script><img src="https://x.example/a.png" onerror="window.hurt=1">"\'&amp;</q></details>'
)
THRESHOLDS = {"dev": {"right": 0.4, "f1": 0.9, "refusal_recall": 0.5, "grounded": 0.1}}
VOID = {"meta", "link", "input"}


@dataclass
class Node:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str = "", name: str = "") -> Iterator[Node]:
        for child in self.children:
            if isinstance(child, Node):
                if tag in ("", child.tag) and (not name or name in child.attributes.get("class", "").split()):
                    yield child
                yield from child.all(tag, name)


class Reader(HTMLParser):
    """A tree of elements; each element must be closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag}>"
        node = Node(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: str) -> Node:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def hostile() -> Outcome:
    said = dataclasses.replace(
        answer("answered", HOSTILE, HOSTILE, EVIDENCE), question=HOSTILE, notes=(HOSTILE,), timings={HOSTILE: 1.0}
    )
    said = dataclasses.replace(
        said, citations=(dataclasses.replace(said.citations[0], quote=HOSTILE, section=HOSTILE),)
    )
    found = dataclasses.replace(passage(1, 0, 10), text=HOSTILE, section=HOSTILE)
    asked = case(id=HOSTILE, question=HOSTILE, answers=(HOSTILE + "2",), evidence=(HOSTILE,))
    return score(asked, said, [EVIDENCE], [found], 3.0)


def claimed() -> Outcome:
    said = dataclasses.replace(answer("answered", "62万株", "62万株。[1]", EVIDENCE), confidence=0.9)
    asked = case(id="a-5", kind="near_miss", answerable=False, status="refused", answers=(), evidence=())
    return score(asked, said, [], [], 30.0)


def outcomes() -> list[Outcome]:
    sure = dataclasses.replace(right(), answer=dataclasses.replace(right().answer, confidence=0.95))
    unsure = dataclasses.replace(wrong(), answer=dataclasses.replace(wrong().answer, confidence=0.55))
    return [sure, unsure, refused_wrongly(), refused_rightly(), claimed()]


@pytest.fixture(scope="module")
def evaluations() -> list[Evaluation]:
    return [
        Evaluation("dev", outcomes(), {"keywords only": [wrong(), refused_rightly()]}),
        Evaluation("of-my-own", [right()]),
        Evaluation("empty", []),
    ]


@pytest.fixture(scope="module")
def page(evaluations: list[Evaluation]) -> str:
    return render(evaluations, THRESHOLDS)


@pytest.fixture(scope="module")
def tree(page: str) -> Node:
    return read(page)


@pytest.fixture(scope="module")
def dev(tree: Node) -> Node:
    return next(node for node in tree.all("section", "set") if node.attributes["data-set"] == "dev")


def rows(table: Node) -> dict[str, dict[str, str]]:
    body = next(table.all("tbody"))
    return {
        next(row.all("th")).text: {cell.attributes.get("data-key", ""): cell.text for cell in row.all("td")}
        for row in body.all("tr")
    }


def shown(outcomes: list[Outcome]) -> dict[str, str]:
    return {key: percent(value) for key, value in summarise(outcomes).items()}


def test_the_page_needs_nothing_and_names_nothing_twice(tree: Node, page: str) -> None:
    policy = next(node for node in tree.all("meta") if "http-equiv" in node.attributes)
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "://" not in page
    assert not list(tree.all("script"))
    nodes = list(tree.all())
    ids = [node.attributes["id"] for node in nodes if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    links = [node.attributes[name] for node in nodes for name in ("href", "src") if name in node.attributes]
    assert "data:," in links
    within = [link for link in links if link != "data:,"] + [
        f"#{name}" for name in re.findall(r"url\(#([^)]+)\)", page)
    ]
    assert all(link[0] == "#" and link[1:] in ids for link in within)


def test_the_same_outcomes_make_the_same_page(evaluations: list[Evaluation], page: str) -> None:
    assert render(evaluations, THRESHOLDS) == page


def test_the_tables_say_what_the_summary_says(tree: Node, dev: Node) -> None:
    assert list(FIGURE_NAMES) == list(summarise(outcomes()))
    kinds, systems = (rows(table) for table in dev.all("table", "figures"))
    groups = {**by_kind(outcomes()), "all": outcomes()}
    assert list(kinds) == list(groups)
    for kind, group in groups.items():
        assert {key: text for key, text in kinds[kind].items() if key} == shown(group)
    assert list(systems) == ["keywords only", "据文"]
    assert systems["keywords only"]["right"] == shown([wrong(), refused_rightly()])["right"] == "50.0"
    beside = next(dev.all("table", "systems"))
    assert [cell.text for cell in beside.all("td", "best") if cell.attributes["data-key"] == "right"] == ["50.0"]
    sets = rows(next(next(tree.all("section", "sets")).all("table")))
    assert list(sets) == ["dev", "of-my-own"]
    assert sets["of-my-own"]["reciprocal_rank"] == "50.0"
    for table in tree.all("table", "figures"):
        headings = [node.text for node in next(table.all("thead")).all("th")]
        assert headings[2:-2] == [figure.name for figure in FIGURE_NAMES.values()]


def test_the_headline_is_red_where_the_command_complains(dev: Node, tree: Node) -> None:
    thresholds = THRESHOLDS["dev"]
    verdicts = {one.key: one.verdict for one in headlines(outcomes(), thresholds)}
    short = {line.split(":")[0] for line in shortfalls(summarise(outcomes()), thresholds)}
    assert {key for key, verdict in verdicts.items() if verdict == "under"} == short == {"f1"}
    cards = {node.attributes.get("data-key"): node for node in dev.all("li", "card")}
    assert [key for key, card in cards.items() if "under" in card.attributes["class"].split()] == ["f1"]
    assert set(cards) - {None} == set(thresholds)
    assert shown(outcomes())["f1"] in cards["f1"].text
    assert "figures under the threshold" in next(dev.all("p", "verdict")).text
    free = next(node for node in tree.all("section", "set") if node.attributes["data-set"] == "of-my-own")
    assert "No thresholds" in next(free.all("p", "verdict")).text
    assert {headline.verdict for headline in headlines([refused_rightly()], {"f1": 0.1})} == {"under"}


def test_the_confusion_counts_every_question(dev: Node) -> None:
    table = next(dev.all("table", "confusion"))
    counts = [[int(cell.text) for cell in row.all("td")] for row in next(table.all("tbody")).all("tr")]
    assert counts == [[2, 0, 1, 0], [0, 0, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]]


def test_every_failed_question_is_told_in_full(dev: Node) -> None:
    told = {node.attributes["data-case"]: node for node in next(dev.all("div", "failures")).all("details", "question")}
    assert list(told) == ["a-2", "a-3", "a-5"]
    assert [node.attributes["data-tags"] for node in told.values()] == ["elsewhere", "not_found", "claimed"]
    wrong_one = told["a-2"].text
    for part in ("胡杨林多少？", "62万株", "310万株", "confidence 0.55", "26万吨", "retrieved at rank 1", "120 ms"):
        assert part in wrong_one
    assert [mark.text for mark in told["a-2"].all("mark")] == ["其中胡杨林62万株。"]
    assert "not retrieved" in told["a-3"].text
    assert "refused" in told["a-3"].text
    kinds = [node.text for node in next(dev.all("div", "failures")).all("h4")]
    assert kinds == ["lookalike 2 of 3", "near_miss 1 of 2"]
    assert len(list(dev.all("svg"))) == 2


def test_questions_and_articles_are_data(tmp_path: Path) -> None:
    page = render([Evaluation(HOSTILE, [hostile()], {HOSTILE: [right()]}), Evaluation("b", [hostile()])], {})
    tree = read(page)
    assert not [node for node in tree.all() if node.tag in ("script", "img")]
    assert not [key for node in tree.all() for key in node.attributes if key.startswith("on")]
    asked = next(tree.all("span", "asked"))
    assert asked.text == HOSTILE
    assert next(node for node in tree.all("div", "slice")).text.count(HOSTILE) == 2
    assert HOSTILE in next(tree.all("title")).text


def test_nothing_asked_is_said() -> None:
    assert "No question was asked." in read(render([Evaluation("empty", [])], {})).text


def test_a_run_of_refusals_has_no_calibration() -> None:
    page = read(render([Evaluation("dev", [refused_rightly()])], {}))
    assert "No answer was given." in page.text
    assert len(list(page.all("svg"))) == 1


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, evaluations: list[Evaluation], page: str) -> None:
    with pytest.raises(CaseError, match=r"report\.html: cannot be written .*give another --html FILE"):
        write_html(tmp_path / "none" / "report.html", [], {})
    write_html(tmp_path / "report.html", evaluations, THRESHOLDS)
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(CaseError, match="pip install matplotlib"):
        render([Evaluation("dev", [right()])], {})
