"""What stands right beside a figure and makes it another one: 提前5天 is no stay, 3米宽 no length, 占20% no rate."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.answer.candidates import Candidate
from rag.answer.figures import Figure
from rag.answer.guards.change_guards import CHANGED_FROM
from rag.question.focus import Focus
from rag.question.kinds import AnswerKind
from rag.question.units import MONEY

_AHEAD = re.compile(r"(?:提前|提早|推迟|延后|晚点)[了约近达至少]{0,2}$")
_ASKS_AHEAD = re.compile(r"早|晚|推迟|延|前")
_SIZE_BEHIND = re.compile(r"[多来余]?(?P<word>[宽高深厚])(?![中校铁三一二考])")
_HIGH_UP = re.compile(r"高(?=[处空])")
_LENGTHS = frozenset("米 厘米 毫米 公里 尺 寸 丈".split())
_ASKS_SIZE = re.compile(r"面积|尺寸|规格|多大|大小")
_RATE = re.compile(r"(?P<rate>[\u4e00-\u9fff]{2}率)")
_SHARE_RATES = re.compile(r"占[有用]?率|份额|[占比例]率")
_IS_SHARE = re.compile(r"占(?:到|了|全[部\w]|总[\w]{1,4}的?)?[约近超]*$")
_FOR_EACH = re.compile(r"[按以照]?每(?P<unit>公斤|千克|斤|克|吨|亩|平方米|平米|公里|升|立方米?)[^,，。;；\d]{0,3}$")
_ASKS_MONEY = re.compile(r"钱|价|费|[多几]少?[块元毛角]|元|贵|便宜|成本|工资|[赚挣卖]|收入|[奖补税贴罚]|利润|花")
_NOW = re.compile(r"现在|目前|如今|眼下|当前|已经?有?")
_TO_COME = re.compile(
    r"(?:准备|打算|计划|将|拟|预计|[年月]底前|明年)[^,，。;；]{0,6}(?:再|新)[开建设招增添买加][^,，。;；]{0,4}$"
)
_AIM = re.compile(r"目标(?!人群|客户|市场|价格|地)")
_TOLD_AIM = re.compile(
    r"目标|力争|争取|计划|预计|任务|规划|拟|将|要|冲刺|奔着|打算|定[在为]|以[内上]|不[低少]于|到20\d\d年"
)
_GRANTED = re.compile(r"(?P<word>预算|配额|指标|额度|限额)(?:安排|为|是|达|有|共)?[^,，。;；\d]{0,6}$")
_ASKS_GRANTED = re.compile(r"预算|配额|指标|额度|限额|安排|计划|能|许|可以|投[入资]|要花|需要")
_CHANGED_BY = re.compile(r"(?:[降涨跌升减]了|[降涨]价)[约近]?$")
_ASKS_CHANGE = re.compile(r"[降涨跌升减增省差贵便宜]|[多少高低快慢](?:了|出|收|卖|赚|付)|优惠|变化|调|幅")
_OF_THEM = re.compile(r"\d[\u4e00-\u9fff]{1,8}[里中](?P<which>[^,，。;；\d]{1,6}?)的?(?:只|仅|才)?有$")
_ASKS_ALL = re.compile(r"[一1]共|总共|合计|共有|全部")
_SINCE = re.compile(r"(?:以来|[一二三四五六七八九十\d]{1,2}[届年季]|历年|历届|至今|到现在)累计[^,，。;；\d]{0,8}$")
_ASKS_SINCE = re.compile(r"累计|[一1]共|总共|以来|至今|到现在|加起来|合计|历年|历届")
_NOT_ABOVE = re.compile(
    r"(?:不(?:得|能|可|准|许)?(?:超过|多于|高于)|最多|上限为?|封顶)[^,，。;；\d]{0,4}[\d一二两三四五六七八九十百千.万]+[\u4e00-\u9fff]{1,3}$"
)
_ASKS_LIMIT = re.compile(r"最|[顶至]多|限|能|可以|允许|准|许|超过|封顶|高|多于|得|要|应|规定")
_WITHIN = re.compile(r"[里内中](?![有是共])[^,，。;；\d]{1,6}?(?=[\d一二两三四五六七八九十半])")
_AT_FIRST = re.compile(r"头[一1]年|第[一1]年|刚开[张业馆始]|起初|最初|一开始|当年")
_ASKS_UP_TO_NOW = re.compile(r"累计|至今|到现在|以来|到目前")
_OF_ONE_TIME = re.compile(r"今年|去年|这[一1]?[届年月]|本[届年月]|当[年月天]|全年|\d月|[一1](?:个月|天|年)")


def is_of_another_role(focus: Focus, candidate: Candidate) -> bool:
    """Whether the words right beside the figure of ``candidate`` say that it is not of the sort that is asked."""
    figure = candidate.figure
    if focus.kind is not AnswerKind.QUANTITY or figure is None:
        return False
    return any(role(focus.wording, figure) for role in _ROLES)


def _ahead(asked: str, figure: Figure) -> bool:
    return not _ASKS_AHEAD.search(asked) and bool(_AHEAD.search(_before(figure)))


def _another_size(asked: str, figure: Figure) -> bool:
    folded, end = figure.sentence.folded, figure.quantity.end
    if _HIGH_UP.match(folded, end) and "高" not in asked:
        return True
    behind = _SIZE_BEHIND.match(folded, end)
    if behind is None or figure.quantity.unit not in _LENGTHS:
        return False
    return behind["word"] not in asked and not _ASKS_SIZE.search(asked)


def _share_for_rate(asked: str, figure: Figure) -> bool:
    rate = _RATE.search(asked)
    if rate is None or figure.quantity.unit != "%" or _SHARE_RATES.search(asked):
        return False
    return bool(_IS_SHARE.search(_before(figure))) and rate["rate"] not in figure.own_text


def _price(asked: str, figure: Figure) -> bool:
    if figure.quantity.unit not in MONEY or _ASKS_MONEY.search(asked):
        return False
    each = _FOR_EACH.search(_before(figure))
    return each is not None and each["unit"] not in asked


def _still_to_come(asked: str, figure: Figure) -> bool:
    return bool(_NOW.search(asked)) and bool(_TO_COME.search(_before(figure)))


def _no_aim(asked: str, figure: Figure) -> bool:
    if not _AIM.search(asked):
        return False
    return not _TOLD_AIM.search(f"{figure.sentence.section}\n{figure.sentence.folded}")


def _only_granted(asked: str, figure: Figure) -> bool:
    """What may be spent or caught (预算, 配额), where what was is asked."""
    granted = _GRANTED.search(_before(figure))
    return granted is not None and granted["word"] not in asked and not _ASKS_GRANTED.search(asked)


def _change(asked: str, figure: Figure) -> bool:
    return bool(_CHANGED_BY.search(_before(figure))) and not _ASKS_CHANGE.search(asked)


def _some_of_them(asked: str, figure: Figure) -> bool:
    """2 of 9间教室里朝南的有2间, where all are asked."""
    some = _OF_THEM.search(_before(figure))
    return some is not None and bool(_ASKS_ALL.search(asked)) and some["which"] not in asked


def _limit(asked: str, figure: Figure) -> bool:
    """What may be at most, where what is is asked."""
    return bool(_NOT_ABOVE.search(f"{_before(figure)}{figure.quantity.text}")) and not _ASKS_LIMIT.search(asked)


def _window(asked: str, figure: Figure) -> bool:
    """15 of 15天里停了4天, which tells how long in how long."""
    within = _WITHIN.match(figure.sentence.folded, figure.quantity.end)
    if within is None:
        return False
    return any(q.start == within.end() and q.unit == figure.quantity.unit for q in figure.sentence.quantities)


def _of_the_beginning(asked: str, figure: Figure) -> bool:
    """What was in the first year, where what is now is asked."""
    if not _NOW.search(asked) or _AT_FIRST.search(asked) or CHANGED_FROM.search(_before(figure)):
        return False
    return bool(_AT_FIRST.search(_clause_before(figure)))


def _part_of_sum(asked: str, figure: Figure) -> bool:
    """What came in one month, where all since the beginning is asked, and told: 本月烧了40窑,累计900窑."""
    if not _ASKS_UP_TO_NOW.search(asked) or _ASKS_UP_TO_NOW.search(_clause_before(figure)):
        return False
    return bool(_ASKS_UP_TO_NOW.search(figure.sentence.folded, figure.quantity.end))


def _sum_of_years(asked: str, figure: Figure) -> bool:
    """What came together over years (建厂以来累计900窑), where one year or month is asked."""
    if not _OF_ONE_TIME.search(asked) or _ASKS_SINCE.search(asked):
        return False
    return bool(_SINCE.search(_before(figure)))


_ROLES: tuple[Callable[[str, Figure], bool], ...] = (
    _ahead,
    _another_size,
    _share_for_rate,
    _price,
    _still_to_come,
    _no_aim,
    _only_granted,
    _change,
    _some_of_them,
    _sum_of_years,
    _limit,
    _window,
    _of_the_beginning,
    _part_of_sum,
)


def _clause_before(figure: Figure) -> str:
    return re.split("[,，。;；]", _before(figure))[-1]


def _before(figure: Figure) -> str:
    return figure.sentence.folded[: figure.quantity.start]
