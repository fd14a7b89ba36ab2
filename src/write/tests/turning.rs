//! Output folders that get their next state while something goes wrong.

use std::collections::BTreeMap;

use super::*;

/// What a site holds when nothing is left over.
const CLEAR: &str = ".greenboard content print public lock manifest.json writing";

#[test]
fn website_and_prints_turn_together_whenever_a_build_is_cut_short() {
    let first = [("a.html", "1"), ("b.html", "1"), ("d", "1")];
    let second = [("a.html", "2"), ("d/x", "2")];
    let before = "public/a.html: 1\npublic/b.html: 1\npublic/d: 1\n";
    let after = "public/a.html: 2\npublic/d/\npublic/d/x: 2\n";
    let third = "public/a.html: 3\npublic/b.html: 1\n";
    let whole = |public: &str| format!("{public}{}", public.replace("public/", "print/"));
    for (moment, stands) in [
        (Moment::Begun, before),
        (Moment::Staged, before),
        (Moment::Turned, after),
        (Moment::Rescued, after),
        (Moment::Settled, after),
    ] {
        let site = Site::new();
        site.build_both(&first);
        site.cut_short(&second, moment);
        let now = site.listing("public") + &site.listing("print");
        assert_eq!(now, whole(stands), "{moment:?}");
        let healed = site.build_both(&[("a.html", "3"), ("b.html", "1")]);
        assert_eq!(healed, whole(third), "{moment:?}");
        assert_eq!(site.names(), CLEAR, "{moment:?}");
    }
}

#[test]
fn what_was_whole_when_a_build_was_cut_short_is_finished_without_another() {
    let site = Site::new();
    site.build_both(&[("a", "1")]);
    site.cut_short(&[("a", "2")], Moment::Staged);
    assert!(!heal(site.root()).diagnostics.has_errors());
    assert_snapshot!(site.listing("public") + &site.listing("print"), @"
    public/a: 2
    print/a: 2
    ");
    assert_eq!(site.names(), CLEAR);
}

#[test]
fn a_site_that_was_moved_or_copied_meanwhile_finishes_its_own_folders() {
    for moment in [Moment::Staged, Moment::Turned] {
        let site = Site::new();
        site.build_both(&[("a", "1")]);
        site.cut_short(&[("a", "2")], moment);
        let before = site.listing("public");
        let copy = Site::new();
        let copied = std::process::Command::new("cp")
            .args(["-a", "-T"])
            .args([site.root(), copy.root()])
            .status();
        assert!(copied.expect("cp runs").success());
        assert!(!heal(copy.root()).diagnostics.has_errors());
        // Nobody can tell which state is which in a copy; each is whole.
        assert_eq!(copy.listing("public"), before, "{moment:?}");
        assert_eq!(copy.names() + " writing", CLEAR, "{moment:?}");
        assert_eq!(site.listing("public"), before, "{moment:?}");
        let elsewhere = Site::new();
        fs::rename(site.root(), elsewhere.root().join("moved")).expect("moved");
        let moved = elsewhere.root().join("moved");
        assert!(!heal(&moved).diagnostics.has_errors());
        let now = fs::read_to_string(moved.join("public/a")).expect("it is there");
        assert_eq!(now, "2", "{moment:?}");
        assert!(!moved.join(".public.greenboard-new").exists(), "{moment:?}");
    }
}

#[test]
fn what_is_saved_in_a_folder_that_has_turned_stays_there() {
    let site = Site::new();
    site.build_both(&[("a", "1")]);
    site.cut_short(&[("a", "2")], Moment::Turned);
    fs::write(site.root().join("public/mine"), "mine").expect("written");
    assert!(!heal(site.root()).diagnostics.has_errors());
    assert_snapshot!(site.listing("public"), @"
    public/a: 2
    public/mine: mine
    ");
}

#[test]
fn a_month_cut_short_stays_ours_while_another_is_built() {
    let site = Site::new();
    site.build(&[("2026-11/a", "1")]);
    site.cut_short(&[("2026-11/a", "2")], Moment::Turned);
    let december = Scope::Below(BTreeSet::from(["2026-12".to_owned()]));
    site.build_below(&[("2026-12/a", "1")], &december);
    assert_snapshot!(site.build(&[("2026-11/a", "3"), ("2026-12/a", "1")]), @"
    +1 =1 -0
    public/2026-11/
    public/2026-11/a: 3
    public/2026-12/
    public/2026-12/a: 1
    ");
}

#[test]
fn where_one_folder_cannot_turn_the_other_turns_back() {
    let site = Site::new();
    site.build_both(&[("a", "1"), ("b", "1")]);
    let artifacts = both(&artifacts(&[("a", "2")]));
    let manifest = Manifest::read(site.root()).expect("readable");
    let mut diagnostics = Diagnostics::default();
    let parts = [public(), print()].map(|wanted| {
        let own = of(wanted.output, &artifacts);
        compare(site.root(), &wanted, &own, &manifest, &mut diagnostics).expect("readable")
    });
    let mut turn = Turn::begin(site.root(), &parts, BTreeMap::new(), &mut diagnostics)
        .expect("the disk is fine");
    turn.stage(site.root(), &parts).expect("the disk is fine");
    turn.lead_astray(1, &site.root().join("content/none/print"));
    let (error, state) = turn.carry_out().expect_err("there is no such folder");
    assert_eq!((error.code, state), (Code::CannotWrite, State::Kept));
    assert_snapshot!(site.listing("public") + &site.listing("print"), @"
    public/a: 1
    public/b: 1
    print/a: 1
    print/b: 1
    ");
}

#[test]
fn where_the_first_cannot_turn_back_it_is_said_and_the_next_run_finishes() {
    let site = Site::new();
    site.build_both(&[("a", "1"), ("b", "1")]);
    site.cut_short(&[("a", "2")], Moment::Staged);
    let turn = Turn::of(site.root());
    turn.carry_out_first().expect("the disk is fine");
    // G608.
    let said = turn.half_turned(&std::io::ErrorKind::PermissionDenied.into());
    assert_snapshot!(said.render(Language::English).message, @"stopped halfway (permission denied): `public` is the new one, `print` still the last one");
    assert!(!heal(site.root()).diagnostics.has_errors());
    assert_snapshot!(site.listing("public") + &site.listing("print"), @"
    public/a: 2
    print/a: 2
    ");
}

#[test]
fn what_others_do_while_a_state_is_made_is_kept() {
    let site = Site::new();
    site.build_both(&[("a", "1"), ("b", "1"), ("c/d", "1")]);
    site.cut_short(&[("a", "2"), ("b", "1")], Moment::Staged);
    // They save over a file that stays, one that changes and one that goes, and add two.
    for path in ["b", "a", "c/d", "new", "c/new"] {
        let path = format!("public/{path}");
        let saved = site.root().join(format!("{path}.saving"));
        fs::write(&saved, "mine").expect("written");
        fs::rename(saved, site.root().join(path)).expect("moved");
    }
    let healed = heal(site.root()).diagnostics;
    assert_snapshot!(site.said(&healed) + &site.listing("public") + &site.listing(".greenboard/kept"), @"
    G607 `public/a` was changed by hand; that version was moved to `.greenboard/kept/3fd30542-a` and a new one put here
    G607 `public/b` was changed by hand; that version was moved to `.greenboard/kept/3fd30542-b` and a new one put here
    public/a: 2
    public/b: 1
    public/c/
    public/c/d: mine
    public/c/new: mine
    public/new: mine
    .greenboard/kept/3fd30542-a: mine
    .greenboard/kept/3fd30542-b: mine
    ");
}

#[test]
fn what_was_cut_short_and_lost_its_record_loses_nothing() {
    let site = Site::new();
    site.build(&[("a", "1")]);
    site.put(".public.greenboard-new/a", "1");
    site.put(".public.greenboard-new/mine", "mine");
    site.put(".public.greenboard-new/b", "2");
    let said = site.build(&[("a", "2"), ("b", "2")]);
    assert_snapshot!(said, @"
    +2 =0 -0
    G607 `public/a` was changed by hand; that version was moved to `.greenboard/kept/6b86b273-a` and a new one put here
    G607 `public/b` was changed by hand; that version was moved to `.greenboard/kept/d4735e3a-b` and a new one put here
    public/a: 2
    public/b: 2
    public/mine: mine
    ");
    assert_snapshot!(site.listing(".greenboard/kept"), @"
    .greenboard/kept/6b86b273-a: 1
    .greenboard/kept/d4735e3a-b: 2
    ");
}

#[test]
fn a_folder_that_cannot_be_moved_turns_piece_by_piece() {
    let site = Site::new();
    site.build(&[
        ("a/x", "1"),
        ("a/y", "1"),
        ("b", "1"),
        ("c", "1"),
        ("d/e", "1"),
    ]);
    site.put("public/a/mine", "mine");
    let (target, new) = (
        site.root().join("public"),
        artifacts(&[("a/x", "2"), ("a/y", "1"), ("b/z", "2"), ("c", "1")]),
    );
    let manifest = Manifest::read(site.root()).expect("readable");
    let mut diagnostics = Diagnostics::default();
    let own: Vec<&Artifact> = new.iter().collect();
    let part = compare(site.root(), &public(), &own, &manifest, &mut diagnostics);
    let parts = [part.expect("readable")];
    let stage = stage::Stage::new("public", &target);
    let before = site.time("public/c");
    let turn = Turn::begin(site.root(), &parts, BTreeMap::new(), &mut diagnostics);
    let mut turn = turn.expect("the disk is fine");
    let swaps = stage.fill_within(&parts[0].changes);
    let swaps = swaps.expect("the disk is fine");
    turn.take_on(swaps);
    turn.carry_out().expect("the disk is fine");
    turn.settle(site.root(), &mut diagnostics)
        .expect("the disk is fine");
    turn.clear(site.root()).expect("the disk is fine");
    assert_snapshot!(site.listing("public"), @"
    public/a/
    public/a/mine: mine
    public/a/x: 2
    public/a/y: 1
    public/b/
    public/b/z: 2
    public/c: 1
    ");
    assert_eq!(site.time("public/c"), before);
}

#[test]
fn two_names_change_places_where_the_system_has_no_step_for_it() {
    let site = Site::new();
    site.put("new/a", "2");
    site.put("now/a", "1");
    let at = |name: &str| site.root().join(name);
    files::exchange_by_moves(&at("new"), &at("now"), &at("former")).expect("moved");
    assert_snapshot!(site.listing("now") + &site.listing("former"), @"
    now/a: 2
    former/a: 1
    ");
    files::exchange_by_moves(&at("none"), &at("now"), &at("other")).expect_err("there is none");
    assert_snapshot!(site.listing("now"), @"now/a: 2");
}

#[cfg(unix)]
#[test]
fn links_and_empty_folders_of_others_come_along_with_their_rights() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = Site::new();
    site.build(&[("a/x", "1")]);
    fs::create_dir(site.root().join("public/empty")).expect("made");
    symlink("a/x", site.root().join("public/link")).expect("linked");
    let mode = |path: &str| {
        fs::metadata(site.root().join(path))
            .expect("there")
            .permissions()
            .mode()
            & 0o777
    };
    fs::set_permissions(
        site.root().join("public/a"),
        fs::Permissions::from_mode(0o555),
    )
    .expect("set");
    site.build(&[("a/x", "2"), ("b", "1")]);
    assert_eq!((mode("public/a"), mode("public/empty")), (0o555, 0o755));
    assert_eq!(
        fs::read_to_string(site.root().join("public/link")).expect("linked"),
        "2"
    );
    assert_eq!(
        site.names(),
        ".greenboard content public lock manifest.json writing"
    );
    fs::set_permissions(
        site.root().join("public/a"),
        fs::Permissions::from_mode(0o755),
    )
    .expect("set");
}
