//! Papers of tiny sites: files in, text out; then DOCX, XLSX and hashes read back.

mod gaps;
mod offices;
mod pack;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader, Xlsx};
use insta::assert_snapshot;

use super::*;
use crate::cache::Cache;
use crate::read::{Inputs, MemoryInputs, read};
use crate::rotation::{Hanging, Origin};
use crate::site::site;
use crate::typeset::testing::{fresh, lines};

const SETTINGS: &str = "format: 1\ntitle: 绿板\norganisation: 梧桐里社区居民委员会\n\
    description: 说明。\nlanguage: zh-CN\ntimezone: Asia/Shanghai\ntheme: fresh\n\
    print: { prices: { A3: 2 } }\n";
const GATE: &str = "---\ntitle: 东门宣传栏\nkind: board\nplace: 东门岗亭北侧\nkeeper: 陈立\n\
    size: 2400x1200mm\ndistance: 1\nindicator: 2.1\nslots:\n  \
    - { id: \"1\", at: [60, 80], size: A3 }\n  - { id: \"2\", at: [500, 80], size: A3 }\n---\n";
const PLAN: &str = "---\ntitle: 创建绿色社区\ndate: 2026-01-01\ntopics: [trees]\nfrom: 2026-01-01\n\
    to: 2026-12-31\nindicator: 1.1\nstages:\n  \
    - { title: 制定方案, due: 2026-10-10, done: 2026-10-09, proof: 会议纪要第3号, indicator: 1.2 }\n  \
    - { title: 组织实施, due: 2026-10-20, done: 2026-10-19 }\n  \
    - { title: 自查申请, due: 2026-10-31 }\n  - { title: 总结, due: 2026-12-30 }\nduties:\n  \
    - { title: 河道巡查, every: month, times: 2, who: 赵敏, from: 2026-10-01, indicator: 3.1, \
    done: [{ day: 2026-10-12, proof: 巡查记录第1页 }] }\nfigures:\n  \
    - { label: 满意率, value: 92%, numerator: 276, denominator: 300, target: 90%, source: 入户问卷, indicator: 4.1 }\n  \
    - { label: 绿化覆盖率, value: 31%, indicator: 4.2 }\n---\n";
const NOTICE: &str = "---\ntitle: 楼道粉刷费用\ndate: 2026-10-09\ntopics: [neighbours]\nkind: 公示\n\
    number: 梧社居〔2026〕12号\nobjections: 5550 0116\n\
    poster: { layout: notice, posting: 2026-10-09 to 2026-10-16, boards: [gate] }\nindicator: 1.1\n---\n\
    公示内容。\n";

/// The files of a site with one board, whose ledger has `events`.
pub(super) struct Files(MemoryInputs);

impl Files {
    pub(super) fn new(events: &str) -> Self {
        let guide = |title: &str, topic: &str| {
            format!(
                "---\ntitle: {title}\ndate: 2026-01-01\ntopics: [{topic}]\nindicator: 2.3\n\
                 poster: {{ layout: guide }}\n---\n1. **做**一件事。\n"
            )
        };
        let inputs = MemoryInputs::new(Date::constant(2026, 11, 25))
            .with("greenboard.yaml", SETTINGS)
            .with("content/_index.md", "---\ntitle: 绿板\n---\n")
            .with("content/boards/_index.md", "---\ntitle: 宣传栏\n---\n")
            .with("content/boards/gate.md", GATE)
            .with("content/campaigns/_index.md", "---\ntitle: 集中宣传\n---\n")
            .with("content/campaigns/green.md", PLAN)
            .with("content/living/_index.md", "---\ntitle: 指南\n---\n")
            .with("content/living/leak.md", guide("五分钟查马桶漏水", "water"))
            .with("content/living/lamp.md", guide("楼道灯换声控", "energy"))
            .with("content/notices/_index.md", "---\ntitle: 通知\n---\n")
            .with("content/notices/paint.md", NOTICE);
        Self(match events {
            "" => inputs,
            events => inputs.with(
                "ledger/2026-10.yaml",
                format!("format: 1\nevents:\n{events}"),
            ),
        })
    }

    pub(super) fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        Self(self.0.with(path, content))
    }

    /// Makes the paper, with a plan of what the ledger says.
    fn make(&self, wanted: &Wanted) -> Warned<Option<Made>> {
        self.make_into(wanted, None)
    }

    /// Makes the paper, and fills a form.
    pub(super) fn make_into(&self, wanted: &Wanted, form: Option<&Form>) -> Warned<Option<Made>> {
        let tree = read(&self.0);
        assert!(tree.diagnostics.is_empty(), "{}", lines(tree.diagnostics));
        let tree = tree.value.expect("the settings are right");
        let built = site(&tree);
        let said = lines(built.diagnostics);
        assert!(!said.contains("error"), "{said}");
        let records = Records::read(&tree, &built.value);
        assert!(
            records.diagnostics.is_empty(),
            "{}",
            lines(records.diagnostics)
        );
        let records = records.value;
        let hung = ledger::hangings(&records.ledger, &mut Diagnostics::default());
        let plan = Plan {
            hangings: hung
                .into_iter()
                .map(|hung| Hanging {
                    board: hung.board,
                    slot: hung.slot,
                    from: hung.from,
                    to: hung.to,
                    poster: hung.poster,
                    origin: Origin::Ledger,
                })
                .collect(),
            ..Plan::default()
        };
        let forms: Vec<Form> = form.cloned().into_iter().collect();
        let sources = Sources {
            site: &built.value,
            engine: fresh(),
            plan: &plan,
            records: &records,
            shelf: &|path| self.0.read(path).ok(),
            cache: &Cache::default(),
            forms: &forms,
        };
        make(&sources, wanted)
    }

    fn made(&self, wanted: &Wanted) -> Made {
        let made = self.make(wanted);
        assert!(made.diagnostics.is_empty(), "{}", lines(made.diagnostics));
        made.value.expect("there is something to make it of")
    }

    /// Returns the lines of the year's paper that stand in the table of gaps.
    fn gaps(&self) -> String {
        let text = self.made(&Wanted::Archive(Some(2026))).text;
        let part = text
            .split("\n六、缺项\n")
            .nth(1)
            .expect("there is such a part");
        let part = part.split("\n七、").next().unwrap_or_default();
        part.lines()
            .skip(2)
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n")
            .collect()
    }
}

pub(super) const OCTOBER: &str = "\
    - {v: 1, id: a, kind: hung, board: gate, slot: \"1\", poster: living/leak, from: 2026-10-01, to: 2026-10-31, by: 陈立}\n\
    - {v: 1, id: b, kind: hung, board: gate, slot: \"2\", poster: notices/paint, from: 2026-10-09, to: 2026-10-16, by: 陈立}\n\
    - {v: 1, id: c, kind: removed, of: b, to: 2026-10-13, by: 陈立, note: 被风刮走}\n";

pub(super) fn october() -> Wanted {
    Wanted::Report(Period::parse("2026-10"))
}

/// A photo of 8 by 6 pixels.
fn photo() -> Vec<u8> {
    let mut file = Vec::new();
    let picture =
        image::RgbImage::from_fn(8, 6, |x, y| image::Rgb([30 * x as u8, 40 * y as u8, 90]));
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 90);
    picture
        .write_with_encoder(encoder)
        .expect("memory takes it");
    file
}

/// A site with one photo and one text in the ledger, both named by their hashes.
fn with_keepsakes(photo_bytes: &[u8]) -> Files {
    let text = "---\ntitle: 五分钟查马桶漏水\n---\n滴一滴色素。\n";
    let (photo_hash, text_hash) = (
        crate::digest::digest(photo()),
        crate::digest::digest(text.as_bytes()),
    );
    let line = format!(
        "- {{v: 1, id: a, kind: hung, board: gate, slot: \"1\", poster: living/leak, from: 2026-10-01, \
         to: 2026-10-31, by: 陈立, text: {text_hash}, photos: [\"far:{photo_hash}.jpg\"]}}\n"
    );
    Files::new(&line)
        .with(
            &format!("ledger/photos/2026-10/{photo_hash}.jpg"),
            photo_bytes,
        )
        .with(&format!("ledger/texts/{text_hash}.md"), text)
}

/// Returns the text of a file in a package.
fn part(package: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut text = String::new();
    let mut file = archive.by_name(path).expect("the part is there");
    file.read_to_string(&mut text).expect("it is text");
    text
}

fn file<'m>(made: &'m Made, name: &str) -> &'m [u8] {
    let found = made
        .artifacts
        .iter()
        .find(|artifact| artifact.path.ends_with(name));
    let found = found.unwrap_or_else(|| panic!("no {name}"));
    found.content.held_bytes().expect("it was made")
}

#[test]
fn a_month_comes_to_a_brief() {
    assert_snapshot!(Files::new(OCTOBER).made(&october()).text, @"
    2026年10月环境宣传工作月报
    梧桐里社区居民委员会
    时间：2026年10月1日—2026年10月31日
    新挂出（格） 2，公示通知（件） 1，经常性工作（次） 1/2，活动（场） 0，新印（张） 2，照片（张） 0，缺项 7


    一、宣传栏
    宣传栏      新挂  续挂  内容                            更换人  照片
    东门宣传栏  2     0     五分钟查马桶漏水；楼道粉刷费用  陈立    0
    新挂的按主题（格次）：节水护水1，邻里与循环1。


    二、公示和通知
    标题                  文号                公示期        张贴                     足期
    公示《楼道粉刷费用》  梧社居〔2026〕12号  10月9日—16日  东门宣传栏 10月9日—13日  不足


    三、本月挂出的通知（各种文种）
    文种  标题          挂出     宣传栏
    公示  楼道粉刷费用  10月9日  东门宣传栏


    四、集中宣传和工作阶段
    指标  阶段      期限      负责人  完成      证明
    1.2   制定方案  10月10日  —       10月9日   会议纪要第3号
          组织实施  10月20日  —       10月19日  没有证明
          自查申请  10月31日  —       没有完成  没有证明


    五、经常性工作
    指标  工作      要求     负责人  完成情况                             最近一次和证明
    3.1   河道巡查  每月2次  赵敏    应做2次，做了1次；10月1日—31日少1次  10月12日，巡查记录第1页


    六、数据
    指标  数据        结果  分子/分母  要求  出处
    4.1   满意率      92%   276/300    90%   入户问卷
    4.2   绿化覆盖率  31%   没有       —     没有出处


    七、印制
    尺寸  宣传品  张数  费用
    A3    2种     2张   4元
    张数按台账推算，同一张移来移去只算一次；价格按 greenboard.yaml。


    八、缺项
    缺 《楼道粉刷费用》在东门宣传栏：公示期10月9日—16日，10月14日起没有挂，少3天
    缺 创建绿色社区：“组织实施”10月19日完成，没有写证明
    缺 创建绿色社区：“自查申请”应在10月31日前完成，没有完成也没有证明
    缺 河道巡查：10月1日—31日应做2次，做了1次
    缺 东门宣传栏：10月1日、10月9日挂的2张没有照片
    缺 东门宣传栏：2026年10月版面1、2没有留下当时的文字
    缺 绿化覆盖率：31%，没有分子、分母和出处


    九、下月安排
    日期     事项
    11月1日  更换：东门宣传栏

    填报人：________　审核人：________
    ");
}

#[test]
fn a_handover_says_what_hangs_and_what_must_not_come_down() {
    let files = Files::new(
        "- {v: 1, id: a, kind: hung, board: gate, slot: \"1\", poster: living/leak, from: 2026-11-01, to: 2026-11-30, by: 陈立}\n\
         - {v: 1, id: b, kind: hung, board: gate, slot: \"2\", poster: living/lamp, from: 2026-10-01, to: 2026-10-31, by: 陈立}\n",
    );
    let files = files.with(
        "content/notices/paint.md",
        NOTICE
            .replace("2026-10-09", "2026-11-20")
            .replace("2026-10-16", "2026-11-30"),
    );
    let text = files.made(&Wanted::Handover(Some("林晓".to_owned()))).text;
    assert_snapshot!(text, @"
    宣传栏工作交接单
    梧桐里社区居民委员会
    日期：2026年11月25日
    接手人：林晓
    移交人：____________


    一、宣传栏
    宣传栏      在哪里        版面    管理人  多久换  下次更换
    东门宣传栏  东门岗亭北侧  A3 2格  陈立    每月    12月1日（周二）


    二、人和店
    名称  做什么          电话
    陈立  管理东门宣传栏
    打印店、安装店没有登记（greenboard.yaml 的 shops）：店名________　电话________


    三、现在挂着什么
    宣传栏      版面  内容              挂上     挂到              谁挂的
    东门宣传栏  1     五分钟查马桶漏水  11月1日  11月30日          陈立
    东门宣传栏  2     楼道灯换声控      10月1日  10月31日，该换了  陈立


    四、还没到期的公示和通知
    标题                  文号                公示期         取下
    公示《楼道粉刷费用》  梧社居〔2026〕12号  11月20日—30日  12月1日之前不能取


    五、接下来
    日期           事项
    11月20日—30日  公示：楼道粉刷费用
    12月1日        更换：东门宣传栏
    12月5日        国际志愿者日
    12月30日       创建绿色社区：总结截止
    经常性工作：河道巡查每月2次（赵敏）。


    六、东西在哪里
    文件             是什么
    网站文件夹       在哪台电脑的哪个盘：________________
    content          所有内容：通知、做法、集中宣传、宣传栏（一块一个文件）
    greenboard.yaml  网站名、联系方式、价格、人员、打印店
    plan.lock.yaml   定稿的更换安排；只用 greenboard plan --publish 改
    ledger           台账、照片原件、当时的文字；只加不改，每月备份
    print            要打印的；greenboard build 重新生成
    archive          迎检材料；greenboard archive 重新生成


    七、账号和钥匙（手填，不写密码）
    名称                   写明                    手填
    这台电脑的开机账号     谁知道密码
    网站空间、域名         登录名在哪里，哪天到期
    微信公众号、居民群     管理员是谁，何时转
    电子屏后台             登录名、软件在哪台电脑
    打印店的月结账户       联系人，欠款到哪天
    宣传栏钥匙、橱窗钥匙   几把，在谁手里
    备份用的U盘、移动硬盘  放在哪里，最近一次备份

    移交人：________　接手人：________　监交人：________
    ");
}
