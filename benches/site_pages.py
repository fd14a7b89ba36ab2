"""Makes a site of N Chinese pages, the same for Greenboard and for Hugo.

    python3 benches/site_pages.py N FOLDER

Pages of 800 to 1,500 characters under `content/posts/`: headings, lists, a table, links to each other,
code in every twentieth, three tags and one category each. Words are put together anew from a few
hundred, so that two pages have little in common and yet nothing is random from run to run.
"""

import datetime
import pathlib
import random
import sys

WORDS = """垃圾 分类 投放 回收 厨余 有害 其他 旧衣 纸箱 玻璃 电池 灯管 药品 家具 装修 大件 预约 清运 收集 点位 桶站 督导 志愿者
居民 物业 社区 街道 楼道 单元 院子 绿地 花坛 树木 浇水 修剪 落叶 堆肥 雨水 节水 水表 龙头 马桶 节电 灯具 空调 温度 插座 充电 电动车
自行车 步行 公交 出行 停车 消防 通道 杂物 清理 燃气 报警 检查 安全 老人 儿童 学校 课堂 讲座 活动 报名 广场 公告 通知 公示 意见 反馈 电话
时间 地点 上午 下午 周末 节日 春节 清明 端午 中秋 国庆 夏季 冬季 高温 暴雨 大风 降温 供暖 停水 停电 维修 施工 噪声 扬尘 油烟 蚊虫 消杀
宠物 牵绳 粪便 文明 礼让 互助 邻里 闲置 交换 捐赠 二手 书籍 玩具 厨房 剩菜 光盘 塑料 袋子 购物 布袋 水杯 餐具 外卖 包装 快递 纸盒 胶带
减少 重复 利用 拆开 压平 沥干 捆好 分开 记得 按时 提前 当天 每周 每月 全年 负责 登记 公开 监督 改进 完成 开始 结束 增加 下降 比例""".split()
LINKING = ["以后", "的时候", "，请", "，再", "和", "也要", "不要", "可以", "应当", "由", "在", "到", "把", "为了", "，", "、", "已经", "还没有"]
TAGS = [f"标签{n}" for n in range(60)]
CATEGORIES = ["分类指导", "绿色生活", "安全", "活动", "公示", "环境", "邻里", "物业"]
CODE = "```python\ndef total(rows):\n    # 合计\n    return sum(row['kg'] for row in rows)\n```\n"


class Writer:
    """Writes text by a chance of its own."""

    def __init__(self, number: int):
        self.chance = random.Random(number)

    def sentence(self) -> str:
        chance, parts = self.chance, []
        for _ in range(chance.randrange(4, 10)):
            parts += [chance.choice(WORDS), chance.choice(LINKING)]
        return "".join(parts[:-1]) + chance.choice(WORDS) + "。"

    def paragraph(self) -> str:
        return "".join(self.sentence() for _ in range(self.chance.randrange(3, 6)))

    def title(self) -> str:
        return "".join(self.chance.choice(WORDS) for _ in range(self.chance.randrange(4, 7)))


def body(number: int, count: int) -> str:
    writer = Writer(number)
    chance = writer.chance
    other = lambda: f"post-{chance.randrange(count):06}"  # noqa: E731
    parts = [writer.paragraph()]
    for part in range(chance.randrange(3, 5)):
        parts += [f"## {writer.title()}", writer.paragraph()]
        parts.append("\n".join(f"- {writer.sentence()}" for _ in range(3)))
        parts.append(f"详见[{writer.title()}]({other()}.md)。**{writer.sentence()}**{writer.sentence()}")
        if part == 0:
            rows = [f"| {writer.title()} | {chance.randrange(500)} | {writer.title()} |" for _ in range(3)]
            parts.append("| 名称 | 数量 | 说明 |\n|---|---|---|\n" + "\n".join(rows))
    if number % 20 == 0:
        parts.append(CODE)
    return "\n\n".join(parts)


def page(number: int, count: int) -> str:
    writer = Writer(10**9 + number)
    chance = writer.chance
    day = datetime.date(2016, 1, 1) + datetime.timedelta(days=number * 3600 // max(count, 3600) if count > 3600 else number)
    tags = ", ".join(f'"{tag}"' for tag in sorted(chance.sample(TAGS, 3)))
    title, summary = writer.title(), writer.sentence()
    return (
        f'---\ntitle: "{title}"\ndate: {day}\nsummary: "{summary}"\ntags: [{tags}]\n'
        f'categories: ["{chance.choice(CATEGORIES)}"]\n---\n\n{body(number, count)}\n'
    )


def make(count: int, folder: pathlib.Path) -> None:
    """Makes `content/posts` of `folder`."""
    posts = folder / "content/posts"
    posts.mkdir(parents=True)
    (folder / "content/_index.md").write_text('---\ntitle: "首页"\n---\n\n欢迎。\n')
    (posts / "_index.md").write_text('---\ntitle: "文章"\n---\n\n所有文章。\n')
    for number in range(count):
        (posts / f"post-{number:06}.md").write_text(page(number, count))


if __name__ == "__main__":
    make(int(sys.argv[1]), pathlib.Path(sys.argv[2]))
