//! The print order of the month, as a sheet: what goes to the shop, what to the office's printer.

use serde::Serialize;
use serde_json::Value;

use super::papers::official_file;
use super::{Job, leaflets, pictures};
use crate::diag::Diagnostics;
use crate::render::Artifact;
use crate::render::export::{Line, Maker, order, yuan};
use crate::site::{BoardKind, Leaflet, PrintWay, Size};
use crate::typeset::data::SiteData;
use crate::typeset::{Files, Form};

/// The theme's file.
const LAYOUT: &str = "sheets/order.typ";
/// The version of its data.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct OrderData<'a> {
    version: u32,
    language: &'a str,
    tokens: &'a Value,
    phrases: Value,
    site: SiteData<'a>,
    period: String,
    shops: Vec<ShopData<'a>>,
    /// Shop first, then the office.
    makers: Vec<MakerData>,
    copies: usize,
    total: String,
    budget: Option<String>,
    /// What is left of the budget, or lacks.
    left: Option<String>,
    over: bool,
    funds: Option<String>,
    missing: Vec<LineData>,
    /// Large print and leaflets.
    papers: Vec<PaperData<'a>>,
}

#[derive(Serialize)]
struct ShopData<'a> {
    name: &'a str,
    makes: Option<&'a str>,
    phone: Option<&'a str>,
}

#[derive(Serialize)]
struct MakerData {
    /// `shop` or `office`.
    id: &'static str,
    copies: usize,
    sum: String,
    sizes: Vec<SizeData>,
}

#[derive(Serialize)]
struct SizeData {
    name: String,
    copies: usize,
    sum: String,
    lines: Vec<LineData>,
}

#[derive(Serialize)]
struct LineData {
    title: String,
    copies: usize,
    price: String,
    sum: String,
    places: Vec<PlaceData>,
    /// What the copies are made of, where a board asks for more than paper.
    make: Option<String>,
    file: String,
}

#[derive(Serialize)]
struct PlaceData {
    title: String,
    copies: usize,
}

#[derive(Serialize)]
struct PaperData<'a> {
    title: &'a str,
    /// `large`, `official`, `a5`, `a6` or `fold`.
    kind: &'static str,
    file: String,
}

/// Returns the order of the month.
pub(super) fn order_sheet(job: &Job, diagnostics: &mut Diagnostics) -> Vec<Artifact> {
    if !job.engine.theme().files.contains_key(LAYOUT) || job.changes().next().is_none() {
        return Vec::new();
    }
    let title = job.deeds().pick("打印清单", "print order");
    let title = format!("{title} {}", job.month);
    match job.set(LAYOUT, &title, &data(job), &Files::new()) {
        Ok(pdf) => vec![job.month_artifact("order.pdf", &pdf)],
        Err(failure) => {
            diagnostics.push(failure.diagnostic(LAYOUT, None));
            Vec::new()
        }
    }
}

fn data<'a>(job: &'a Job<'a>) -> OrderData<'a> {
    let settings = &job.site.settings;
    let order = order(&job.deeds(), job.month);
    let makers = [(Maker::Shop, "shop"), (Maker::Office, "office")];
    let makers = makers.into_iter().filter_map(|(maker, id)| {
        let lines: Vec<&Line> = order.lines.iter().filter(|it| it.maker == maker).collect();
        (!lines.is_empty()).then(|| maker_data(job, id, &lines))
    });
    let left = order.budget.map(|budget| budget - order.total);
    let shops = settings.shops.iter().map(|shop| ShopData {
        name: &shop.name,
        makes: shop.makes.as_deref(),
        phone: shop.phone.as_deref(),
    });
    OrderData {
        version: VERSION,
        language: &settings.language,
        tokens: &job.engine.theme().tokens,
        phrases: job.engine.theme().phrases_of("poster"),
        site: SiteData::of(settings),
        period: job.month.title(),
        shops: shops.collect(),
        makers: makers.collect(),
        copies: order.lines.iter().map(|line| line.copies).sum(),
        total: yuan(order.total),
        budget: order.budget.map(yuan),
        left: left.map(|left| yuan(left.abs())),
        over: left.is_some_and(|left| left < 0),
        funds: order.funds,
        missing: order
            .missing
            .iter()
            .map(|line| line_data(job, line))
            .collect(),
        papers: papers(job),
    }
}

fn maker_data(job: &Job, id: &'static str, lines: &[&Line]) -> MakerData {
    let sums = |lines: &[&Line]| {
        let copies: usize = lines.iter().map(|line| line.copies).sum();
        (copies, yuan(lines.iter().map(|line| line.sum()).sum()))
    };
    let same = |a: &&Line, b: &&Line| a.size.to_string() == b.size.to_string();
    let sizes = lines.chunk_by(same).map(|lines| {
        let (copies, sum) = sums(lines);
        SizeData {
            name: lines[0].size.to_string(),
            copies,
            sum,
            lines: lines.iter().map(|line| line_data(job, line)).collect(),
        }
    });
    let sizes = sizes.collect();
    let (copies, sum) = sums(lines);
    MakerData {
        id,
        copies,
        sum,
        sizes,
    }
}

fn line_data(job: &Job, line: &Line) -> LineData {
    let places = line.places.iter().map(|(title, copies)| PlaceData {
        title: title.clone(),
        copies: *copies,
    });
    LineData {
        title: job.deeds().paid(line.kind),
        copies: line.copies,
        price: yuan(line.price),
        sum: yuan(line.sum()),
        places: places.collect(),
        make: job.deeds().make(line.kind.make),
        file: file(job, line),
    }
}

/// Returns the file to be printed, below the month's folder.
fn file(job: &Job, line: &Line) -> String {
    let board = line.stay.board;
    let waits = job
        .site
        .page(line.kind.poster)
        .is_some_and(|page| !page.is_approved());
    if waits {
        let words = job
            .deeds()
            .pick("还没有签发，先不印", "not approved yet: do not print");
        return words.to_owned();
    }
    let names = job.names(board);
    let Some(name) = names.get(line.stay.hanging) else {
        return String::new();
    };
    let paper: &Size = &job.site.settings.printing.paper;
    let prints = |way: &PrintWay| board.prints(*way, &line.size, paper);
    let ways: &[PrintWay] = match line.maker {
        Maker::Shop => &[PrintWay::Shop, PrintWay::Tiff, PrintWay::Jpg],
        Maker::Office if board.kind == BoardKind::Screen => &[],
        Maker::Office => &[PrintWay::Tiles, PrintWay::Office],
    };
    let Some(way) = ways.iter().copied().find(prints) else {
        return format!("{}/{name}.pdf", board.id);
    };
    let ending = match way {
        PrintWay::Tiff => pictures::first(job, line.size, Form::Tiff),
        PrintWay::Jpg => pictures::first(job, line.size, Form::Jpeg),
        _ => ".pdf".to_owned(),
    };
    format!("{}/{}/{name}{ending}", board.id, way.folder())
}

/// Returns the large print of notices, the stamped formal ones and the leaflets, which lie in the month's folder too; how
/// many of them are wanted, nobody has said.
fn papers<'a>(job: &Job<'a>) -> Vec<PaperData<'a>> {
    let mut papers = Vec::new();
    for (id, _) in job.hung() {
        let page = job.site.page(id).filter(|page| page.notice.is_some());
        if let Some(page) =
            page.filter(|page| page.poster.as_ref().is_some_and(|it| it.layout.is_some()))
        {
            papers.push(PaperData {
                title: &page.title,
                kind: "large",
                file: format!("large/{}.pdf", crate::site::file_part(id)),
            });
            if page.is_stamped() {
                papers.push(PaperData {
                    title: &page.title,
                    kind: "official",
                    file: official_file(page),
                });
            }
        }
    }
    for (page, form) in leaflets::asked(job) {
        papers.push(PaperData {
            title: &page.title,
            kind: match form {
                Leaflet::A5 => "a5",
                Leaflet::A6 => "a6",
                Leaflet::ThreeFold => "fold",
            },
            file: leaflets::file(page, form),
        });
    }
    papers
}
