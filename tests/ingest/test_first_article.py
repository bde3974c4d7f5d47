"""The first article of the corpus: kept verbatim, and every cut of its layout mended."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import pytest

from rag.ingest import read_article, split_article
from rag.ingest.fragments import plain_fragments
from rag.ingest.front_matter import split_front_matter
from rag.ingest.lines import ends
from rag.ingest.repair import repair
from rag.types import Article, BlockKind
from tests.ingest.texts import CORPUS, characters

PATH = CORPUS / "zhibo-dividend-2025.txt"


@pytest.fixture(scope="module")
def article() -> Article:
    return read_article(PATH, CORPUS)


@pytest.fixture(scope="module")
def body() -> str:
    return split_front_matter(PATH.read_text(encoding="utf-8"))[1]


def of_kind(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.kind is kind]


def test_its_front_matter(article: Article) -> None:
    assert article.id == "zhibo-dividend-2025"
    assert article.title == "重庆“智博红利”的变现之道"
    assert article.subtitle == "——写在2025世界智能产业博览会落下帷幕之际"
    assert article.authors == ("陈骅", "龙宣辰")
    assert article.publisher == "当代党员杂志社"
    assert article.published == date(2025, 9, 8)


def test_the_body_is_the_published_text_to_the_byte(body: str) -> None:
    published = "71c313f663d7f9118757a9dbb08928c0d6014714f404d09324f6c547c2df28a8"
    assert hashlib.sha256(body.encode()).hexdigest() == published


def test_no_character_is_lost_or_added(article: Article, body: str) -> None:
    assert characters(article.text) == characters(body)
    assert len("".join(article.text.split())) == 4866


def test_each_block_is_its_lines_in_the_order_of_the_file(article: Article, body: str) -> None:
    lines = [re.sub(r"\s", "", line) for line in body.splitlines() if line.strip()]
    for block in article.blocks:
        rest = re.sub(r"\s", "", article.text[block.start : block.end])
        first = next(place for place, line in enumerate(lines) if line and rest.startswith(line))
        for place in range(first, len(lines)):
            if rest and rest.startswith(lines[place]):
                rest = rest.removeprefix(lines[place])
                lines[place] = ""
        assert not rest
    assert not any(lines)


def test_its_parts(article: Article) -> None:
    assert [block.kind.value for block in article.blocks[:4]] == ["title", "subtitle", "byline", "caption"]
    assert of_kind(article, BlockKind.BYLINE) == ["文 | 当代党员杂志社记者 陈 骅 龙宣辰"]
    assert of_kind(article, BlockKind.HEADING) == [
        "打破传统产业边界",
        "——抓住数字转型的改革红利,让人们触摸到智慧城市的脉搏",
        "发挥智能智造优势",
        "——抓住科技创新的技术红利,让新质生产力赋能各行各业",
        "提升战略服务能级",
        "——抓住资源对接的平台红利,让这座城市成为创新的策源地",
    ]
    assert [caption[-5:] for caption in of_kind(article, BlockKind.CAPTION)] == ["图/王全超", "图/张锦辉"]
    assert list(dict.fromkeys(block.section for block in article.blocks)) == [
        "",
        "打破传统产业边界",
        "发挥智能智造优势",
        "提升战略服务能级",
    ]


def test_every_paragraph_ends_as_a_sentence_does(article: Article) -> None:
    paragraphs = of_kind(article, BlockKind.PARAGRAPH)
    assert len(paragraphs) == 64
    assert [paragraph for paragraph in paragraphs if not ends(paragraph)] == []


@pytest.mark.parametrize(
    "joined",
    [
        "本指利润对投资人的额外回报,是一种超出预期的收获。",
        "积极推动人工智能科技创新与产业创新深度融合",
        "在思灵机器人公司展台前,数位体验者正排队等候",
        "从顶层设计到具体实施,覆盖交通、安全、民生等各个领域",
        "各项城市运行指标一目了然、一屏掌控、一键调度。",
        "重庆的长安汽车和赛力斯一直都是主力。而这一次,升格为新央企后的长安汽车",
        "新能源汽车为核心主线的强链、补链、延链类重大项目。",
        "在“京津冀·成渝地区智能制造装备供需对接会”上刚发布完需求",
    ],
)
def test_a_sentence_that_layout_cut_is_whole_again(article: Article, body: str, joined: str) -> None:
    assert joined not in body
    assert joined in article.text
    block = article.block_at(article.text.index(joined))
    assert block is not None
    assert block.kind is BlockKind.PARAGRAPH


def test_no_other_lines_are_joined(article: Article, body: str) -> None:
    lines = [line for line in body.splitlines() if line.strip()]
    assert len(lines) - len(article.blocks) == 8


def test_the_caption_stands_behind_the_paragraph_it_interrupted(article: Article) -> None:
    texts = [article.text[block.start : block.end] for block in article.blocks]
    place = next(place for place, text in enumerate(texts) if text.endswith("图/张锦辉"))
    assert texts[place - 1].startswith("近些年的参展车企中")
    assert texts[place + 1].startswith("赛力斯也不负众望。")


def test_repairing_it_twice_changes_nothing(article: Article) -> None:
    again = repair(plain_fragments(article.text), article.title, article.subtitle)
    assert (again.text, again.blocks) == (article.text, article.blocks)


def test_its_layout_is_understood_without_the_front_matter_too(article: Article, body: str) -> None:
    assert repair(plain_fragments(body)).blocks == article.blocks


def test_its_passages(article: Article) -> None:
    passages = split_article(article, 100, 300)
    prose = [passage for passage in passages if passage.kind is BlockKind.PARAGRAPH]
    assert all(90 <= len(passage.text) <= 300 for passage in prose)
    figure = next(passage for passage in prose if "95万辆" in passage.text)
    assert figure.section == "发挥智能智造优势"
    assert "其中新能源汽车产量95万辆,是2021年的6倍多。" in [
        article.text[sentence.start : sentence.end] for sentence in figure.sentences
    ]
    assert [passage.text[-5:] for passage in passages if passage.kind is BlockKind.CAPTION] == [
        "图/王全超",
        "图/张锦辉",
    ]
