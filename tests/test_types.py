from rag.types import Answer, Block, BlockKind, Citation, Span


def test_a_span_covers_and_overlaps_by_half_open_ends() -> None:
    assert Span(2, 5).covers(Span(2, 5))
    assert not Span(2, 5).covers(Span(4, 6))
    assert not Span(2, 5).overlaps(Span(5, 6))
    assert Span(2, 5).length == 3
    assert Block(BlockKind.PARAGRAPH, 2, 5).span == Span(2, 5)


def test_an_answer_becomes_plain_json_with_the_question_as_understood() -> None:
    citation = Citation(1, "a", "题", "", "句。", 3, 5, "/a/a#3-5")
    data = Answer("句。[1]", "句", "answered", (citation,), "问题").to_dict()
    assert data["question_understood"] == "问题"
    assert "question" not in data
    assert data["citations"][0]["quote"] == "句。"
