//! Papers of tiny sites: files in, text out; then DOCX, XLSX and hashes read back.

mod offices;

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
        let sources = Sources {
            site: &built.value,
            engine: fresh(),
            plan: &plan,
            records: &records,
            shelf: &|path| self.0.read(path).ok(),
            cache: &Cache::default(),
            form,
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
fn every_gap_is_named() {
    assert_snapshot!(Files::new(OCTOBER).gaps(), @"
    公示期不足（1项）
    公示期不足的，按规定重新公示。
    序号 指标 缺什么
    1 1.1 《楼道粉刷费用》在东门宣传栏：公示期10月9日—16日，10月14日起没有挂，少3天

    整期没有台账（10项）
    当时确实挂过的，用 greenboard post 补记，例如 greenboard post 2026-06 --board east-gate；没有换的，如实写明。
    序号 指标 缺什么
    2 2.1 东门宣传栏：2026年1月没有台账
    3 2.1 东门宣传栏：2026年2月没有台账
    4 2.1 东门宣传栏：2026年3月没有台账
    5 2.1 东门宣传栏：2026年4月没有台账
    6 2.1 东门宣传栏：2026年5月没有台账
    7 2.1 东门宣传栏：2026年6月没有台账
    8 2.1 东门宣传栏：2026年7月没有台账
    9 2.1 东门宣传栏：2026年8月没有台账
    10 2.1 东门宣传栏：2026年9月没有台账
    11 2.1 东门宣传栏：2026年11月没有台账

    阶段没有证明（2项）
    在这个阶段写上 done 和 proof。
    序号 指标 缺什么
    12 1.1 创建绿色社区：“组织实施”10月19日完成，没有写证明
    13 1.1 创建绿色社区：“自查申请”应在10月31日前完成，没有完成也没有证明

    次数不够（1项）
    做过的，补上日期和证明；没做的，写明原因。
    序号 指标 缺什么
    14 3.1 河道巡查：10月1日—31日应做2次，做了1次

    没有照片（1项）
    还挂着的，现在补拍；已经取下的，写明没有照片。
    序号 指标 缺什么
    15 2.1 东门宣传栏：10月1日、10月9日挂的2张没有照片

    台账不全（1项）
    用更正行补上：greenboard post --correct。
    序号 指标 缺什么
    16 2.1 东门宣传栏：2026年10月版面1、2没有留下当时的文字

    数据没有依据（1项）
    在 figures 里补上 numerator、denominator、source。
    序号 指标 缺什么
    17 4.2 绿化覆盖率：31%，没有分子、分母和出处
    ");
}

#[test]
fn what_is_proved_is_no_gap() {
    let gaps = with_keepsakes(&photo()).gaps();
    assert!(!gaps.contains("照片"), "{gaps}");
    assert!(!gaps.contains("原文") && !gaps.contains("文字"), "{gaps}");
}

#[test]
fn a_photo_that_was_changed_or_is_gone_is_named() {
    let changed = with_keepsakes(b"no photo").gaps();
    assert!(changed.contains("内容和记账时的哈希不一样"), "{changed}");
    let line = "- {v: 1, id: a, kind: hung, board: gate, slot: \"1\", poster: living/leak, \
        from: 2026-10-01, to: 2026-10-31, by: 陈立, photos: [\"near:gone.jpg\"]}\n";
    let gone = Files::new(line).gaps();
    assert!(
        gone.contains("照片 ledger/photos/2026-10/gone.jpg：文件不在"),
        "{gone}"
    );
}

#[test]
fn the_index_comes_first_in_the_order_of_numbers() {
    let text = Files::new(OCTOBER).made(&Wanted::Archive(Some(2026))).text;
    let index = text
        .split("一、指标索引")
        .nth(1)
        .expect("there is an index");
    let index = index.split("\n指标 1.1\n").next().unwrap_or_default();
    assert_snapshot!(index.trim_start(), @"
    有台账的期数/应换 1/11，挂出（格次） 2，照片（张） 0，公示通知（件） 1，经常性工作（次） 1/4，缺项 17
    指标  有哪些材料                                                              缺项
    1.1   2篇内容（创建绿色社区、楼道粉刷费用）；3个阶段（组织实施、自查申请等）  缺3项
    1.2   1个阶段（制定方案）                                                     齐
    2.1   1块宣传栏（东门宣传栏）                                                 缺12项
    2.3   1篇内容（五分钟查马桶漏水）                                             齐
    3.1   1项经常性工作（河道巡查）                                               缺1项
    4.1   1项数据（满意率）                                                       齐
    4.2   1项数据（绿化覆盖率）                                                   缺1项
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

#[test]
fn what_was_planned_stands_beside_what_hung() {
    let missed = "- {v: 1, id: d, kind: missed, board: gate, slot: \"2\", poster: living/lamp, from: 2026-10-17, to: 2026-10-31, by: 陈立}\n";
    let planned = "format: 1\nhangings:\n- {board: gate, slot: \"1\", from: 2026-10-01, to: 2026-10-31, poster: living/lamp}\n";
    let files = Files::new(&format!("{OCTOBER}{missed}")).with("plan.lock.yaml", planned);
    let text = files.made(&Wanted::Archive(Some(2026))).text;
    let october = text
        .split("\n2026年10月\n")
        .nth(1)
        .expect("the period is there");
    let table: Vec<&str> = october.lines().take(4).collect();
    assert_snapshot!(table.join("\n"), @"
    版面  安排          挂出                        日期          更换人  照片
    1     楼道灯换声控  五分钟查马桶漏水            10月1日—31日  陈立    0
    2     楼道灯换声控  没有挂                      —             —       —
    2     楼道灯换声控  楼道粉刷费用；注：被风刮走  10月9日—13日  陈立    0
    ");
}

#[test]
fn the_manifest_lists_every_file_with_its_hash() {
    let made = with_keepsakes(&photo()).made(&Wanted::Archive(Some(2026)));
    let manifest = String::from_utf8(file(&made, "manifest.txt").to_vec()).expect("text");
    let listed: BTreeMap<&str, &str> = manifest
        .lines()
        .map(|line| line.split_once("  ").expect("hash and path"))
        .map(|(hash, path)| (path, hash))
        .collect();
    for artifact in &made.artifacts {
        let path = artifact
            .path
            .strip_prefix("2026/")
            .expect("in the year's folder");
        match path {
            "manifest.txt" => assert!(!listed.contains_key(path)),
            path => assert_eq!(
                listed[path],
                crate::digest::digest(artifact.bytes()),
                "{path}"
            ),
        }
    }
    assert_eq!(listed.len() + 1, made.artifacts.len());
    let originals = String::from_utf8(file(&made, "originals.txt").to_vec()).expect("text");
    let hash = crate::digest::digest(photo());
    assert_eq!(
        originals,
        format!("{hash}  ledger/photos/2026-10/{hash}.jpg\n")
    );
}

#[test]
fn what_the_diary_says_and_attaches_is_in_the_pack() {
    let day = "format: 1\nactivities:\n- {day: 2026-10-18, title: 旧物交换, sheet: s.pdf}\n";
    let files = with_keepsakes(&photo())
        .with("ledger/work/2026-10.yaml", day)
        .with("ledger/work/files/s.pdf", "%PDF-1.4");
    let made = files.made(&Wanted::Archive(Some(2026)));
    assert_eq!(file(&made, "ledger/work/2026-10.yaml"), day.as_bytes());
    assert_eq!(file(&made, "ledger/work/files/s.pdf"), b"%PDF-1.4");
    let originals = String::from_utf8(file(&made, "originals.txt").to_vec()).expect("text");
    assert!(
        originals.contains("  ledger/work/files/s.pdf\n"),
        "{originals}"
    );
}

#[test]
fn the_same_files_give_the_same_bytes() {
    for wanted in [
        Wanted::Archive(Some(2026)),
        october(),
        Wanted::Handover(None),
    ] {
        let once = with_keepsakes(&photo()).made(&wanted).artifacts;
        let again = with_keepsakes(&photo()).made(&wanted).artifacts;
        for (a, b) in once.iter().zip(&again) {
            assert!(
                (&a.path, a.bytes()) == (&b.path, b.bytes()),
                "{} differs",
                a.path
            );
        }
        assert_eq!(once.len(), again.len());
    }
}

#[test]
fn screen_readers_can_read_every_pdf() {
    for wanted in [
        Wanted::Archive(Some(2026)),
        october(),
        Wanted::Handover(None),
    ] {
        let made = with_keepsakes(&photo()).made(&wanted);
        let pdf = file(&made, ".pdf");
        let claims = pdf.windows(7).any(|bytes| bytes == b"pdfuaid");
        assert!(claims, "{wanted:?} is no PDF/UA");
    }
}

#[test]
fn a_year_without_ledger_is_refused_and_a_month_says_so() {
    let year = Files::new(OCTOBER).make(&Wanted::Archive(Some(2025)));
    assert!(year.value.is_none());
    assert_snapshot!(lines(year.diagnostics).trim(), @"error G431 台账里没有 2025 年的记录，做不出迎检材料 [台账里有这些年：2026; 先把挂过的记上：greenboard post 2026-11 --by 姓名]");
    let none = Files::new("").make(&Wanted::Archive(None));
    assert!(none.value.is_none());
    assert_snapshot!(lines(none.diagnostics).trim(), @"error G431 台账里没有 2026 年的记录，做不出迎检材料 [先把挂过的记上：greenboard post 2026-11 --by 姓名]");
    let month = Files::new(OCTOBER).make(&Wanted::Report(Period::parse("2026-09")));
    assert!(month.value.is_some());
    assert_snapshot!(lines(month.diagnostics).trim(), @"warning G432 台账里没有2026年9月的记录；月报照出，这个月按“没有台账”写 [挂过的先记上再出：greenboard post 2026-09 --by 姓名]");
}

#[test]
fn months_before_a_site_began_are_no_gap() {
    let settings = format!("{SETTINGS}rotation: {{ begins: 2026-10-01 }}\n");
    let gaps = Files::new(OCTOBER).with("greenboard.yaml", settings).gaps();
    assert!(
        !gaps.contains("2026年9月") && gaps.contains("2026年10月"),
        "{gaps}"
    );
    assert!(Files::new(OCTOBER).gaps().contains("2026年9月"));
}
