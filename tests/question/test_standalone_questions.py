"""Questions that are complete on their own stay as they are, whatever was said before."""

from __future__ import annotations

import pytest

from rag.question.language import normal_form
from rag.question.understand import complete
from rag.types import Turn

QUESTIONS = [
    "那达慕大会什么时候举行？",
    "那曲市有多少人口？",
    "那么重庆有多少个智能工厂？",
    "长江1998年的洪水，当年水位是多少？",
    "那不勒斯在哪里？",
    "王琦预测无人机物流行业的产值时，他说了什么？",
    "陈红兵是谁？他在哪家公司任职？",
    "馆长介绍说他最喜欢哪件藏品？",
    "其他城市的博物馆去年接待了多少观众？",
    "吉他多少钱一把？",
    "他山之石可以攻玉是什么意思？",
    "“他说了什么”这句话出自哪里？",
    "《他们的星空》讲了什么？",
    "什么是新质生产力？",
    "谁预测了无人机物流行业的产值？",
    "谁是冠军？",
    "谁获得了金奖？",
    "重庆新能源汽车产量增长了多少？",
    "2024年新能源车产量占全市汽车产量的比例是多少？",
    "为什么重庆要举办智博会？",
    "智博会为什么在重庆举办？",
    "今年上半年低空飞行时长同比增长多少？",
    "长江武汉站的最高水位是多少米？",
    "黄河的径流量呢有多少？",
    "故宫博物院有多少件藏品？",
    "上海申花队的主教练是谁？",
    "这篇文章讲了什么？",
    "这篇文章的作者是谁？",
    "文章里提到了哪些公司？",
    "新加坡带了多少家企业参展？",
    "主宾国是哪个国家？",
    "智博会签约了多少个重大项目？",
    "签约金额最高的项目是哪个？",
    "哪些国家参加了展会？",
    "观众有多少人次？",
    "首批工业智能体产品有多少个？",
    "第二届智博会在哪里举办？",
    "第一个智能工厂在哪里？",
    "长安汽车和赛力斯分别展出了什么？",
    "梁平区与顺丰合作建设了什么中心？",
    "分拨中心的功能是什么？",
    "重庆的数字化车间有多少个呢？",
    "智博会是什么时候开幕的呢？",
    "人工智能核心产业规模有多大？",
    "“33618”指的是什么？",
    "飞行汽车什么时候能量产？",
    "2035年无人机物流行业产值将达到多少？",
    "十年后的低空经济会怎样？",
    "去年重庆汽车产量是多少？",
    "前年的门票收入是多少？",
    "还有哪些企业参加了2025低空产业生态大会？",
    "具体有哪些措施支持人工智能产业？",
    "占地面积最大的展馆是哪一个？",
    "同比增长最快的产业是什么？",
    "请问重庆有多少个未来农场？",
    "谢谢，重庆有多少个未来农场？",
    "好的，那重庆有多少个未来农场？",
    "介绍一下梁平的低空物流中心",
    "总结一下这篇文章",
    "新加坡展示了哪些产品",
    "What is the Smart China Expo?",
    "How many factories did Chongqing build last year?",
    "Who is the head coach of Shanghai Shenhua?",
    "Is it true that Chongqing built 178 smart factories?",
    "How long does it take to fly from Beijing to Shanghai?",
    "When was the Palace Museum founded and how many visitors did it have?",
    "What does the author say about his hometown Chengdu?",
    "And how many visitors did the museum receive in 2023?",
    "Why did the river flood in 2020?",
    "Where is the Wuhan station?",
    "长江流域和它的支流有多少条？",
    "这家名叫宇树科技的公司做什么？",
    "他们球队叫什么名字？",
    "企业家王跃武和陈红兵，他们谈了什么？",
    "武汉站呢，最高水位出现在哪一天？",
    "北京、上海和广州的GDP分别是多少？",
    "当地居民对长江大桥的看法是什么？",
    "这里面提到的“大白”是什么？",
    "2023年到2024年的降水量变化有多大？",
    "馆藏文物中有多少件是一级文物？",
    "上海博物馆那里有什么展览？",
    "这次展会有哪些亮点？",
    "如何预约参观故宫？",
    "怎么申请成为俱乐部会员？",
]
HISTORIES = {
    "lunch": [Turn("user", "今天食堂的红烧肉多少钱一份？"), Turn("assistant", "12元[1]\n“红烧肉12元一份”")],
    "rain": [Turn("user", "2024年武汉的降水量是多少？"), Turn("assistant", "1200毫米[1]\n“全年降水量1200毫米”")],
    "person": [Turn("user", "谁发明了电话？"), Turn("assistant", "贝尔[1]\n“亚历山大·贝尔发明了电话”")],
    "company": [Turn("user", "哪家公司造了最大的船？"), Turn("assistant", "中国船舶集团[1]\n“……”")],
    "english": [Turn("user", "Who wrote the book?"), Turn("assistant", "Lao She[1]\n“…”")],
    "refused": [Turn("user", "北京今天天气怎么样？"), Turn("assistant", "抱歉，文章里没有提到。")],
}


def test_there_are_enough_of_them() -> None:
    assert len(QUESTIONS) == len(set(QUESTIONS)) >= 80


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_complete_question_is_not_changed(question: str, history: list[Turn]) -> None:
    assert complete(question, history).text == normal_form(question)
