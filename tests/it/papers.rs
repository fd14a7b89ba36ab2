//! Reports, archives and handovers as the program writes them.

use insta::assert_snapshot;

use crate::test_site::TestSite;

const LEDGER: &str = "format: 1\nevents:\n- {v: 1, id: a, kind: hung, board: gate, slot: \"1\", \
    poster: living/tap, from: 2026-10-01, to: 2026-10-31, by: 陈立}\n";

fn site() -> TestSite {
    TestSite::minimal().write("ledger/2026-10.yaml", LEDGER)
}

#[test]
fn each_paper_has_a_folder_of_its_own_and_leaves_the_rest() {
    let site = site().write("archive/2026/请柬.docx", "别人的");
    for args in [
        &["report", "--month", "2026-10"][..],
        &["archive", "2026"],
        &["handover", "--to", "林晓"],
    ] {
        let run = site.run(args);
        assert_eq!(run.code, 0, "{}\n{}", run.stdout, run.stderr);
    }
    let files: Vec<String> = site.files("archive").into_keys().collect();
    assert_snapshot!(files.join("\n"), @"
    2026-10/report.docx
    2026-10/report.pdf
    2026/evidence.docx
    2026/evidence.pdf
    2026/evidence.xlsx
    2026/ledger/2026-10.yaml
    2026/manifest.txt
    2026/请柬.docx
    handover/handover.docx
    handover/handover.pdf
    ");
    let before = site.files("archive");
    let again = site.run(&["archive", "2026"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(before == site.files("archive"), "the same bytes again");
}

#[test]
fn what_is_asked_for_wrongly_is_said_in_chinese() {
    let site = site();
    let run = site.run(&["archive", "2024"]);
    assert_eq!(run.code, 1);
    assert_snapshot!(run.messages(), @"
    错误 G431：台账里没有 2024 年的记录，做不出迎检材料
      提示：台账里有这些年：2026
      提示：先把挂过的记上：greenboard post 2026-11 --by 姓名
    共 1 处错误。什么也没有写，原有的都还在。
    ");
    let run = site.run(&["report", "--month", "十一月"]);
    assert_eq!(run.code, 2);
    assert_snapshot!(run.messages(), @"
    用法错误：`--month <MONTH>` 不能是 `十一月`
      例如 2026-12
      看用法：greenboard --help
    ");
    let run = site.run(&["archive", "26"]);
    assert_eq!(run.code, 2);
    assert_snapshot!(run.messages(), @"
    用法错误：`[YEAR]` 不能是 `26`
      例如 2026
      看用法：greenboard --help
    ");
    let run = site.run(&["archive", "2026", "--out", "content"]);
    assert_eq!(run.code, 1);
    assert!(run.messages().contains("G601"), "{}", run.messages());
    assert_eq!(site.files("archive").len(), 0, "nothing was written");
}
