//! Why a slot shows what it shows, and why a poster hangs nowhere, as text.

use super::{in_language, short};
use crate::rotation::explain::{Against, Because, Choice, Reason, Term, Unhung, Why, points};
use crate::site::Site;

/// How many of the posters that were not chosen are named.
const OTHERS: usize = 8;

/// Tells why a slot shows what it shows in a period.
pub fn why(site: &Site, why: &Why) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let mut text = match say("zh", "en") {
        "zh" => format!(
            "{}第{}格，{}\n",
            why.board.title,
            why.slot.id,
            why.period.title()
        ),
        _ => format!(
            "{}, slot {}, {}\n",
            why.board.title, why.slot.id, why.period
        ),
    };
    if let Some(what) = &why.slot.fixed {
        text.push_str(&format!(
            "  {}{what}\n",
            say("这一格固定留给：", "kept for: ")
        ));
        return text;
    }
    for (hanging, because) in &why.fixed {
        let because = match because {
            Because::Ledger => say("台账里记着挂的是它", "the ledger says so"),
            Because::Published => say("定稿里是它", "it is published so"),
            Because::Posting => say("公示期里非挂不可", "its posting period"),
            Because::Notice => say(
                "通知在有效期里一直挂着",
                "a notice hangs while it is current",
            ),
        };
        text.push_str(&format!(
            "  {}–{}  {}{}{because}\n",
            short(hanging.from),
            short(hanging.to),
            name(site, &hanging.poster),
            say("：", ": ")
        ));
    }
    for choice in &why.chosen {
        text.push_str(&chosen(site, choice));
    }
    if why.fixed.is_empty() && why.chosen.is_empty() {
        text.push_str(say(
            "  这一期没有排：已经过去，或者不在排的日子里\n",
            "  not planned: past, or outside the planned days\n",
        ));
    }
    text
}

fn chosen(site: &Site, choice: &Choice) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let mut text = match &choice.hanging {
        None => say(
            "  空着：放得下的都不能挂\n",
            "  empty: nothing that it takes may hang\n",
        )
        .to_owned(),
        Some(hanging) => format!(
            "  {}–{}  {}\n    {}{}\n",
            short(hanging.from),
            short(hanging.to),
            name(site, &hanging.poster),
            say("得分：", "gained: "),
            sum(site, &choice.terms)
        ),
    };
    for other in choice.others.iter().take(OTHERS) {
        let against = match &other.against {
            Against::Points(0, _) => say("一样好", "as good").to_owned(),
            Against::Points(lacks, terms) => format!(
                "{} {}{}{}{}",
                say("少", "lacks"),
                points(*lacks),
                say(" 分（", " ("),
                sum(site, terms),
                say("）", ")")
            ),
            Against::Repeats => say(
                "离它在这块栏上的另一次太近",
                "too near to another time on this board",
            )
            .to_owned(),
            Against::Topic => say(
                "这一期已经有一张同主题的",
                "another of its topic hangs in this period",
            )
            .to_owned(),
            Against::Days => say("日子不对", "not in its days").to_owned(),
        };
        let name = name(site, &other.poster);
        text.push_str(&format!(
            "    {}{name}{}{against}\n",
            say("没选", "not "),
            say("：", ": ")
        ));
    }
    if choice.others.len() > OTHERS {
        let rest = choice.others.len() - OTHERS;
        text.push_str(&match say("zh", "en") {
            "zh" => format!("    还有 {rest} 张没选\n"),
            _ => format!("    and {rest} more\n"),
        });
    }
    text
}

/// Writes terms with their sum.
fn sum(site: &Site, terms: &[(Term, i64)]) -> String {
    let term = |(term, n): &(Term, i64)| {
        let sign = if *n > 0 { "+" } else { "" };
        format!("{} {sign}{}", word(site, *term), points(*n))
    };
    let terms: Vec<String> = terms.iter().map(term).collect();
    match terms.is_empty() {
        true => in_language(site, "不分上下", "no difference").to_owned(),
        false => terms.join(in_language(site, "，", ", ")),
    }
}

fn word(site: &Site, term: Term) -> &'static str {
    let (chinese, english) = match term {
        Term::Value => ("优先级", "priority"),
        Term::FirstShow => ("头一回挂", "first show"),
        Term::Topic => ("主题挂得多", "topic"),
        Term::Empty => ("不空着", "not empty"),
        Term::Printing => ("印刷", "printing"),
        Term::Coverage => ("要求挂到的栏", "coverage"),
        Term::Keep => ("照原来的定稿", "kept"),
    };
    in_language(site, chinese, english)
}

/// Lists the posters that hang nowhere.
pub fn unhung(site: &Site, unhung: &[Unhung]) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    if unhung.is_empty() {
        return String::new();
    }
    let mut text = format!("{}\n", say("排好的日子里一次也不挂的", "Hanging nowhere"));
    for it in unhung {
        let reason = match &it.reason {
            Reason::Draft => say("还是草稿", "a draft").to_owned(),
            Reason::NoSlot => say(
                "可以挂的栏里没有一格放得下",
                "no slot of its boards takes it",
            )
            .to_owned(),
            Reason::Days => say("日子已过，或者还没排到", "past, or not planned yet").to_owned(),
            Reason::NoStretch => {
                say("它的日子里没有空出来的一整期", "no free period in its days").to_owned()
            }
            Reason::Rules => say(
                "能挂的时候同主题的都已经挂着",
                "its topic hangs wherever it could",
            )
            .to_owned(),
            Reason::Taken => say(
                "放得下它的格子都有别的要挂，想让它先挂就把 priority 调高",
                "its slots are taken; a higher priority would help",
            )
            .to_owned(),
            Reason::Points { board, lacks } => match say("zh", "en") {
                "zh" => format!(
                    "别的更要紧：最接近的是{board}，还差 {} 分，priority 每高一级加 {} 分",
                    points(*lacks),
                    site.settings.rotation.weights.priority
                ),
                _ => format!("outranked: on {board} it lacks {} points", points(*lacks)),
            },
        };
        text.push_str(&format!("  {}{}{reason}\n", it.page.title, say("：", ": ")));
    }
    text
}

fn name(site: &Site, poster: &str) -> String {
    let title = site.page(poster).map_or(poster, |page| &page.title);
    match in_language(site, "zh", "en") {
        "zh" => format!("《{title}》"),
        _ => format!("“{title}”"),
    }
}
