"""What was done is the opposite of what is asked: 毁了130块 is no answer for how many were saved.

News sets such figures side by side (收到…,已发…; 新开25家、关闭7家); the last verb before a figure says which it is.
"""

from __future__ import annotations

import re

from rag.answer.figures import Figure
from rag.question.focus import Focus

_ENCLOSED = r"[墙城境室校院厂馆园区圈堤坝港岛省市县镇村](?:以|之)?"
_PAIRS = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"收到|接收|获捐|收了|募集", r"发[出放了]|[已共]发|送出|寄出|拨[出付]|下发|分发|发出去"),
        (r"毁|烧|损坏|损失|报废|冲走|淹", r"救|抢出|保住|抬出|抢运|幸存"),
        (r"新开|开出|开张|开业|增开|新增", r"关闭|关停|关门|关掉|关了|关张|倒闭|停业|撤销|歇业"),
        (r"遇难|死亡|丧生|身亡|死了|去世", r"受伤|伤者|失联|失踪|获救|生还"),
        (r"受伤|伤者", r"失联|失踪|获救|生还"),
        (r"进口", r"出口"),
        (r"流入|迁入|转入|汇入", r"流出|迁出|转出|汇出"),
        (r"借[出走]|外借", r"归还|还回|还书"),
        (r"上车|登机|上船", r"下车|下机|下船"),
        (r"报名|报考|申请", r"录取|录用|入选|获批|通过|中签"),
        (r"招[收聘录募]?(?![待呼标商生])", r"报(?![告道纸酬刊警价])名?"),
        (r"早[餐饭点]", r"[晚午夜][餐饭市]"),
        (r"[午中][餐饭]", r"[晚早夜][餐饭]"),
        (r"出生", r"死亡"),
        (r"汽油", r"柴油"),
        (r"硬[卧座]", r"软[卧座]"),
        (r"早稻", r"[晚中]稻"),
        (r"内贸", r"外贸"),
        (r"全程", r"半程"),
        (r"[晚夜][班市]", r"[白早日][班市]"),
        (r"现任|这一任", r"[上前](?:[一1])?任"),
        (r"存栏|在栏|还有", r"出栏"),
        (r"开幕", r"闭幕"),
        (rf"{_ENCLOSED}外", rf"{_ENCLOSED}[内里]"),
        (r"本地|当地", r"外[地市省来]"),
        (r"买[入进了]|采购|购[入进买]", r"卖[出了]|售出|出售|销售"),
        (r"开工|动工|开建", r"完工|竣工|建成"),
        (r"召回|应收", r"收回"),
        (r"最[多高]|[至顶]多|上限|封顶|不(?:能|得|准)?超过", r"[最至]少|最低|起码|下限|不[少低]于|[须年]满|以上"),
        (r"借款|贷出|欠", r"还款|还清|归还"),
    )
)
_WHERE_FROM = re.compile(r"(?:本地|外地)(?:的)?[人客观游选居学车]")
_TOLD_WHERE_FROM = re.compile(r"本[地市县区省镇乡村]|当地|外[地来省市县乡]|[省市县]外")
_TO_THE_NEXT = re.compile(r"[^,，、。;；\d]*")
_ANEW = re.compile(r"另[有外]|还有|此外|以及")
"""Behind it the verb of the beginning holds again, and which that is cannot be told."""


def of_the_opposite(focus: Focus, figure: Figure) -> bool:
    """Whether the last verb before the figure is the opposite of the one that the question has.

    So is the figure of all, where those from here or from elsewhere are asked.
    """
    asked, folded = focus.wording, figure.sentence.folded
    before = folded[: figure.quantity.start]
    behind = _TO_THE_NEXT.match(folded[figure.quantity.end :])
    words_behind = behind.group() if behind else ""
    if _WHERE_FROM.search(asked) and not _TOLD_WHERE_FROM.search(before + words_behind):
        return True  # those of one place are a part, and no figure of all tells of them
    return any(
        bool(mine.search(asked)) and not other.search(asked) and _nearest(before, words_behind, mine, other) is other
        for pair in _PAIRS
        for mine, other in (pair, pair[::-1])
    )


def _nearest(before: str, behind: str, mine: re.Pattern[str], other: re.Pattern[str]) -> re.Pattern[str] | None:
    """Which of the two stands last before a figure, or else in its clause behind it (130块被毁)."""
    anew = max((match.end() for match in _ANEW.finditer(before)), default=-1)
    last = {pattern: max((match.end() for match in pattern.finditer(before)), default=-1) for pattern in (mine, other)}
    if anew > max(last.values()):
        # 另有 takes up the verb that the enumeration began with.
        first = {pattern: match.start() for pattern in (mine, other) if (match := pattern.search(before))}
        return min(first, key=lambda pattern: first[pattern], default=None)
    if mine.search(behind):
        return mine
    if last[mine] == last[other]:
        return other if other.search(behind) else None
    return max(last, key=lambda pattern: last[pattern])
