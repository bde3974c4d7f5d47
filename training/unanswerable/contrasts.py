"""Words that turn a question into its opposite, and what tells that a paragraph speaks of that opposite."""

from __future__ import annotations

import re

# A pair to a line: a word, a slash, its counterpart. After a colon, what else may say the same in a paragraph.
_TABLE = """
最大:大型,巨大 / 最小:小型,微小,细小
最高:高达 / 最低:低至,低于
最长:长达 / 最短:短至
最早:率先,首次,首先,第一,最初,最先 / 最晚:最后,最迟,末
最多:大多,多数,主要,多达 / 最少:少数,少量,仅
最快 / 最慢:慢
最重要:主要 / 最次要:次要
首次:第一,首度,首个,最早,最初,初次 / 最后一次:最后,末次,告别
首个:第一,首次,首家,最早 / 最后一个:最后,末
第一任:首任,首位,第一位 / 最后一任:末任,末代,最后
第一:首,冠军,最,1 / 第二:次,亚军,2,二
出生:生于,诞生,诞,年生,人,原籍,籍贯,岁 / 去世:逝,死,卒,亡,辞世,殁,遇害,享年,岁
出生于:生于,诞生,诞,年生,人,原籍,籍贯,岁 / 去世于:逝,死,卒,亡,辞世,殁,遇害,享年,岁
出生地:生于,诞生,诞,人,原籍,籍贯 / 逝世地:逝,死,卒,亡,辞世,殁,遇害,去世
父亲:父,爸,爹,之子,儿子,女儿,之女,父母 / 母亲:母,妈,娘,妃,后,生于
儿子:子,儿 / 女儿:女
哥哥:兄,哥,长子 / 弟弟:弟,次子
姐姐:姐,姊 / 妹妹:妹
祖父:爷,祖,公 / 祖母:奶,祖,婆
丈夫:夫,嫁,婚,妻 / 妻子:妻,妇,娶,婚,夫人,太太
进口:输入,引进 / 出口:输出,外销,销往
增加:增,上升,升,涨,提高,扩,多 / 减少:减,降,下降,跌,缩,少,削
上升:增,升,涨,提高 / 下降:减,降,跌,缩,少
提高:增,升,涨,高 / 降低:减,降,跌,低
扩大:扩,增,大 / 缩小:缩,减,小
成立:建立,创立,创办,创建,组建,设立,建,立 / 解散:解体,散,撤销,终止,倒闭,停,结束,裁撤,废,关
创立:建立,成立,创办,创建,组建,设立,建 / 解散:解体,撤销,终止,倒闭,停,结束,裁撤,废,关
创办:建立,成立,创立,创建,组建,设立,建 / 停办:解散,撤销,终止,倒闭,停,结束,裁撤,废,关,并
开始:始,起,自,开,启 / 结束:止,至,到,停,终,完,末,毕,后
开业:开幕,启用,开张,开设,营业,开 / 停业:结业,关闭,倒闭,停,歇业,结束,关,拆
开通:启用,通车,开,营运,运营 / 停用:停,关闭,废,撤,结束,拆
启用:开通,通车,开,营运,运营,投入 / 停用:停,关闭,废,撤,结束,拆
通车:开通,启用,开,营运,运营 / 停运:停,关闭,废,撤,结束,拆
开播:首播,播出,播映,开始,起 / 停播:停,完结,结束,至,止,到,终,末,后
首播:开播,播出,播映,开始,起 / 重播:再播,复播,重新
起点:起自,始,起,自,从,由 / 终点:止,至,到,终,迄,达,往
优点:优势,好处,长处,有利,优,佳,益 / 缺点:劣势,坏处,短处,不利,缺,弊,不足,差,劣,但
优势:优点,好处,长处,有利,优 / 劣势:缺点,坏处,短处,不利,缺,弊,不足,差,劣,但
冠军:第一,夺冠,金牌,冠 / 季军:第三,铜牌,三
男子:男 / 女子:女
雄性:雄,公 / 雌性:雌,母
上游:上 / 下游:下
上集:上 / 下集:下
东部:东 / 西部:西
南部:南 / 北部:北
东面:东 / 西面:西
南面:南 / 北面:北
东边:东 / 西边:西
南边:南 / 北边:北
东侧:东 / 西侧:西
南侧:南 / 北侧:北
东北部:东北,东,北 / 西南部:西南,西,南
西北部:西北,西,北 / 东南部:东南,东,南
国内:本地,本国,全国,境内 / 国外:海外,外国,国际,境外
入学:就读,考入,进入,入读 / 退学:辍学,休学,肄业,退
毕业于:毕业,就读,学 / 任教于:任教,执教,教,讲
上任:就任,出任,担任,任,接任,就职 / 卸任:离任,离职,辞,退,止,至,接替,到,被,后
支持:赞成,拥护,赞同,援助 / 反对:抵制,抗议,拒绝,不满,批评,异议,不同意
赞成:支持,同意 / 反对:抵制,抗议,拒绝,不满,批评
胜利:胜,赢,击败,打败 / 失败:败,输,负
击败:胜,赢,打败,战胜,淘汰 / 负于:败,输,负,不敌
买入:购,买 / 卖出:售,卖,销
收购:购,买,并购,合并 / 出售:售,卖,转让,剥离
春季:春 / 秋季:秋
夏季:夏 / 冬季:冬
白天:昼,日间 / 夜晚:夜,晚
输入:进 / 输出:出
发行:出版,推出,上市 / 停产:停,绝版,终止
出版:发行,推出,刊 / 停刊:停,休刊,终,绝版,止
作词:词,填 / 编曲:编
作曲:曲,谱 / 编舞:舞
导演:执导 / 编剧:剧本,编,改编,脚本
主教练:教练,执教 / 队医:医
原告:起诉,控 / 被告:被控,辩
""".strip()

_RANGE = re.compile(r"[年日月\d]\s*[)）]?\s*[-—–－~～]{1,2}\s*\d|[（(][^（）()]{0,40}\d{3,4}")
"""A span of years such as 1881年-1936年: it gives birth and death, start and end, at once."""

_OF_BOTH_ENDS = frozenset(
    "出生 去世 出生于 去世于 出生地 逝世地 开始 结束 成立 解散 创立 创办 停办 上任 卸任 开播 停播".split()
)


def _read(table: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The counterpart of each word, and what stands in a paragraph that speaks of the counterpart."""
    counterparts: dict[str, tuple[str, frozenset[str]]] = {}
    for line in table.splitlines():
        sides = []
        for side in line.split("/"):
            word, _, others = side.strip().partition(":")
            sides.append((word, frozenset([word, *filter(None, others.split(","))])))
        for (word, _), other in (sides, sides[::-1]):
            counterparts.setdefault(word, other)
    return counterparts


_COUNTERPARTS = _read(_TABLE)
_WORDS = re.compile("|".join(sorted(_COUNTERPARTS, key=lambda word: (-len(word), word))))
_NAMED = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|\"[^\"]*\"")


def contrasts(question: str, paragraph: str) -> list[tuple[int, int, str]]:
    """The words of ``question`` that can be turned, as (start, end, counterpart).

    Only those outside titles and quotations, and whose counterpart ``paragraph`` does not speak of.

    >>> contrasts("中国最大的湖在哪里?", "中国最大的湖在江西。")
    [(2, 4, '最小')]
    """
    named = [match.span() for match in _NAMED.finditer(question)]
    found = []
    for match in _WORDS.finditer(question):
        start, end = match.span()
        other, signs = _COUNTERPARTS[match[0]]
        if any(first < end and start < last for first, last in named) or any(sign in paragraph for sign in signs):
            continue
        if match[0] in _OF_BOTH_ENDS and _RANGE.search(paragraph):
            continue
        found.append((start, end, other))
    return found
