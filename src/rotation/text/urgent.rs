//! An urgent notice in words: who hangs what where, and what to send and to show.

use super::{Spoken, in_language, short};
use crate::rotation::{Hanging, Plan};
use crate::site::Page;

/// The words of an urgent notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urgent {
    /// Who hangs it where, what comes down for it and when that is back.
    pub who: String,
    /// For the residents' group.
    pub group: String,
    /// One line for strips and screens.
    pub led: String,
}

/// Puts an urgent notice into words: the page `id`, as the plan hangs it from today on.
pub fn urgent(site: &Spoken, plan: &Plan, id: &str) -> Urgent {
    let Some(page) = site.page(id) else {
        return Urgent {
            who: String::new(),
            group: String::new(),
            led: String::new(),
        };
    };
    let hangs = |it: &&Hanging| it.poster == id && site.today <= it.to;
    let mut hangings: Vec<&Hanging> = plan.hangings.iter().filter(hangs).collect();
    hangings.sort_by_key(|it| {
        let board = site.board(&it.board);
        (it.from, board.map(|board| (board.order, board.id.clone())))
    });
    let lines = hangings.iter().map(|it| line(site, plan, it));
    let who: String = lines.collect();
    let nowhere = in_language(
        site,
        "没有一块宣传栏挂它，原因见上面的提示\n",
        "No board takes it; see above for the reason\n",
    );
    Urgent {
        who: if who.is_empty() {
            nowhere.to_owned()
        } else {
            who
        },
        group: group(site, page),
        led: led(site, page),
    }
}

/// Says where it hangs, who hangs it, and what comes down for it.
fn line(site: &Spoken, plan: &Plan, hanging: &Hanging) -> String {
    let say = |chinese, english| in_language(site, chinese, english);
    let board = site.board(&hanging.board);
    let title = board.map_or(hanging.board.as_str(), |board| &board.title);
    let keeper = board.and_then(|board| board.keeper.as_deref());
    let same = |it: &&Hanging| it.board == hanging.board && it.slot == hanging.slot;
    let mut slot = plan.hangings.iter().filter(same);
    let gone = slot
        .clone()
        .find(|it| it.to.tomorrow().ok() == Some(hanging.from));
    let back = slot.find(|it| hanging.to.tomorrow().ok() == Some(it.from));
    let name = |it: &Hanging| {
        site.page(&it.poster)
            .map_or(it.poster.clone(), |it| it.title.clone())
    };
    let mut text = match say("zh", "en") {
        "zh" => format!(
            "{title}第{}格，{}–{}",
            hanging.slot,
            short(hanging.from),
            short(hanging.to)
        ),
        _ => format!(
            "{title}, slot {}, {}–{}",
            hanging.slot,
            short(hanging.from),
            short(hanging.to)
        ),
    };
    if let Some(keeper) = keeper {
        text.push_str(&format!("{}{keeper}", say("，", ", ")));
    }
    if let Some(gone) = gone {
        text.push_str(&format!(
            "{}{}{}",
            say("，先取下《", ", instead of “"),
            name(gone),
            say("》", "”")
        ));
    }
    if let (Some(gone), Some(back)) = (gone, back) {
        let on = short(back.from);
        let same = gone.poster == back.poster;
        text.push_str(&match (say("zh", "en"), same) {
            ("zh", true) => format!("，{on} 挂回去"),
            ("zh", false) => format!("，{on} 换《{}》", name(back)),
            (_, true) => format!(", which is back on {on}"),
            (_, false) => format!(", then “{}” on {on}", name(back)),
        });
    }
    text.push('\n');
    text
}

fn group(site: &Spoken, page: &Page) -> String {
    let lead = page.poster.as_ref().and_then(|wish| wish.lead.clone());
    let link = site.settings.base_url.as_ref();
    let link = link.map(|base| format!("{base}q/{}/", page.short_id));
    let phone = &site.settings.contact.phone;
    let said = in_language(site, "社区电话 ", "Telephone ");
    let parts = [
        Some(format!("【{}】{}", site.settings.organisation, page.title)),
        lead,
        Some(page.summary.clone()),
        phone.as_ref().map(|phone| format!("{said}{phone}")),
        link,
    ];
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.map(|part| format!("{part}\n")).collect()
}

fn led(site: &Spoken, page: &Page) -> String {
    let lead = page.poster.as_ref().and_then(|wish| wish.lead.clone());
    let parts = [
        Some(page.title.clone()),
        lead,
        Some(site.settings.organisation.clone()),
    ];
    format!(
        "{}\n",
        parts.into_iter().flatten().collect::<Vec<_>>().join("　")
    )
}
