//! Why a slot shows what it shows, as text.

use jiff::civil::Date;

use super::{Spoken, days, in_language};
use crate::rotation::Hanging;
use crate::rotation::explain::{Against, Because, Choice, Term, Why, points};

/// How many of the posters that were not chosen are named.
const OTHERS: usize = 8;

/// Tells why a slot shows what it shows in a period.
pub fn why(site: &Spoken, why: &Why) -> String {
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
    let mut told: Vec<(Option<Date>, String)> = Vec::new();
    for (hanging, because) in &why.fixed {
        let because = match because {
            Because::Ledger => say("台账里记着挂的是它", "the ledger says so"),
            Because::Published => say("定稿里是它", "it is published so"),
            Because::Pinned => say("改动里钉住的是它", "it is pinned there"),
            Because::Urgent => say("急，先挂它", "urgent"),
            Because::Lingers => say(
                "不然这几天格子空着",
                "the slot would be empty on these days",
            ),
            Because::Posting => say("公示期里非挂不可", "its posting period"),
            Because::Notice => say(
                "通知在有效期里一直挂着",
                "a notice hangs while it is current",
            ),
        };
        let mut line = format!(
            "  {}  {}{}{because}\n",
            days(hanging.from, hanging.to),
            name(site, &hanging.poster),
            say("：", ": ")
        );
        let of_it = |choice: &&Choice| is_of(choice, hanging);
        let choice = why.chosen.iter().find(of_it);
        line.extend(choice.map(|choice| reasons(site, choice)));
        told.push((Some(hanging.from), line));
    }
    let is_told = |choice: &&Choice| why.fixed.iter().any(|(hanging, _)| is_of(choice, hanging));
    for choice in why.chosen.iter().filter(|choice| !is_told(choice)) {
        let from = choice.hanging.as_ref().map(|it| it.from);
        told.push((from, chosen(site, choice)));
    }
    // As they follow each other on the board; what stays empty comes last.
    told.sort_by_key(|(from, _)| (from.is_none(), *from));
    text.extend(told.into_iter().map(|(_, line)| line));
    if why.fixed.is_empty() && why.chosen.is_empty() {
        text.push_str(say(
            "  这一期没有排：已经过去，或者不在排的日子里\n",
            "  not planned: past, or outside the planned days\n",
        ));
    }
    text
}

/// Tells whether the choice is what hangs there.
fn is_of(choice: &Choice, hanging: &Hanging) -> bool {
    let chosen = choice.hanging.as_ref();
    chosen.is_some_and(|it| {
        it.poster == hanging.poster && it.from <= hanging.to && hanging.from <= it.to
    })
}

fn chosen(site: &Spoken, choice: &Choice) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let head = match &choice.hanging {
        None => say(
            "  空着：放得下的都不能挂\n",
            "  empty: nothing that it takes may hang\n",
        )
        .to_owned(),
        Some(hanging) => format!(
            "  {}  {}\n",
            days(hanging.from, hanging.to),
            name(site, &hanging.poster)
        ),
    };
    head + &reasons(site, choice)
}

/// Tells what a choice gained and why others were not chosen.
fn reasons(site: &Spoken, choice: &Choice) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let mut text = String::new();
    if choice.hanging.is_some() {
        text.push_str(&format!(
            "    {}{}\n",
            say("得分：", "gained: "),
            sum(site, &choice.terms)
        ));
    }
    if let Some((campaign, days)) = choice.campaign {
        let all = choice.hanging.as_ref();
        let all = all.map_or(days, |it| (it.to - it.from).get_days() + 1);
        let share = match say("zh", "en") {
            _ if days == all => String::new(),
            "zh" => format!("（{all} 天里的 {days} 天）"),
            _ => format!(" on {days} of {all} days"),
        };
        text.push_str(&format!(
            "    {}{}{share}\n",
            say("正赶上集中宣传：", "pulled forward by "),
            name(site, &campaign.id)
        ));
    }
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
            Against::Repeats(near) => repeats(site, near.as_ref()),
            Against::Topic(None) => say(
                "这一期已经有一张同主题的",
                "another of its topic hangs in this period",
            )
            .to_owned(),
            Against::Topic(Some(hangs)) => format!(
                "{}{}",
                say("这一期同主题的挂着", "of its topic hangs "),
                name(site, hangs)
            ),
            Against::Days => say("日子不对", "not in its days").to_owned(),
            Against::Season => say("不当季", "out of its season").to_owned(),
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

/// Says to which other time on the board it is too near.
fn repeats(site: &Spoken, near: Option<&Hanging>) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    match near {
        None => say(
            "离它在这块栏上的另一次太近",
            "too near to another time on this board",
        )
        .to_owned(),
        Some(near) => format!(
            "{}{}{}",
            say("离它在这块栏上的那一次太近（", "too near to its time of "),
            days(near.from, near.to),
            say("）", "")
        ),
    }
}

/// Writes terms with their sum.
fn sum(site: &Spoken, terms: &[(Term, i64)]) -> String {
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

fn word(site: &Spoken, term: Term) -> &'static str {
    let (chinese, english) = match term {
        Term::Value => ("优先级", "priority"),
        Term::Campaign => ("集中宣传", "campaign"),
        Term::Season => ("季节", "season"),
        Term::Beside => ("挨着同主题的通知", "beside a notice of its topic"),
        Term::FirstShow => ("头一回挂", "first show"),
        Term::Topic => ("主题挂得多", "topic"),
        Term::Empty => ("不空着", "not empty"),
        Term::Printing => ("印刷", "printing"),
        Term::Coverage => ("要求挂到的栏", "coverage"),
        Term::Share => ("这一季主题挂得少", "rare topic this quarter"),
        Term::Keep => ("照原来的定稿", "kept"),
    };
    in_language(site, chinese, english)
}

fn name(site: &Spoken, poster: &str) -> String {
    let title = site.page(poster).map_or(poster, |page| &page.title);
    match in_language(site, "zh", "en") {
        "zh" => format!("《{title}》"),
        _ => format!("“{title}”"),
    }
}
