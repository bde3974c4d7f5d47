"""A search engine: passages and nothing that reads them."""

from __future__ import annotations

from eval.cases import Case
from eval.evaluation import Reply
from eval.systems.juwen import RETRIEVED
from eval.systems.quoting import quote_reply, refusal_reply
from rag.answer.reading import Support
from rag.index.index import Index, Search
from rag.text.tokens import keywords
from rag.types import Passage, Span


class SearchOnly:
    """Retrieval alone, by meaning, by keywords, or by both fused.

    Left out: the understanding of the question (history, relative time, other scripts), any reading, and refusals but
    where no passage shares a word with the question. It shows what a search engine shows: the best passage, and as
    the short answer that sentence of it which is nearest to the question, or, by keywords, shares most terms with it.
    """

    def __init__(self, name: str, index: Index, by: Search, public_url: str = "") -> None:
        self.name = name
        self._index = index
        self._by = by
        self._public_url = public_url

    def ask(self, case: Case) -> Reply:
        """Show what is found for the question of ``case``; its history is not looked at."""
        found = self._index.retrieve(case.question, RETRIEVED, self._by)
        passages = [scored.passage for scored in found]
        if not passages:
            return refusal_reply(case.question, passages)
        best = passages[0]
        articles = self._index.articles
        sentence = self._sentence(case.question, best)
        short = articles[best.article_id].text[sentence.start : sentence.end].strip()
        support = [Support(best.article_id, sentence)]
        return quote_reply(case.question, passages, support, short, best.text, articles, self._public_url)

    def _sentence(self, question: str, passage: Passage) -> Span:
        if self._by == "keywords":
            asked = set(keywords(question))
            text = self._index.articles[passage.article_id].text
            return max(passage.sentences, key=lambda span: len(asked & set(keywords(text[span.start : span.end]))))
        nearness = self._index.sentence_similarity(question, [passage])
        return max(passage.sentences, key=lambda span: nearness[passage.article_id, span.start, span.end])
