"""The written articles, and the format they are written in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from training.written import WrittenError, read_written

GOOD = """# 新渡口
P 去年渡口运送48万人次，其中学生12万人次。站长陆云帆说，新船秋天下水。
Q 坐船的学生有多少
A 12万人次
Q 管渡口的人叫啥
A [[陆云帆]]说
A 站长陆云帆
Q 前年运了多少人
A -
## 新船
P 新船造价300万元，能坐80人。

Q 造船花了多少钱
A 300万元
"""


def written(folder: Path, text: str) -> Path:
    (folder / "one.txt").write_text(text, encoding="utf-8")
    return folder


def test_questions_belong_to_the_paragraph_above_them(tmp_path: Path) -> None:
    examples = list(read_written(written(tmp_path, GOOD)))
    assert Counter(example.source for example in examples) == {
        "written/answered": 3,
        "written/near-miss": 1,
        "written/sibling": 3,
    }
    captain = examples[2]
    assert [answer.text for answer in captain.answers] == ["陆云帆", "站长陆云帆"]
    assert {example.group for example in examples} == {"written/one/1"}
    assert all(not example.answers for example in examples if example.source != "written/answered")
    assert next(one for one in examples if one.question.startswith("造船")).context.startswith("新渡口\n新船造价")
    assert all(example.context.startswith("新渡口\n") for example in examples)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("A 12万人次", "A 13万人次"), "one.txt:4: '13万人次' stands 0 times"),
        (("A 12万人次", "A 人次"), "one.txt:4: '人次' stands 2 times"),
        (("A -\n", ""), "one.txt:10: '前年运了多少人' has no answer"),
        (("Q 前年", "X 前年"), "one.txt:8: 'X 前年运了多少人' is out of place"),
        (("A -\n", "A -\nA 48万人次\n"), "one.txt:10: '前年运了多少人' has A - beside another A"),
        (("A 12万人次\n", "A 12万人次\nA -\n"), "one.txt:5: '坐船的学生有多少' has A - beside another A"),
        (("A -\n", "A -\nA -\n"), "one.txt:10: '前年运了多少人' has A - beside another A"),
        (("A 300万元\n", ""), "one.txt: at the end: '造船花了多少钱' has no answer"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    with pytest.raises(WrittenError) as caught:
        list(read_written(written(tmp_path, GOOD.replace(*change))))
    assert str(caught.value).startswith(says)


def test_the_same_files_give_the_same_examples(tmp_path: Path) -> None:
    folder = written(tmp_path, GOOD)
    assert list(read_written(folder)) == list(read_written(folder))
