//! What a month asks for, as text.

use super::{Spoken, days, in_language};
use crate::rotation::{Brief, Short};

/// Shows which boards run short, and which days, campaigns and last days fall in the month.
pub fn brief(site: &Spoken, brief: &Brief) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let mut text = String::new();
    let mut part = |head: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("{head}\n"));
            lines
                .iter()
                .for_each(|line| text.push_str(&format!("  {line}\n")));
        }
    };
    part(
        say("新海报不够的", "Short of new posters"),
        brief.short.iter().map(|it| short(site, it)).collect(),
    );
    let known = brief.days.iter().map(|day| {
        let to_come = if day.tentative {
            say("（待通知，先按往年）", " (to be announced)")
        } else {
            ""
        };
        format!(
            "{}  {}{to_come}",
            days(day.span.first, day.span.last),
            day.title
        )
    });
    part(say("这个月的日子", "Days"), known.collect());
    let campaigns = brief.campaigns.iter().filter_map(|page| {
        let campaign = page.campaign.as_ref()?;
        Some(format!(
            "{}  {}",
            days(campaign.from, campaign.to),
            page.title
        ))
    });
    part(say("集中宣传", "Campaigns"), campaigns.collect());
    let ending = brief
        .ending
        .iter()
        .map(|(page, last)| format!("{}  {}", super::short(*last), page.title));
    part(say("挂到这一天为止", "Running out"), ending.collect());
    text
}

fn short(site: &Spoken, short: &Short) -> String {
    let name = |topic: &str| {
        let topics = &site.settings.topics;
        let known = topics.iter().find(|known| known.id == topic);
        known.map_or_else(|| topic.to_owned(), |known| known.title.clone())
    };
    let unseen: Vec<String> = (short.unseen.iter())
        .map(|(topic, n)| format!("{} {n}", name(topic)))
        .collect();
    let Short {
        board,
        n_hangings,
        n_fresh,
        n_empty,
        ..
    } = short;
    match in_language(site, "zh", "en") {
        "zh" => {
            let empty = match n_empty {
                0 => String::new(),
                n => format!("，空 {n} 格"),
            };
            let rest = match unseen.is_empty() {
                true => "没挂过的一张也没有了".to_owned(),
                false => format!("没挂过的还有：{}", unseen.join("、")),
            };
            let title = &board.title;
            format!("{title}  要挂 {n_hangings} 张，新的只有 {n_fresh} 张{empty}；{rest}")
        }
        _ => format!(
            "{}: {n_fresh} of {n_hangings} are new, {n_empty} empty; never shown: {}",
            board.title,
            unseen.join(", ")
        ),
    }
}
