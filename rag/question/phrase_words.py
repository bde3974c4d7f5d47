"""The closed word classes and endings by which phrases and their kinds are told apart."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

ATTRIBUTE_WORDS = (
    "产量|单产|亩产|销量|产值|产能|数量|总量|总数|总额|总产值|金额|合同金额|数额|面积|占地面积|建筑面积|价格"
    "|票价|单价|售价|人数|次数|天数|规模|时长|时间|日期"
    "|长度|高度|宽度|深度|速度|重量|体积|容量|流量|水位|径流量|水量|流速|降水量|降雨量|温度|气温|湿度"
    "|距离|里程|年龄|身高|体重|收入|营业收入|营收|利润"
    "|净利润|成本|投资|投资额|总投资|市值|市场份额|份额|增速|增幅|增长率|涨幅|降幅|占比|比例|比重|比率"
    "|排名|名次|得分|比分|成绩|票房|客流量|客流"
    "|架次|班次|人次|产出|出口|进口|出口额|进口额|交易额|成交额|销售额|预算|经费|效率|浓度|含量|密度"
    "|载客量|客运量|货运量|吞吐量|运量|发电量|用电量|用水量|排放量|收购量|储量|阅读量|访问量|下载量|出货量|交付量|保有量|门诊量"
    "|借阅量|发行量|进口量|出口量|消费量|需求量|供应量|存栏量|出栏量|捕捞量|库存量|贸易额|零售额|营业额|余额|增加值|就业率|入学率"
    "|合格率|利用率|覆盖率|出勤率|满意度|占有率|毛利率|全长|总长|工期|载重|亩数|户数|件数|册数"
    "|强度|功率|电压|海拔|寿命|用户数"
    "|原因|理由|意义|目的|作用|影响|结果|特点|优势|功能|内容|主题|地点|位置|地址|名称|名字|作者|背景"
    "|进展|现状|情况|用途|来源|类型|种类|标准|目标|措施"
)
"""Nouns for a measurable or describable side of something, as alternatives of a pattern."""
ORGANISATION_ENDING = re.compile(
    r"(?:公司|集团|企业|银行|大学|学院|医院|博物馆|博物院|美术馆|图书馆|科技馆|纪念馆|展览馆|俱乐部"
    r"|委员会|研究院|研究所|研究会|协会|学会|联合会|商会"
    r"|事业部|总局|出版社|杂志社|报社|通讯社|电视台|基金会|法院|检察院|政府|学校|中学|小学|幼儿园|球队"
    r"|车队|乐队|剧团|工作室|事务所|水文局|气象局"
    r"|管理局|电视台|航空|科技|汽车|机床|速运|快递|证券|保险|国家队|队|馆|局|部|厅)$"
)
"""How the names of organisations end."""
PLACE_ENDING = re.compile(
    r"(?:[省市县区镇乡村州旗盟江河湖海岛港湾]|半岛|水库|机场|站|大桥|山脉|高原|盆地|平原|地区|自治区|新区)$"
)
"""How the names of places end."""
WIDE_PLACE = re.compile(r"全[国市省县区州镇村]|全球|全世界|世界|国内|国外|海外|境内|境外|[本我][国省市县区]")
"""Places without a name of their own."""
GENERIC_HEADS = frozenset(
    "公司 集团 企业 银行 大学 学院 医院 博物馆 俱乐部 委员会 政府 学校 球队 城市 地区 国家 地方 省份 "
    "区县 省 市 县 区 镇 村 江 河 湖 岛 汽车 科技 航空 部 局 馆 队 机构 单位".split()
)
"""Nouns that end names but are none by themselves."""
AGENTS = frozenset("物业 警方 校方 院方 厂方 官方 开发商 房东 租客 业主 原告 被告 甲方 乙方 卖家 买家 商家".split())
"""Words for those who act, as a firm or a person does, without a name."""
NEVER_NOMINAL = frozenset(
    "是 有 在 为 的 了 着 过 地 得 和 与 或 及 跟 同 比 把 被 将 从 到 由 对 向 给 让 使 来 去 会 能 "
    "要 想 说 做 吗 呢 吧 啊 么 请 请问 问 告诉 知道 介绍 就 都 也 还 又 再 只 才"
    " 分别 多少 几 哪 谁 什么 怎么 怎样 如何 为什么 为何 何时 哪些 哪个 哪里 哪儿 多久 多大 多长 多高 "
    "多远 那 那么 这 该 此 各 每 其 其中 其他 之 以及 建成 完成 达到 举办"
    " 发布 接待 成立 举行 开幕 闭幕 预测 增长 增加 减少 下降 上升 占 约 超过 超 共 一共 总共 共有 "
    "拥有 具有 包括 属于 位于 来自 叫 获得 获 推出 上线 表示 认为 指出 称 参加"
    " 参展 展示 展出 带来 进行 实现 提出 计划 没有 具体 文章 文中 本文 全文 原文 报道 主要 目前 "
    "如今 现在 当前 已 已经 共同 首次 关于 根据 按照 截至 截止 通过 随着 作为 钱 同比 环比 时候 上 "
    "下 中 里 内 外 前 后 间 时".split()
)
"""Function words and common predicates, at which a noun phrase ends."""
COMPOUND_TAIL = re.compile(
    r"(?:中心|公司|馆|院|所|站|局|部|处|厅|平台|系统|网络|体系|基地|园|区|港|场|项目|方案|计划|工程"
    r"|会议|大会|论坛|政策|措施|能力|服务|产业|行业|技术|产品|设备|设施|"
    r"人员|机构|企业|标准|方式|模式|业务|市场|成果|时长|架次|收入|额|量|率|权|费|品)$"
)
"""Nouns that a verb qualifies from in front (分拨中心), so that the verb belongs to the phrase."""


@lru_cache(maxsize=1)
def cities() -> frozenset[str]:
    """Cities and districts that the tagger takes for something else than a place (合肥, 开封)."""
    text = files("rag.question").joinpath("cities.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
