//! `/_boards/` of the preview: this month's and the next month's boards as they will hang, to scale,
//! each state of a board a drawing. Part of no website.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::{Cadence, Period};
use crate::poster::Posters;
use crate::render::links;
use crate::render::web::facts::website::Facts;
use crate::render::web::html::escape;
use crate::rotation::Hanging;
use crate::site::{Area, Board};

/// The folder of these pages below the root.
const FOLDER: &str = "_boards/";
/// How it looks. The board is drawn in millimetres.
const STYLE: &str = "body{margin:0 auto;padding:1.5rem;max-width:75rem;font:1rem/1.6 system-ui,sans-serif;\
color:#1d2b26;background:#f4f1ea}h1{font-size:1.75rem;margin:.5rem 0}h2{font-size:1.25rem;margin:2.5rem 0 .25rem}\
h3{font-size:1rem;font-weight:600;margin:1rem 0 .5rem}svg{display:block;width:100%;max-height:80vh;\
background:#dfe9e2;border:1px solid #b9c9bf}nav a{margin-right:1rem}a{color:#0b5a41}\
text{font-family:system-ui,sans-serif;fill:#51635a}rect{fill:#fff;stroke:#b9c9bf;stroke-width:2}\
@media(prefers-color-scheme:dark){body{color:#e4ece7;background:#16201c}a{color:#8fd6b6}svg{background:#223029}}";

/// Returns what stands at `path`; `None` where that is none of these pages.
pub(in crate::render::web) fn find(
    path: &str,
    facts: &Facts,
    posters: &Posters,
) -> Option<Arc<[u8]>> {
    let rest = path.strip_prefix(FOLDER)?;
    if let Some(hash) = rest.strip_suffix(".png") {
        let poster = posters.0.values().find(|poster| poster.hash == hash)?;
        return Some(poster.preview.clone());
    }
    let now = Period::containing(Cadence::Month, facts.today());
    let months = [now, now.next()];
    let month = match rest.strip_suffix("index.html")?.trim_end_matches('/') {
        "" => now,
        named => *months.iter().find(|month| month.to_string() == named)?,
    };
    Some(page(month, &months, facts, posters).into_bytes().into())
}

/// Draws all boards in `month`; `months` are those that there are pages of.
fn page(month: Period, months: &[Period], facts: &Facts, posters: &Posters) -> String {
    let words = &facts.words;
    let year = facts.today().year();
    let named = words.period(month, year);
    let title = escape(&words.fill("hung_title", &[("month", &named)]));
    let language = escape(&facts.site.settings.language);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body><nav>"
    );
    for other in months {
        let name = escape(&words.period(*other, year));
        let _ = write!(html, "<a href=\"/{FOLDER}{other}/\">{name}</a>");
    }
    let _ = write!(
        html,
        "<a href=\"/\">{}</a></nav><h1>{title}</h1>",
        words.get("home")
    );
    for board in &facts.site.boards {
        let _ = write!(html, "<h2>{}</h2>", escape(&board.title));
        for (first, last) in states(board, month, facts) {
            let _ = write!(html, "<h3>{}</h3>", escape(&words.span(first, last, year)));
            drawing(
                &mut html,
                board,
                &facts.plan.on(board, first),
                facts,
                posters,
            );
        }
    }
    html.push_str("</body></html>\n");
    html
}

/// Returns the days of `month` from one change of the board to the next.
fn states(board: &Board, month: Period, facts: &Facts) -> Vec<(Date, Date)> {
    let hangings = facts.plan.hangings.iter().filter(|it| it.board == board.id);
    let changes = hangings.flat_map(|it| [Some(it.from), it.to.checked_add(1.day()).ok()]);
    let is_within = |day: &Date| month.first() < *day && *day <= month.last();
    let starts: BTreeSet<Date> = changes.flatten().filter(is_within).collect();
    let starts: Vec<Date> = [month.first()].into_iter().chain(starts).collect();
    let ends = starts[1..]
        .iter()
        .filter_map(|start| start.checked_sub(1.day()).ok());
    let ends: Vec<Date> = ends.chain([month.last()]).collect();
    starts.into_iter().zip(ends).collect()
}

/// Draws a board with what hangs on it.
fn drawing(html: &mut String, board: &Board, hung: &[&Hanging], facts: &Facts, posters: &Posters) {
    let (width, height) = (board.size.width, board.size.height);
    let title = escape(&board.title);
    let _ = write!(
        html,
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\">"
    );
    for slot in &board.slots {
        let size = slot.area.size();
        let (x, y) = slot.at;
        let (w, h) = (size.width, size.height);
        let _ = write!(
            html,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>"
        );
        let here = hung.iter().find(|hanging| hanging.slot == slot.id);
        let page = here.and_then(|hanging| facts.site.page(&hanging.poster));
        let poster = here.and_then(|it| posters.get(it, &facts.portions));
        let said = match (page, &slot.fixed) {
            (Some(page), _) => page.title.as_str(),
            (None, Some(fixed)) => fixed,
            (None, None) => facts.words.get("rotation_empty"),
        };
        let said = escape(said);
        match (page, poster) {
            (Some(page), Some(poster)) => {
                let visible = slot.area.visible();
                let (left, top) = (
                    x + (w - visible.width) / 2.0,
                    y + (h - visible.height) / 2.0,
                );
                let _ = write!(
                    html,
                    "<a href=\"/{}\"><image href=\"/{FOLDER}{}.png\" x=\"{left}\" y=\"{top}\" width=\"{}\" \
                     height=\"{}\"><title>{said}</title></image></a>",
                    links::encode(&page.url),
                    poster.hash,
                    visible.width,
                    visible.height,
                );
            }
            _ => {
                let (x, y) = (x + w / 2.0, y + h / 2.0);
                // Large enough to be read where the whole board is as wide as a screen.
                let letter = match slot.area {
                    Area::Sheet { .. } => (w / 12.0).min(h / 3.0),
                    Area::Screen { .. } => h / 4.0,
                };
                let _ = write!(
                    html,
                    "<text x=\"{x}\" y=\"{y}\" font-size=\"{letter}\" text-anchor=\"middle\" \
                     dominant-baseline=\"middle\">{said}</text>"
                );
            }
        }
    }
    html.push_str("</svg>");
}
