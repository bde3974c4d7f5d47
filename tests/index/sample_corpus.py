"""Small articles to index."""

from __future__ import annotations

from pathlib import Path

PARAGRAPHS = (
    "海州港去年完成货物吞吐量3.2亿吨，比上年增长6.4%。其中集装箱吞吐量512万标箱，居全省第一位。",
    "为了减少船舶等待的时间，港口启用了二十台无人集卡。驾驶室里没有人，方向盘自己转动。",
    "渔民老周说，他家三代人都在这片海上讨生活。如今他把渔船改成了观光船，一个夏天接待了四千名游客。",
    "海水淡化厂每天可产淡水十万立方米。厂长沈怀远介绍，淡水成本已降到每立方米4.8元。",
)


def write_article(corpus: Path, name: str = "harbour", paragraphs: tuple[str, ...] = PARAGRAPHS) -> Path:
    """Write an article of these paragraphs into the corpus, published in 2024."""
    path = corpus / f"{name}.md"
    front_matter = f"---\ntitle: 港口新潮 {name}\npublished: 2024-06-01\n---\n"
    path.write_text(front_matter + "\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return path
