"""A small predictable chatbot, for what the server does whatever the answer is."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rag.errors import QuestionError
from rag.types import Answer, Article, Block, BlockKind, Citation, StreamEvent, Turn

if TYPE_CHECKING:
    from rag.answer.worded.worded_answers import WordedAnswers

TITLE = "河西的桥"
LINES = [
    (BlockKind.TITLE, TITLE),
    (BlockKind.BYLINE, "文 | 某报记者 <b>张三</b>"),
    (BlockKind.HEADING, "新桥𠮷通车"),
    (BlockKind.PARAGRAPH, "去年，河西建成桥梁😀12座。<script>window.hurt=1</script>其中𠮷桥3座。"),
    (BlockKind.CAPTION, '图为新桥。图/李四 <img src=x onerror="window.hurt=1">'),
]


def make_article(article_id: str = "bridges 2024/1") -> Article:
    """An article with characters outside the basic plane, and with markup that is text."""
    text, blocks, section = "", [], ""
    for kind, line in LINES:
        if kind is BlockKind.HEADING:
            section = line
        blocks.append(Block(kind, len(text), len(text) + len(line), section))
        text += line + "\n\n"
    return Article(article_id, TITLE, text, tuple(blocks), published=date(2024, 5, 1), publisher="某报")


class FakeChatbot:
    """Cites the sentence that holds the question's last two characters, or refuses."""

    def __init__(self) -> None:
        article = make_article()
        self.articles: Mapping[str, Article] = {article.id: article}
        self.index_version = "v1"
        self.suggestions = ("河西建成桥梁多少座？", "𠮷桥有<img src=x>多少座？")
        self.worded: WordedAnswers | None = None
        self.llm_seconds: list[float | None] = []
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.steps = 0
        self.closed_streams = 0
        self.new_index = False
        self.fail_with: Exception | None = None

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, llm_seconds: float | None = None
    ) -> Generator[StreamEvent]:
        if not question.strip():
            raise QuestionError("the question is empty; type one")
        self.llm_seconds.append(llm_seconds)
        self.asked.append((question, tuple(history)))
        try:
            for stage in ("understand", "retrieve", "read", "ground"):
                self.steps += 1
                yield StreamEvent("stage", stage)
                self.gate.wait(10)
                if self.fail_with is not None:
                    raise self.fail_with
            answer = self._answer(question)
            for start in range(0, len(answer.text), 4):
                yield StreamEvent("text", answer.text[start : start + 4])
            yield StreamEvent("answer", answer=answer)
        finally:
            self.closed_streams += 1

    def reload_if_changed(self) -> bool:
        changed, self.new_index = self.new_index, False
        if changed:
            self.index_version = "v2"
        return changed

    def close(self) -> None:
        """Nothing is held open."""

    def _answer(self, question: str) -> Answer:
        article = next(iter(self.articles.values()))
        start = article.text.index("去年")
        end = article.text.index("<script>")
        if "桥" not in question:
            return Answer(
                "文章没有提到。", None, "refused", (), question, suggestions=self.suggestions, timings={"read": 1.0}
            )
        quote = article.text[start:end]
        url = f"/a/bridges%202024%2F1#{start}-{end}"
        citation = Citation(1, article.id, article.title, "新桥𠮷通车", quote, start, end, url, 1.0)
        return Answer(
            f"12座。{quote}[1]",
            "12座",
            "computed" if "多几" in question else "answered",
            (citation,),
            question.replace("去年", "2023年"),
            notes=("“去年”指2023年 [x](javascript:alert(1)) $x^2$",),
            confidence=0.9,
            timings={"read": 1.5},
            formula="12 − 3 = 9" if "多几" in question else None,
            suggestions=("𠮷桥有多少座？",),
        )
