"""Writes a site of random pages that are hard to set.

    hard_pages.py FOLDER COUNT SEED

Each page has one of the program's layouts, a title of 4 to 45 characters, and words of one of the
kinds below: what people write who think of the matter and not of the sheet. Needs Pillow.
"""

import pathlib
import random
import sys

from PIL import Image, ImageDraw

WHEN = ["每天", "本周六上午", "自12月1日起", "周一至周五8:30–17:00", "2026年12月15日前", "雨雪天气后",
        "每月第2、第4个周五", "完工以后", "放假期间（10月1日至8日）", "15个工作日内"]
WHO = ["社区", "物业", "楼组长", "保洁员", "志愿者", "施工队", "水务所", "街道办", "业委会", "电梯维保单位"]
WHAT = ["检查26号楼地下车库的排水沟", "清运3号、5号、7号楼前的装修垃圾", "核对居民交来的水表读数",
        "把废旧灯管装进带盖的红色箱子", "更换DN100铸铁排水管约86米", "在东、西两处门岗公示收支明细",
        "把楼道里的纸箱、鞋柜搬回家中", "测量垃圾房周围50米内的噪声（昼间≤60 dB）",
        "给46棵行道树树干刷白，高度1.2米", "关闭屋面太阳能供水阀门", "更换2台18 kW水泵"]
END = ["，请互相转告。", "，敬请谅解。", "，逾期不再受理。", "，电话：5550 0116。", "，费用共计¥12,860.50元。",
       "；确有困难的，可以委托家人代办。", "，结果张贴在本栏。", "。", "，不得占用消防通道！",
       "，比去年同期下降18.6%。", "（以现场公告为准）。", "，“谁产生、谁负责”的原则不变。",
       "，联系人：王建国，13800000000。", "，投诉拨打12345。"]
TITLE = ["关于", "梧桐里社区", "二十六号楼", "屋面排水管", "更换工程", "及地下车库", "电动自行车", "充电棚改造", "项目",
         "资金使用情况", "2026年", "第四季度", "环境卫生", "志愿者", "考核结果", "停水", "临时交通管制", "生活垃圾",
         "分类收集", "时间调整", "老旧小区", "加装电梯", "“十四五”", "（第二次）", "App", "PM2.5", "监测", "楼道", "清理",
         "请在", "把", "旧电池", "送到", "26℃", "3天", "和", "的"]
SURNAMES = list("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜") + ["欧阳", "诸葛", "司徒"]
GIVEN = "建国秀英桂兰海宁晓芸志远玉梅文博子涵雨桐立敏平明芳军华翀喆垚淼犇"
MIXED = ["下载“绿板”App（iOS 17.0+/Android 12+），打开后点“Scan”扫码。",
         "室内CO₂浓度应低于1,000 ppm，温度18～22℃，湿度40%–60%RH。",
         "每户补贴￥300.00元/年，折合0.82元/天，限额3 000 m³。",
         "型号：LED-T8-1200mm/18W/6500K，功率因数≥0.95。",
         "发送邮件至wutongli-service@community-example.org.cn，主题写“e-bike”。",
         "PM₂.₅由75μg/m³降到35μg/m³，达到GB 3095-2012二级。",
         "Wi-Fi名称：WTL_Guest_5G，密码每周一更新；USB-C、Type-A接口各2个。",
         "规格60×40×30 cm，重≤5 kg，Ø8×120的膨胀螺栓4只。",
         "SO₂、NO₂、O₃和10⁻³ mol/L，H₂O，x²＋y²，108个/m²。",
         "工作日9:00–11:30、13:30–17:00，热线021-5550 0116转803。"]
SIGNS = ["☐ 关水阀　☐ 关燃气　☑ 关窗", "✔ 可以放　✘ 不可以放", "📞 5550 0116　📍 东门一楼　⏰ 8:30",
         "⚠ 高压危险　♻ 可回收　★ 五星楼道", "①先断电 ②再开盖 ③晾干", "➡ 由此向东　❗请勿堵塞　🚭 禁止吸烟"]
RARE = ["㙍塬上的昪翀、垚先生和犇家", "〇二〇年，喆、翀、昇、珺、玥", "①②③④⑤⑥⑦⑧⑨⑩㎡㎏", "ｆｕｌｌ　ｗｉｄｔｈ　１２３"]
TALK = ["“阿姨，这个奶茶杯算什么垃圾？”", "“先把剩茶倒掉，杯子和盖子放其他垃圾。”", "“那珍珠呢？”",
        "“珍珠倒进厨余——湿的都算。”", "他问：“电池呢？充电宝呢？……都扔红桶吗？！”", "老张说：“‘五号电池’不用，充电宝要！”"]
HEADS = ["序号", "楼号", "项目名称", "单位", "数量", "单价（元）", "金额（元）", "备注", "负责人", "日期", "时间"]
LAYOUTS = ["notice", "notice", "notice", "formal", "formal", "formal", "guide", "checklist", "qa", "story",
           "campaign", "numbers", "plan", "sorting", "month"]
KINDS = ["prose", "prose", "prose", "table", "table", "week", "names", "address", "mixed", "signs", "rare", "talk",
         "levels", "list", "nested", "picture", "nothing"]

# What the sorting sheets show: name, bin, what to do first.
ITEMS = [("五号电池", "其他垃圾", "投之前不用包，别和充电电池混在一起"), ("大骨头", "其他垃圾", "敲不碎，绞不动"), ("用过的纸巾", "其他垃圾", ""),
         ("牛奶盒", "可回收物", "喝完冲一冲，压扁"), ("旧衣服", "可回收物", "洗净晾干，装袋扎口"), ("过期药品", "有害垃圾", "连包装一起，交到物业前台"),
         ("茶叶渣", "厨余垃圾", "沥干"), ("外卖餐盒", "可回收物", "倒掉剩饭，洗净"), ("碎玻璃", "可回收物", "厚纸裹好，写上“小心扎手”"),
         ("菜叶", "厨余垃圾", "去掉捆菜的胶带和皮筋"), ("猫砂", "其他垃圾", "装袋扎紧"), ("蛋壳", "厨余垃圾", ""), ("剩饭", "厨余垃圾", "沥干汤水，倒掉袋子")]


class Writer:
    """Chance and a folder."""

    def __init__(self, folder: pathlib.Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.listed: set[str] = set()

    def one(self, of):
        return self.random.choice(of)

    def sentence(self) -> str:
        return self.one(WHEN) + self.one(WHO) + self.one(WHAT) + self.one(END)

    def prose(self, length: int) -> str:
        paragraphs, text = [], ""
        while sum(map(len, paragraphs)) + len(text) < length:
            text += self.sentence()
            if len(text) > self.random.randint(60, 220):
                paragraphs.append(text)
                text = ""
        return "\n\n".join(paragraphs + [text]) + "\n"

    def title(self, length: int) -> str:
        text = ""
        while len(text) < length:
            text += self.one(TITLE)
        return text[:length].strip("（“”），的") or "停水通知"

    def name(self) -> str:
        return self.one(SURNAMES) + "".join(self.one(GIVEN) for _ in range(self.one([1, 2, 2, 2])))

    def names(self) -> str:
        """A list of names, kept for `names.txt`: one of them a line, none of which may be parted."""
        names = [self.name() for _ in range(self.random.randint(12, 120))]
        self.listed.update(names)
        way = self.one(["、", "  ", "　　", "list", "table"])
        head = "名单如下：\n\n"
        if way == "list":
            return head + "".join(f"- {name}\n" for name in names)
        if way == "table":
            rows = [names[at:at + 6] for at in range(0, len(names), 6)]
            lines = ["| " + " | ".join(row + [""] * (6 - len(row))) + " |" for row in rows]
            return head + "| 名单 |  |  |  |  |  |\n|---|---|---|---|---|---|\n" + "\n".join(lines) + "\n"
        return head + way.join(names) + "\n"

    def cell(self, head: str) -> str:
        number = self.random.randint
        return {
            "序号": str(number(1, 99)), "楼号": f"{number(1, 46)}号楼{number(1, 3)}单元",
            "项目名称": self.one(["屋面防水卷材（SBS改性沥青3 mm）", "垃圾房排风扇", "排水管", "不锈钢投放口", "志愿者保险费"]),
            "单位": self.one(["米", "个", "平方米", "项"]), "数量": str(number(1, 1200)),
            "单价（元）": f"{number(100, 90000) / 100:.2f}", "金额（元）": f"{number(100, 999999):,}.00",
            "备注": self.one(["", "含税", "已完工，质保2年", "详见合同WTL-2026-018"]), "负责人": self.name(),
            "日期": f"{number(1, 12)}月{number(1, 28)}日", "时间": self.one(["8:30–11:30", "13:30–17:00", "全天"]),
        }[head]

    def table(self) -> str:
        heads = self.random.sample(HEADS, self.random.randint(2, 10))
        rows = [[self.cell(head) for head in heads] for _ in range(self.one([3, 6, 12, 20]))]
        before = self.prose(self.one([60, 200, 600])) if self.random.random() < 0.7 else ""
        return before + "\n" + grid([heads, *rows]) + "\n" + self.prose(60)

    def week(self) -> str:
        heads = ["时段", "周一", "周二", "周三", "周四", "周五", "周六", "周日"]
        rows = [[hours] + [self.one(["厨余垃圾", "可回收物", "大件垃圾", "休息", "有害垃圾（预约）"]) for _ in heads[1:]]
                for hours in ["6:30–8:30", "11:00–13:00", "18:00–20:30"]]
        return grid([heads, *rows])

    def address(self) -> str:
        letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
        parts = ["".join(self.one(letters) for _ in range(self.random.randint(5, 26))) for _ in range(3)]
        return self.sentence() + "\n\n报名网址：https://www.wutongli.example/" + "/".join(parts) + "?id=7&from=poster\n"

    def items(self, is_nested: bool) -> str:
        text = ""
        for at in range(self.random.randint(3, 12)):
            verb = "**" + self.one(["揭开水箱", "停用五分钟", "看马桶里", "关阀门", "打电话报修"]) + "**，"
            text += f"{at + 1}. " + (verb if self.random.random() < 0.6 else "") + self.sentence() + "\n"
            if is_nested and self.random.random() < 0.5:
                text += f"   - {self.sentence()}\n   - 晾干\n"
        return text

    def levels(self) -> str:
        return (f"一、总体要求\n\n{self.sentence()}\n\n（一）基本原则\n\n{self.sentence()}\n\n1. 属地管理\n\n"
                f"   {self.sentence()}\n\n二、工作任务\n\n{self.prose(200)}\n三、有关要求\n\n{self.sentence()}\n")

    def picture(self, at: int) -> tuple[str, str]:
        size = self.one([(2400, 300), (300, 2400), (1200, 1200), (1600, 1200), (640, 1136), (4000, 3000)])
        image = Image.new("RGB", size, tuple(self.random.randint(60, 220) for _ in range(3)))
        draw = ImageDraw.Draw(image)
        for _ in range(40):
            x, y = self.random.randint(0, size[0]), self.random.randint(0, size[1])
            r = self.random.randint(10, max(12, min(size) // 3))
            draw.ellipse([x - r, y - r, x + r, y + r], fill=tuple(self.random.randint(0, 255) for _ in range(3)))
        name = f"photos/p{at}.jpg"
        (self.folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        image.save(self.folder / "content" / name, quality=70)
        return f"/{name}", f"现场照片，{size[0]}比{size[1]}"

    def body(self, layout: str, kind: str) -> str:
        few = {"checklist": lambda: "".join(f"- [ ] {self.sentence()}\n" for _ in range(self.random.randint(3, 12))),
               "qa": lambda: "".join(f"## {question}\n\n{self.prose(60)}\n" for question in
                                     ["什么时候来收？", "旧电池还要单独放吗？", "装修垃圾堆在楼下，第二天物业清不清、找谁？"])}
        if layout in few and kind in ("prose", "list", "nested"):
            return few[layout]()
        return {
            "prose": lambda: self.prose(self.one([60, 120, 200, 300, 400, 500, 700, 900, 1200, 1500])),
            "table": self.table, "week": self.week, "names": self.names, "address": self.address,
            "mixed": lambda: "\n\n".join(self.random.sample(MIXED, 4)) + "\n",
            "signs": lambda: "\n\n".join(self.random.sample(SIGNS, 3)) + "\n",
            "rare": lambda: "\n\n".join(self.random.sample(RARE, 3)) + "\n",
            "talk": lambda: "\n\n".join(self.one(TALK) for _ in range(self.random.randint(3, 9))) + "\n",
            "levels": self.levels, "list": lambda: self.items(False), "nested": lambda: self.items(True),
            "picture": lambda: self.prose(120), "nothing": lambda: "",
        }[kind]()

    def front(self, layout: str) -> tuple[str, str]:
        """Front matter, and keys of `poster`, that a layout wants."""
        day = f"2026-12-{self.random.randint(1, 28):02d}"
        if layout == "formal" or layout == "notice" and self.random.random() < 0.4:
            posting = self.one(["7个工作日", "10天", "15个工作日", "30天"])
            return ("kind: 公示\nnumber: 梧社居〔2026〕12号\nobjections: 居民委员会 5550 0116，监督委员会 5550 0118\n",
                    f"  posting: {posting}\n")
        if layout == "notice" and self.random.random() < 0.5:
            return f"kind: {self.one(['通知', '提示'])}\nexpires: 2026-12-31\n", ""
        if layout in ("notice", "campaign"):
            time = self.one(["上午8:30", "13:30–16:00", "晚上7点到9点半，雨天顺延"])
            place = self.one(["2号楼前空地", "党群服务中心一楼多功能厅（东门进门左手第二间）"])
            return f"kind: 活动\nevent: {{ date: {day}, time: \"{time}\", place: {place} }}\n", ""
        if layout == "numbers":
            labels = self.random.sample(["修好漏水", "大件上门", "旧衣回收总重量", "参加人次"], self.random.randint(1, 4))
            lines = [f'  - {{ label: {label}, value: "{self.one(["137", "2,040", "99.6", "1,234,567"])}", '
                     f'unit: {self.one(["户", "公斤", "%", "人次"])}, before: "92", source: 登记本 }}\n' for label in labels]
            return "figures:\n" + "".join(lines), ""
        if layout == "plan":
            stages = [f"  - {{ title: {title}, due: 2026-{month:02d}-15, text: \"{self.sentence()}\" }}\n"
                      for month, title in zip(range(6, 12), ["制定方案", "组织实施", "自查申请", "检查验收", "总结表彰"])]
            return "from: 2026-05-06\nto: 2026-12-30\nstages:\n" + "".join(stages), ""
        if layout == "sorting":
            four = "[五号电池, 大骨头, 用过的纸巾, 牛奶盒, 旧衣服, 过期药品, 茶叶渣, 外卖餐盒, 碎玻璃, 菜叶, 猫砂]"
            return self.one([f"items: {four}\n", "bin: 厨余垃圾\nitems: [菜叶, 茶叶渣, 蛋壳, 剩饭]\n"]), ""
        return "", ""

    def page(self, at: int) -> None:
        layout = LAYOUTS[at % len(LAYOUTS)]
        kind = KINDS[(at * 7 + at // len(KINDS)) % len(KINDS)]
        title = self.title(self.one([4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40, 45]))
        month = "10" if layout == "month" else "11"
        topic = self.one("sorting water energy trees air pests travel neighbours".split())
        front, poster = self.front(layout)
        front = f'title: "{title}"\ndate: 2026-{month}-{self.random.randint(1, 28):02d}\ntopics: [{topic}]\n' + front
        if kind == "picture" or self.random.random() < 0.3:
            path, alt = self.picture(at)
            front += f"picture: {path}\npicture_alt: {alt}\n"
        if self.random.random() < 0.6:
            lead = self.one(["五分钟见分晓", "12月1日起执行，错过要等明年", "不进楼、不飞线、不堵通道，三件事人人做到",
                             "请于11月30日17:00前到居委会205室登记"])
            poster += f"  lead: {lead}\n"
        text = f"---\n{front}poster:\n  layout: {layout}\n{poster}---\n{self.body(layout, kind)}"
        path = self.folder / "content" / "hard" / f"{at:03d}{layout}{kind}.md"
        path.write_text(text, encoding="utf-8")


def grid(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"


def main() -> None:
    folder, count, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    (folder / "content" / "hard").mkdir(parents=True, exist_ok=True)
    (folder / "greenboard.yaml").write_text(
        "format: 1\ntitle: 梧桐里绿板\norganisation: 梧桐里社区居民委员会\nbase_url: https://wutongli.example/\n"
        "contact:\n  phone: 5550 0116\n  address: 梧桐路18号党群服务中心\n  hours: 工作日8:30–11:30，14:00–17:30\n",
        encoding="utf-8")
    (folder / "content" / "_index.md").write_text("---\ntitle: 绿板\n---\n", encoding="utf-8")
    (folder / "content" / "hard" / "_index.md").write_text("---\ntitle: 难题\n---\n", encoding="utf-8")
    (folder / "content" / "sorting").mkdir(exist_ok=True)
    (folder / "content" / "sorting" / "_index.md").write_text("---\ntitle: 分类\n---\n", encoding="utf-8")
    (folder / "content" / "sorting" / "items.yaml").write_text("".join(
        f"- {{ name: {name}, bin: {bin_}{', do: ' + do if do else ''} }}\n" for name, bin_, do in ITEMS), encoding="utf-8")
    writer = Writer(folder, seed)
    for at in range(count):
        writer.page(at)
    (folder / "names.txt").write_text("\n".join(sorted(writer.listed)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
