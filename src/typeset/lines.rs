//! Where titles and leads may break: between words, into lines of like length.
//!
//! A layout chooses by size among the ways given here. They are reckoned once a page because
//! the same reckoning in a layout's script costs more than all the rest of measuring a sheet.

use std::sync::Arc;

use serde::Serialize;

use super::break_costs::{clusters, costs, first, is_chinese, phrase_costs};

/// The most lines of a title or lead.
const MOST: usize = 4;
/// What ends a line half as wide as elsewhere.
const HALF_WIDE: &str = "，。、；：！？”’）》」』】〕";
/// How much lines of unlike length cost against breaks in bad places.
const UNEVEN: f64 = 40.0;
/// Where a writer has set breaks, all others cost so much more.
const UNASKED: f64 = 60.0;
/// A text broken into lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Broken {
    /// The lines.
    pub lines: Vec<String>,
    /// The width of the longest in em, rather too wide.
    pub longest: f64,
    /// How bad the breaks are; from 60 a word is broken.
    pub cost: f64,
}

/// The ways to set a text, by the number of lines: the first has one.
pub type Ways = Vec<Option<Broken>>;

/// Where title and lead may break.
pub(super) struct Breaks {
    /// The title's width in em.
    pub(super) title_em: f64,
    pub(super) title: Arc<Ways>,
    pub(super) lead: Arc<Ways>,
    pub(super) short: Arc<Ways>,
}

/// Returns the words that `list`, separated by white space, keeps whole.
pub fn lexicon(list: &str) -> Vec<&str> {
    list.split_whitespace().collect()
}

/// Breaks `text` into one to four lines; `None` where it is too short for so many. `asked` are the
/// bytes at which its writer wants it broken.
pub(super) fn ways(text: &str, lexicon: &[&str], asked: &[usize]) -> Ways {
    let text = Text::new(text, lexicon, asked);
    (1..=MOST).map(|count| text.broken(count)).collect()
}

/// How wide a phrase may be that a line keeps whole, in em: a telephone's line holds as much of a title.
const PHRASE: f64 = 8.0;

/// Parts `text` where a line may end, for those who set it in lines of a width that is not known: where the
/// sense parts it best, into phrases that a telephone's line holds, and within no word.
pub fn phrases<'t>(text: &'t str, lexicon: &[&str]) -> Vec<&'t str> {
    let clusters = clusters(text);
    let breaks = Breakable {
        costs: phrase_costs(&clusters, lexicon),
        edges: edges(&clusters),
    };
    let mut ends = Vec::new();
    breaks.part(0, clusters.len(), &mut ends);
    let mut at = 0;
    let phrase = |end: usize| {
        let start = at;
        at = clusters[..end].iter().map(|it| it.len()).sum();
        &text[start..at]
    };
    ends.into_iter().map(phrase).collect()
}

/// Where a text may break, and how wide it is.
struct Breakable {
    costs: Vec<Option<f64>>,
    edges: Vec<f64>,
}

impl Breakable {
    /// Parts the clusters `from..to` until each phrase is short enough, and adds where each ends.
    fn part(&self, from: usize, to: usize, ends: &mut Vec<usize>) {
        let width = self.edges[to] - self.edges[from];
        let middle = (self.edges[to] + self.edges[from]) / 2.0;
        // Of breaks that cost the same the one that leaves like lengths.
        let rank = |at: &usize| {
            let cost = self.costs[at - 1].unwrap_or(f64::INFINITY);
            (cost, (self.edges[*at] - middle).abs())
        };
        let breaks = (from + 1..to).filter(|at| self.costs[at - 1].is_some());
        let best = breaks.min_by(|a, b| {
            rank(a)
                .partial_cmp(&rank(b))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        match best.filter(|_| width > PHRASE) {
            Some(at) => {
                self.part(from, at, ends);
                self.part(at, to, ends);
            }
            None => ends.push(to),
        }
    }
}

/// Returns the sum of the characters' widths in em.
pub(super) fn width(text: &str) -> f64 {
    clusters(text).iter().map(|it| advance(first(it))).sum()
}

/// A text with what breaks in it cost.
struct Text<'a> {
    whole: &'a str,
    clusters: Vec<&'a str>,
    /// What a break after each cluster costs; `None`: there is none.
    costs: Vec<Option<f64>>,
    /// Where each cluster begins, in em, and the last ends.
    edges: Vec<f64>,
    /// Whether its writer has set breaks.
    is_asked: bool,
}

/// The cheapest way to set the first characters of a text.
#[derive(Clone)]
struct Best {
    cost: f64,
    /// Where its lines begin.
    starts: Vec<usize>,
}

impl<'a> Text<'a> {
    fn new(whole: &'a str, lexicon: &[&str], asked: &[usize]) -> Self {
        let clusters = clusters(whole);
        let mut costs = costs(&clusters, lexicon);
        let mut end = 0;
        for (cost, cluster) in costs.iter_mut().zip(&clusters) {
            end += cluster.len();
            *cost = match asked.contains(&end) {
                true => Some(0.0),
                false => cost.map(|cost| cost + if asked.is_empty() { 0.0 } else { UNASKED }),
            };
        }
        Self {
            whole,
            costs,
            edges: edges(&clusters),
            clusters,
            is_asked: !asked.is_empty(),
        }
    }

    fn broken(&self, count: usize) -> Option<Broken> {
        let total = self.clusters.len();
        if count == 1 {
            return Some(Broken {
                lines: vec![self.whole.to_owned()],
                longest: self.edges[total],
                cost: if self.is_asked { UNASKED } else { 0.0 },
            });
        }
        let best = self.best(count)?;
        let ends = best.starts[1..].iter().copied().chain([total]);
        let spans: Vec<_> = best.starts.iter().copied().zip(ends).collect();
        let line = |&(from, to): &(usize, usize)| self.clusters[from..to].concat();
        Some(Broken {
            lines: spans.iter().map(|it| line(it).trim().to_owned()).collect(),
            longest: spans
                .iter()
                .map(|(from, to)| self.width(*from, *to))
                .fold(0.0, f64::max),
            cost: best.cost,
        })
    }

    /// Finds the cheapest `count` lines, each of two characters or more.
    fn best(&self, count: usize) -> Option<Best> {
        let total = self.clusters.len();
        if total < 2 * count {
            return None;
        }
        let target = self.edges[total] / count as f64;
        let mut best: Vec<Option<Best>> = (0..=total)
            .map(|to| {
                (to >= 2).then(|| Best {
                    cost: unevenness(self.width(0, to), target),
                    starts: vec![0],
                })
            })
            .collect();
        for nth in 2..=count {
            let is_last = nth == count;
            let mut next = vec![None; total + 1];
            let ends = match is_last {
                true => total..total + 1,
                false => 2 * nth..total - 1,
            };
            for to in ends {
                next[to] = self.line_to(to, 2 * (nth - 1), &best, target, is_last);
            }
            best = next;
        }
        best.swap_remove(total)
    }

    /// Finds the cheapest line that ends at `to` and begins at `least` or later.
    fn line_to(
        &self,
        to: usize,
        least: usize,
        best: &[Option<Best>],
        target: f64,
        is_last: bool,
    ) -> Option<Best> {
        let mut choice: Option<Best> = None;
        let starts = best
            .iter()
            .enumerate()
            .take(to.saturating_sub(1))
            .skip(least);
        for (from, before) in starts {
            let (Some(before), Some(cost)) = (before, self.costs[from - 1]) else {
                continue;
            };
            let width = self.width(from, to);
            if width > target * 1.7 || (width < target * 0.4 && !is_last) {
                continue;
            }
            let cost = before.cost + cost + unevenness(width, target);
            if choice.as_ref().is_none_or(|choice| cost < choice.cost) {
                let mut starts = before.starts.clone();
                starts.push(from);
                choice = Some(Best { cost, starts });
            }
        }
        choice
    }

    /// Returns the width of a line; punctuation at its end is half as wide.
    fn width(&self, from: usize, to: usize) -> f64 {
        let width = self.edges[to] - self.edges[from];
        match HALF_WIDE.contains(self.clusters[to - 1]) {
            true => width - 0.5,
            false => width,
        }
    }
}

fn unevenness(width: f64, target: f64) -> f64 {
    let off = (width - target) / target;
    off * off * UNEVEN
}

/// Returns about how wide a character is in em; rather too wide than too narrow.
///
/// Source: the advances of Noto Sans SC Black, the widest weight, in groups.
fn advance(character: char) -> f64 {
    match character {
        ' ' => 0.3,
        '@' | '%' | 'm' | 'W' => 1.05,
        'w' | 'M' => 0.9,
        'O' | 'Q' | 'H' | 'N' | 'U' | 'G' | '&' => 0.79,
        'i' | 'I' | 'l' | 'j' | 't' | 'f' | '!'..='/' | ':' | ';' | '[' | ']' => 0.45,
        'r' | 's' | 'c' | 'z' => 0.54,
        '0'..='9' => 0.61,
        'A'..='Z' => 0.73,
        '!'..='~' => 0.66,
        _ => 1.0,
    }
}

/// Adds up the widths, a quarter em between Chinese and Latin.
fn edges(clusters: &[&str]) -> Vec<f64> {
    let mut edges = vec![0.0];
    let mut at = 0.0;
    let mut before: Option<char> = None;
    for character in clusters.iter().map(|it| first(it)) {
        let meets = before.is_some_and(|before| {
            let (latin, now) = (
                before.is_ascii_alphanumeric(),
                character.is_ascii_alphanumeric(),
            );
            latin != now && (latin || is_chinese(before)) && (now || is_chinese(character))
        });
        at += advance(character) + if meets { 0.25 } else { 0.0 };
        edges.push(at);
        before = Some(character);
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "小时 马桶 漏水 烟管 一遍 每天 电动车 充电 楼道 着火 毒饵";

    /// Returns the lines of `text` broken into `count`, a stroke between.
    fn broken(text: &str, count: usize) -> String {
        let mut ways = ways(text, &lexicon(WORDS), &[]);
        let way = ways.swap_remove(count - 1);
        way.map_or("-".to_owned(), |way| way.lines.join("／"))
    }

    #[test]
    fn words_stay_whole_and_lines_are_of_like_length() {
        assert_eq!(broken("五分钟查马桶漏水", 1), "五分钟查马桶漏水");
        assert_eq!(broken("五分钟查马桶漏水", 2), "五分钟查／马桶漏水");
        assert_eq!(broken("电动车不进楼", 2), "电动车／不进楼");
    }

    #[test]
    fn a_numeral_stays_with_its_verb_but_not_with_a_word() {
        assert_eq!(broken("开炉前摸一遍烟管", 2), "开炉前／摸一遍烟管");
        assert_eq!(broken("水表每天一看便知", 2), "水表每天／一看便知");
    }

    #[test]
    fn a_particle_stays_with_its_verb_and_a_word_that_begins_like_it_does_not() {
        assert_eq!(broken("洗菜水留着冲厕所", 2), "洗菜水／留着冲厕所");
        assert_eq!(broken("电动车楼道着火", 3), "电动车／楼道／着火");
    }

    #[test]
    fn punctuation_figures_and_latin_words_keep_their_place() {
        assert_eq!(
            broken("关灯，关水，关门，再走", 2),
            "关灯，关水，／关门，再走"
        );
        assert_eq!(broken("用电在“谷”时", 2), "用电在／“谷”时");
        assert_eq!(broken("换下的LED灯管", 2), "换下的／LED灯管");
        assert_eq!(broken("水表转了12345圈", 2), "水表转了／12345圈");
    }

    #[test]
    fn dates_and_times_stay_whole() {
        assert_eq!(broken("改到11月28日上午8:30", 2), "改到11月28日／上午8:30");
        assert_eq!(broken("2026年11月3日停水", 2), "2026年11月3日／停水");
    }

    #[test]
    fn what_is_too_short_is_not_broken() {
        assert_eq!(broken("节水", 2), "-");
        assert_eq!(broken("", 1), "");
    }

    #[test]
    fn a_figure_stays_with_what_it_counts_across_a_space() {
        assert_eq!(broken("下单 2 小时上门收", 2), "下单／2 小时上门收");
    }

    #[test]
    fn titles_break_by_meaning() {
        assert_eq!(broken("灭鼠毒饵旁这样做", 2), "灭鼠毒饵旁／这样做");
        assert_eq!(
            broken("学习《物业管理条例》有奖问答", 2),
            "学习《物业管理条例》／有奖问答"
        );
        assert_eq!(
            broken("居民委员会和物业一起巡查", 2),
            "居民委员会／和物业一起巡查"
        );
    }

    #[test]
    fn a_writer_breaks_a_title_where_they_like() {
        let ways = ways("睡前抄表查暗漏", &[], &["睡前".len()]);
        let lines = |at: usize| {
            ways[at]
                .as_ref()
                .map(|way| (way.lines.join("／"), way.cost >= 60.0))
        };
        assert_eq!(lines(0), Some(("睡前抄表查暗漏".to_owned(), true)));
        assert_eq!(lines(1), Some(("睡前／抄表查暗漏".to_owned(), false)));
    }

    #[test]
    fn widths_count_a_quarter_between_chinese_and_latin() {
        let ways = ways("用LED灯", &[], &[]);
        let longest = ways[0].as_ref().map(|way| way.longest);
        assert_eq!(longest, Some(1.0 + 0.25 + 3.0 * 0.73 + 0.25 + 1.0));
        assert!((width("用LED灯") - 4.19).abs() < 1e-9);
    }

    #[test]
    fn a_title_is_parted_by_sense_and_no_name_of_an_office_within() {
        for (title, whole) in [
            ("清源市梧桐路街道办事处关于清理楼道堆物的通知", "街道办事处"),
            ("学习《物业管理条例》有奖问答活动", "《物业管理条例》"),
            (
                "梧桐里社区居民委员会、派出所、业主大会筹备组联席会议",
                "委员会",
            ),
            ("关于2026年12月5日至20日分段停水的公告", "2026年"),
        ] {
            let parts = phrases(title, &lexicon(WORDS));
            assert_eq!(parts.concat(), title);
            assert!(
                parts.iter().all(|part| width(part) <= PHRASE + 2.0),
                "{parts:?}"
            );
            assert!(parts.iter().any(|part| part.contains(whole)), "{parts:?}");
        }
    }

    #[test]
    fn a_mark_stays_with_its_letter() {
        assert_eq!(clusters("e\u{301}ta"), ["e\u{301}", "t", "a"]);
    }
}
