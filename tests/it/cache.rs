//! What was dear to make is made once: by which runs, and that nothing wrong comes of it whatever
//! happens to what was kept.

use std::collections::BTreeMap;

use crate::photos::site;
use crate::test_site::{TestSite, program};

const CACHE: &str = ".greenboard/cache";

/// Returns website and prints.
fn outputs(site: &TestSite) -> [BTreeMap<String, Vec<u8>>; 2] {
    ["public", "print"].map(|folder| site.files(folder))
}

#[test]
fn what_an_earlier_run_made_is_not_made_again() {
    let site = site();
    site.build();
    let (cache, out) = (site.files(CACHE), outputs(&site));
    assert!(cache.len() > 20, "{} entries", cache.len());
    site.build_anew();
    assert!(cache == site.files(CACHE) && out == outputs(&site));
    // A day later most is as it was; what shows the day is made anew.
    let run = site.run(&["build", "--today", "2026-11-11"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let new = site.files(CACHE).len() - cache.len();
    assert!(new < 4, "{new} new entries");
    // A check sets no sheet that a build has set; it looks at whole photos, which that need not.
    assert_eq!(site.run(&["check", "--today", "2026-11-11"]).code, 0);
    let new = site.files(CACHE).len() - cache.len();
    assert!(new < 6, "{new} new entries");
    site.edit("content/living/door.md", "看门。", "看好门。");
    site.build();
    let new = site.files(CACHE).len() - cache.len() - new;
    assert!(new < 6, "{new} entries for a word");
}

#[test]
fn whatever_happens_to_what_was_kept_the_right_bytes_come_out() {
    let site = site();
    site.build();
    let out = outputs(&site);
    let paths = || -> Vec<String> {
        let names = site.files(CACHE).into_keys();
        names.map(|name| format!("{CACHE}/{name}")).collect()
    };
    let all = paths();
    for (number, path) in all.iter().enumerate() {
        let mut entry = std::fs::read(site.root().join(path)).expect("it is there");
        let half = entry.len() / 2;
        match number % 6 {
            0 => entry.truncate(half),
            1 => entry[half] ^= 1,
            2 => entry[0] ^= 1,
            3 => entry.clear(),
            // That of another key.
            4 => entry = std::fs::read(site.root().join(&all[0])).expect("it is there"),
            _ => {
                site.remove(path);
                continue;
            }
        }
        site.put(path, entry);
    }
    site.build_anew();
    assert!(out == outputs(&site));
    assert_eq!(paths(), all);
    std::fs::remove_dir_all(site.root().join(CACHE)).expect("it may be deleted");
    site.build_anew();
    assert!(out == outputs(&site));
    // Where nothing can be kept, it takes longer and gives the same.
    std::fs::remove_dir_all(site.root().join(CACHE)).expect("it may be deleted");
    site.put(CACHE, "in the way");
    site.build_anew();
    assert!(out == outputs(&site));
}

#[test]
fn two_builds_at_once_share_what_they_make() {
    let (site, alone) = (site(), site());
    alone.build();
    let run = || {
        let mut command = program(site.root());
        command.args(["build", "--today", "2026-11-10"]);
        command.stdout(std::process::Stdio::null());
        command.stderr(std::process::Stdio::null());
        command.spawn().expect("the program runs")
    };
    for mut run in [run(), run()] {
        assert!(run.wait().expect("it ends").success());
    }
    assert!(outputs(&site) == outputs(&alone));
    let names = |site: &TestSite| site.files(CACHE).into_keys().collect::<Vec<_>>();
    assert_eq!(names(&site), names(&alone));
}
