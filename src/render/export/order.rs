//! The print order of a month: which sheets, how many, from whom, for what money.

use std::collections::BTreeMap;

use super::deeds::Deeds;
use crate::calendar::Period;
use crate::rotation::carry::{Kind, Print, Stay};
use crate::site::{Board, Fen, PrintWay, Printing, Size};

/// What is printed in a month.
pub(in crate::render) struct Order<'a> {
    /// The lines, by maker, then from the largest sheets to the smallest, then by id.
    pub lines: Vec<Line<'a>>,
    /// Finished sheets that lack and are not printed here.
    pub missing: Vec<Line<'a>>,
    /// What all lines cost.
    pub total: Fen,
    /// What may be spent.
    pub budget: Option<Fen>,
    /// Where the money comes from, with what of each where it comes from several.
    pub funds: Option<String>,
}

/// Who prints a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum Maker {
    /// 印刷店.
    Shop,
    /// The office's own printer.
    Office,
}

/// Copies of one poster on one format.
pub(in crate::render) struct Line<'a> {
    /// What they are.
    pub kind: Kind<'a>,
    pub maker: Maker,
    pub size: Size,
    pub copies: usize,
    /// The price of one.
    pub price: Fen,
    /// Which money pays for them.
    pub funds: Option<&'a str>,
    /// What they are for: slots with numbers of copies.
    pub places: Vec<(String, usize)>,
    /// The stay whose file is printed: that which is read from furthest away, because a copy
    /// wanders and must be legible wherever it comes.
    pub stay: &'a Stay<'a>,
}

impl Line<'_> {
    /// Returns what they cost together.
    pub(in crate::render) fn sum(&self) -> Fen {
        let copies = Fen::try_from(self.copies).unwrap_or(Fen::MAX);
        self.price.saturating_mul(copies)
    }
}

/// Returns the order of `month`.
pub(in crate::render) fn order<'a>(deeds: &Deeds<'a>, month: Period) -> Order<'a> {
    let printing = &deeds.site.settings.printing;
    let line = |print: Print<'a>| line(deeds, printing, print);
    let (first, last) = (month.first(), month.last());
    let prints = deeds.carriage.prints(first, last).into_iter();
    let mut lines: Vec<Line> = prints.map(line).collect();
    lines.sort_by_key(|line| line.maker);
    let paid = lines.iter().map(|line| (line.funds, line.sum()));
    let funds = funds(paid, deeds.is_chinese()).or_else(|| printing.funds.clone());
    let missing = deeds.carriage.missing(first, last).into_iter();
    Order {
        total: lines.iter().map(Line::sum).sum(),
        lines,
        missing: missing.map(line).collect(),
        budget: printing.budget,
        funds,
    }
}

fn line<'a>(deeds: &Deeds<'a>, printing: &Printing, print: Print<'a>) -> Line<'a> {
    let size = print.kind.format.size();
    let stays = &deeds.carriage.stays;
    let places = print.stays.iter().map(|&(number, n)| {
        let stay = &stays[number];
        let slot = deeds.slot(stay);
        let space = deeds.pick("", " ");
        (format!("{}{space}{slot}", stay.board.title), n)
    });
    let printed = print.stays.iter().map(|&(number, _)| &stays[number]);
    let furthest = printed.max_by(|a, b| {
        let reading = |stay: &Stay| (stay.board.distance, u8::from(stay.board.glass));
        let (a, b) = (reading(a), reading(b));
        a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
    });
    let stay = furthest.expect("a print is for some stay");
    Line {
        kind: print.kind,
        maker: maker(stay.board, &size, printing),
        size,
        copies: print.copies,
        price: printing.prices.of(&size),
        funds: deeds.site.funds_of(print.kind.poster),
        places: places.collect(),
        stay,
    }
}

/// Returns who prints a sheet of `size` for `board`.
fn maker(board: &Board, size: &Size, printing: &Printing) -> Maker {
    let ways = [
        PrintWay::Shop,
        PrintWay::Jpg,
        PrintWay::Tiff,
        PrintWay::Board,
    ];
    let shop = ways
        .iter()
        .any(|way| board.prints(*way, size, &printing.paper));
    match shop {
        true => Maker::Shop,
        false => Maker::Office,
    }
}

/// Says which money pays: its name where it is all one, with sums where there are several.
pub(in crate::render) fn funds<'a>(
    paid: impl Iterator<Item = (Option<&'a str>, Fen)>,
    is_chinese: bool,
) -> Option<String> {
    let mut sums: BTreeMap<Option<&str>, Fen> = BTreeMap::new();
    for (funds, sum) in paid {
        *sums.entry(funds).or_default() += sum;
    }
    if sums.len() < 2 {
        return sums.into_keys().next()?.map(str::to_owned);
    }
    let said = sums
        .into_iter()
        .map(|(funds, sum)| match (funds, is_chinese) {
            (Some(funds), true) => format!("{funds}{}元", yuan(sum)),
            (None, true) => format!("没有写明的{}元", yuan(sum)),
            (Some(funds), false) => format!("{funds} {} yuan", yuan(sum)),
            (None, false) => format!("not named {} yuan", yuan(sum)),
        });
    let separator = if is_chinese { "、" } else { ", " };
    Some(said.collect::<Vec<_>>().join(separator))
}

/// Writes money in yuan: `12`, `12.50`.
pub(in crate::render) fn yuan(fen: Fen) -> String {
    match fen % 100 {
        0 => (fen / 100).to_string(),
        rest => format!("{}.{:02}", fen / 100, rest.abs()),
    }
}
