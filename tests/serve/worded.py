"""The predictable chatbot with a language model that words its answers: the real client, the real check."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator, Sequence

from rag.answer.worded.task import Task
from rag.chatbot import open_worded
from rag.settings import Settings
from rag.types import WORD, BlockKind, Passage, Question, Span, StreamEvent, Turn
from tests.serve.fakes import FakeChatbot

SENTENCE = "2023年，河西建成桥梁12座[1]。"
MORE = "其中𠮷桥3座[1]。"
NOTE = "由 AI 根据所引原文生成，每句已与原文核对"
TOO_SLOW = "AI 暂时不能措辞（超时），以下是程序从文中摘出的答案"


class WordedChatbot(FakeChatbot):
    """Finds what `FakeChatbot` finds; the language model of ``settings`` words it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.worded = open_worded(settings)

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, llm_seconds: float | None = None
    ) -> Generator[StreamEvent]:
        assert self.worded is not None
        for event in super().stream(question, history, llm_seconds=llm_seconds):
            if event.kind == "stage":
                yield event
            if event.answer is not None:
                yield StreamEvent("stage", WORD)
                article = next(iter(self.articles.values()))
                task = Task(
                    question=Question(question, event.answer.question),
                    found=event.answer,
                    passages=(self._passage(),),
                    articles=self.articles,
                    published=article.published,
                    public_url="",
                )
                pieces = self.worded.word(task, self.index_version, llm_seconds)
                while True:
                    try:
                        yield StreamEvent("text", next(pieces))
                    except StopIteration as end:
                        worded = end.value
                        break
                tokens = {name: float(count) for name, count in dataclasses.asdict(worded.usage).items()}
                timings = {**event.answer.timings, **tokens}
                yield StreamEvent("answer", answer=dataclasses.replace(worded.answer, timings=timings))

    def close(self) -> None:
        """Let go of the language model."""
        if self.worded is not None:
            self.worded.close()

    def _passage(self) -> Passage:
        article = next(iter(self.articles.values()))
        block = next(block for block in article.blocks if block.kind is BlockKind.PARAGRAPH)
        text = article.text[block.start : block.end]
        cut = block.start + text.index("。") + 1
        sentences = (Span(block.start, cut), Span(cut, block.end))
        return Passage(
            "p1", article.id, article.title, block.section, block.kind, text, block.start, block.end, sentences
        )
