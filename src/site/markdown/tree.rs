//! Builds the tree from the parser's events.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::blocks::{self, Fence, Opening};
use super::containers::{Containers, Open};
use super::footnotes;
use super::headings::Anchors;
use super::inlines::{Leaf, Wrapper};
use super::marked::MarkedText;
use super::{AlertKind, Alignment, BlockKind, Document, Inline, InlineKind};
use crate::diag::{Code, Diagnostic, Diagnostics, Source, Span, nearest};

/// How many events a line end looks ahead for the next character.
const LOOK_AHEAD: usize = 64;

/// What the parser reported, with bytes of the marked text.
pub(super) type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// What the events came from.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub source: &'a Arc<Source>,
    /// Where the text begins in the source.
    pub base: usize,
    pub marked: &'a MarkedText<'a>,
    pub fences: &'a [Fence],
    pub mark: char,
}

#[derive(Default)]
struct TableDraft {
    alignments: Vec<Alignment>,
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    row: Vec<Vec<Inline>>,
}

pub(super) struct Builder<'a> {
    input: Input<'a>,
    diagnostics: &'a mut Diagnostics,
    containers: Containers,
    leaf: Option<Leaf>,
    heading: Option<(Option<String>, Vec<String>)>,
    table: TableDraft,
    /// The text of code or HTML, and the language of code.
    raw: Option<(String, String)>,
    anchors: Anchors,
}

impl<'a> Builder<'a> {
    /// Begins a tree for `events`.
    pub(super) fn new(input: Input<'a>, events: &Events, diagnostics: &'a mut Diagnostics) -> Self {
        let chosen = |(event, _): &(Event, _)| match event {
            Event::Start(Tag::Heading { id, .. }) => id.as_deref().map(str::to_owned),
            _ => None,
        };
        let chosen: BTreeSet<String> = events.iter().filter_map(chosen).collect();
        let end = input.marked.original(input.marked.text.len());
        Self {
            input,
            diagnostics,
            containers: Containers::new(input.base..input.base + end),
            leaf: None,
            heading: None,
            table: TableDraft::default(),
            raw: None,
            anchors: Anchors::new(chosen),
        }
    }

    /// Takes in all events and returns the tree.
    pub(super) fn build(mut self, events: &Events) -> Document {
        for (at, (event, range)) in events.iter().enumerate() {
            let range = self.place(range);
            match event {
                Event::SoftBreak => {
                    let next = self.next_char(&events[at + 1..]);
                    self.leaf(&range).soft_break(next, range);
                }
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(*tag, range),
                event => self.inline(event, range),
            }
        }
        self.end_leaf();
        let (blocks, footnotes, unclosed) = self.containers.finish();
        for place in unclosed {
            let at = Span::new(self.input.source, place);
            self.diagnostics
                .push(Diagnostic::new(Code::BlockOpen).at(at));
        }
        footnotes::number(blocks, footnotes, self.input.source, self.diagnostics)
    }

    /// Returns the bytes in the source for bytes of the marked text.
    fn place(&self, range: &Range<usize>) -> Range<usize> {
        let original = self.input.marked.original_range(range);
        self.input.base + original.start..self.input.base + original.end
    }

    /// Takes the marks out of what the parser gave.
    fn restore<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let input = &self.input;
        if !input.marked.is_edited() {
            return Cow::Borrowed(text);
        }
        let original = &input.source.text[input.base..];
        blocks::restore(text, original, input.fences, input.mark)
    }

    /// Finds the next character that a reader sees in this block.
    fn next_char(&self, events: &[(Event, Range<usize>)]) -> Option<char> {
        for (event, _) in events.iter().take(LOOK_AHEAD) {
            match event {
                Event::Text(text) | Event::Code(text) => {
                    let mut chars = text.chars().filter(|&c| c != self.input.mark);
                    if let Some(next) = chars.next() {
                        return Some(next);
                    }
                }
                Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. },
                )
                | Event::End(
                    TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
                ) => {}
                _ => return None,
            }
        }
        None
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        if let Some(wrapper) = Wrapper::of(tag) {
            return self.leaf(&range).start(wrapper, range);
        }
        match tag {
            Tag::Paragraph => {
                self.end_leaf();
                self.containers.loosen();
                self.leaf = Some(Leaf::new(range, false));
            }
            Tag::Heading { id, classes, .. } => {
                self.end_leaf();
                let classes = classes.iter().map(|class| class.to_string()).collect();
                self.heading = Some((id.as_deref().map(str::to_owned), classes));
                self.leaf = Some(Leaf::new(range, false));
            }
            Tag::TableCell | Tag::DefinitionListTitle => {
                self.end_leaf();
                self.leaf = Some(Leaf::new(range, false));
            }
            Tag::CodeBlock(kind) => {
                self.end_leaf();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                self.raw = Some((String::new(), language.to_owned()));
            }
            Tag::HtmlBlock => {
                self.end_leaf();
                self.raw = Some(Default::default());
            }
            Tag::Table(alignments) => {
                self.end_leaf();
                self.table = TableDraft {
                    alignments: alignments.iter().copied().map(alignment).collect(),
                    ..TableDraft::default()
                };
            }
            Tag::TableHead | Tag::TableRow => self.table.row.clear(),
            tag => self.start_container(tag, range),
        }
    }

    fn start_container(&mut self, tag: &Tag, range: Range<usize>) {
        let open = match tag {
            Tag::BlockQuote(None) => Open::Quote,
            Tag::BlockQuote(Some(kind)) => Open::Alert(alert(*kind)),
            Tag::List(start) => Open::List {
                start: *start,
                tight: true,
                items: Vec::new(),
            },
            Tag::Item => Open::Item { task: None },
            Tag::DefinitionList => Open::Definitions {
                entries: Vec::new(),
            },
            Tag::DefinitionListDefinition => Open::Definition,
            Tag::FootnoteDefinition(label) => Open::Footnote {
                label: label.as_ref().to_owned(),
            },
            // Marks that the options do not ask for.
            _ => Open::Nothing,
        };
        self.end_leaf();
        self.containers.open(open, range);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => self.leaf(&range).end(),
            TagEnd::Paragraph => self.end_leaf(),
            TagEnd::Heading(level) => {
                let inlines = self.leaf.take().map(Leaf::finish).unwrap_or_default();
                let (id, classes) = self.heading.take().unwrap_or_default();
                let id = match id {
                    Some(id) => self.anchors.chosen(&id),
                    None => self.anchors.of_words(&super::plain(&inlines)),
                };
                let kind = BlockKind::Heading {
                    level: level as u8,
                    id,
                    classes,
                    inlines,
                };
                self.containers.push(kind, range);
            }
            TagEnd::DefinitionListTitle => {
                let term = self.leaf.take().map(Leaf::finish).unwrap_or_default();
                self.containers.term(term, range);
            }
            TagEnd::TableCell => {
                let cell = self.leaf.take().map(Leaf::finish).unwrap_or_default();
                self.table.row.push(cell);
            }
            TagEnd::TableHead => self.table.head = std::mem::take(&mut self.table.row),
            TagEnd::TableRow => self.table.rows.push(std::mem::take(&mut self.table.row)),
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                let kind = BlockKind::Table {
                    alignments: table.alignments,
                    head: table.head,
                    rows: table.rows,
                };
                self.containers.push(kind, range);
            }
            TagEnd::CodeBlock => {
                let (text, language) = self.raw.take().unwrap_or_default();
                self.containers
                    .push(BlockKind::Code { language, text }, range);
            }
            TagEnd::HtmlBlock => self.end_html(range),
            _ => {
                self.end_leaf();
                let unclosed = self.containers.end(range.end);
                self.report_unclosed(&unclosed);
            }
        }
    }

    fn end_html(&mut self, range: Range<usize>) {
        let (raw, _) = self.raw.take().unwrap_or_default();
        let number = blocks::stands_for(&raw, self.input.mark);
        match number.filter(|&number| number < self.input.fences.len()) {
            Some(number) => self.fence(number),
            None => {
                let text = self.restore(raw.trim_end_matches('\n')).into_owned();
                self.containers.push(BlockKind::Html { text }, range);
            }
        }
    }

    fn fence(&mut self, number: usize) {
        let fence = &self.input.fences[number];
        let place = self.input.base + fence.range.start..self.input.base + fence.range.end;
        let Some(opening) = &fence.opening else {
            match self.containers.end_directive(fence.colons, &place) {
                Some(unclosed) => self.report_unclosed(&unclosed),
                None => self.report_unclosed(&[place]),
            }
            return;
        };
        let name = blocks::known(&opening.name);
        if opening.is_malformed {
            let line = &self.input.source.text[place.clone()];
            self.report(Code::BadBlock, &place, |d| d.with("line", line));
        } else if name.is_none() {
            self.report(Code::UnknownBlock, &place, |d| {
                d.with("name", &opening.name)
                    .with_some("nearest", nearest(&opening.name, blocks::names()))
                    .with("known", blocks::names().collect::<Vec<_>>().join("、"))
            });
        }
        let kept = name.filter(|_| !opening.is_malformed).map(|name| Opening {
            name: name.to_owned(),
            attributes: opening
                .attributes
                .iter()
                .map(|it| it.moved(place.start))
                .collect(),
            ..opening.clone()
        });
        let open = Open::Directive {
            colons: fence.colons,
            opening: kept,
        };
        self.containers.open(open, place.clone());
        if fence.is_leaf {
            self.containers.end_directive(fence.colons, &place);
        }
    }

    /// Takes in an event that holds no others.
    fn inline(&mut self, event: &Event, range: Range<usize>) {
        let kind = match event {
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                let text = match event {
                    Event::Text(text) => self.restore(text),
                    _ => Cow::Borrowed(text.as_ref()),
                };
                if let Some((raw, _)) = &mut self.raw {
                    raw.push_str(&text);
                }
                return;
            }
            Event::Text(text) => {
                let text = self.restore(text);
                return self.leaf(&range).text(&text, range);
            }
            Event::InlineHtml(html) if blocks::stands_for(html, self.input.mark).is_some() => {
                // Too far indented to be a line of a block.
                let text = self.restore(html);
                return self.leaf(&range).text(&text, range);
            }
            Event::InlineHtml(html) | Event::Html(html) => InlineKind::Html {
                text: self.restore(html).into_owned(),
            },
            Event::Code(text) => InlineKind::Code {
                text: self.restore(text).into_owned(),
            },
            Event::FootnoteReference(label) => InlineKind::FootnoteMark {
                label: label.as_ref().to_owned(),
                number: 0,
            },
            Event::HardBreak => InlineKind::LineBreak,
            Event::Rule => {
                self.end_leaf();
                return self.containers.push(BlockKind::Rule, range);
            }
            Event::TaskListMarker(ticked) => {
                self.containers.tick(*ticked);
                return;
            }
            _ => return,
        };
        self.leaf(&range).push(kind, range);
    }

    /// Returns the leaf that inlines go into; begins a paragraph where there is none.
    fn leaf(&mut self, range: &Range<usize>) -> &mut Leaf {
        self.leaf
            .get_or_insert_with(|| Leaf::new(range.clone(), true))
    }

    /// Ends the paragraph that is open, if any.
    fn end_leaf(&mut self) {
        if let Some(leaf) = self.leaf.take() {
            let range = leaf.range.clone();
            let inlines = leaf.finish();
            self.containers
                .push(BlockKind::Paragraph { inlines }, range);
        }
    }

    /// Reports `:::` lines that have no partner.
    fn report_unclosed(&mut self, places: &[Range<usize>]) {
        for place in places {
            self.report(Code::BlockOpen, place, |d| d);
        }
    }

    fn report(
        &mut self,
        code: Code,
        range: &Range<usize>,
        fill: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let at = Span::new(self.input.source, range.clone());
        self.diagnostics.push(fill(Diagnostic::new(code).at(at)));
    }
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::super::containers::MAX_DEPTH;
    use super::super::dump::{dump, parsed, source};
    use super::super::{Block, walk, walk_blocks};
    use super::*;

    #[test]
    fn tight_items_hold_a_paragraph_then_their_blocks() {
        assert_snapshot!(dump("3. 甲\n   - 乙\n   - **丙**丁\n4. 戊"), @"
        list from 3
          item
            p: 甲
            list
              item
                p: 乙
              item
                p: <strong>丙</strong>丁
          item
            p: 戊
        ");
    }

    #[test]
    fn a_list_with_empty_lines_between_is_loose() {
        assert_snapshot!(dump("- 甲\n\n- 乙"), @"
        list loose
          item
            p: 甲
          item
            p: 乙
        ");
    }

    #[test]
    fn task_items_know_whether_they_are_ticked() {
        assert_snapshot!(dump("- [x] 关水\n- [ ] 关灯\n- 关门"), @"
        list
          item [x]
            p: 关水
          item [ ]
            p: 关灯
          item
            p: 关门
        ");
    }

    #[test]
    fn line_ends_vanish_between_chinese_only() {
        assert_snapshot!(dump("垃圾\n分类，\n从我\nABC\n做起\nin two\nlines"), @"p: 垃圾分类，从我 ABC 做起 in two lines");
        assert_snapshot!(dump("**甲**\n**乙**\n`丙`\n[丁](a)\n*b*\n한국\n말 戊 \n己"), @r#"p: <strong>甲</strong><strong>乙</strong><code>丙</code><a a "">丁</a> <em>b</em> 한국 말 戊己"#);
        assert_snapshot!(dump("他说\n“好”\n“行”\n然后——\n走，“OK”\nthen “OK”\n“no”"), @"p: 他说“好”“行”然后——走，“OK” then “OK” “no”");
        assert_snapshot!(dump("甲[^1]\n乙<b>\n丙</b>\n![图](a.png)\n丁\n\n[^1]: 注"), @r#"
        p: 甲<fn 1=1>乙<b>丙</b> <img a.png "" "图"> 丁
        [^1]
          p: 注
        "#);
    }

    #[test]
    fn forced_line_ends_stay() {
        assert_snapshot!(dump("甲  \n乙\\\n丙"), @"p: 甲<br>乙<br>丙");
    }

    #[test]
    fn comments_on_their_own_line_are_their_own_blocks() {
        assert_snapshot!(dump("上文\n<!-- poster -->\n正文\n<!-- /poster -->\n下文"), @r#"
        p: 上文
        html "<!-- poster -->"
        p: 正文
        html "<!-- /poster -->"
        p: 下文
        "#);
        assert_snapshot!(dump("<!-- a -->\n<!-- b -->\n\n- 甲\n<!-- c -->\n> 乙\n<!-- d -->"), @r#"
        html "<!-- a -->"
        html "<!-- b -->"
        list
          item
            p: 甲
        html "<!-- c -->"
        quote
          p: 乙
        html "<!-- d -->"
        "#);
    }

    #[test]
    fn raw_html_is_kept() {
        assert_snapshot!(dump("<div class=\"a\">\n<p>一</p>\n</div>\n\n甲<br>乙<!-- 丙 -->"), @r#"
        html "<div class=\"a\">\n<p>一</p>\n</div>"
        p: 甲<br>乙<!-- 丙 -->
        "#);
    }

    #[test]
    fn quotations_and_alerts() {
        assert_snapshot!(dump("> 甲\n> > 乙\n\n> [!WARNING]\n> 小心：\n> 地滑"), @"
        quote
          p: 甲
          quote
            p: 乙
        alert Warning
          p: 小心：地滑
        ");
    }

    #[test]
    fn code_keeps_its_language_and_lines() {
        assert_snapshot!(dump("```rust title=x\nfn a() {}\n\n```\n\n    缩进\n    两行"), @r#"
        code "rust" "fn a() {}\n\n"
        code "" "缩进\n两行"
        "#);
    }

    #[test]
    fn tables_have_a_head_rows_and_alignments() {
        assert_snapshot!(dump("| 桶 | 色 |\n|:-|-:|\n| **厨余：**湿 | 绿 \\| 棕 |\n| 可回收 |"), @"
        table [Left, Right]
          桶 | 色
          <strong>厨余：</strong>湿 | 绿 | 棕
          可回收 |
        ");
    }

    #[test]
    fn definition_lists() {
        assert_snapshot!(dump("厨余垃圾\n: 易腐的\n: 又叫**湿垃圾**\n\n其他垃圾\n\n: 干的\n\n  - 纸巾"), @"
        definitions
          term: 厨余垃圾
          means
            p: 易腐的
          means
            p: 又叫<strong>湿垃圾</strong>
          term: 其他垃圾
          means
            p: 干的
            list
              item
                p: 纸巾
        ");
    }

    #[test]
    fn links_images_and_rules() {
        assert_snapshot!(dump("[见*甲*](../a.md \"题\")、![一*只*桶](b.png)、<https://c.d>、[e]\n\n---\n\n[e]: f.md"), @r#"
        p: <a ../a.md "题">见<em>甲</em></a>、<img b.png "" "一只桶">、<a https://c.d "">https://c.d</a>、<a f.md "">e</a>
        rule
        "#);
    }

    #[test]
    fn quotes_and_dollars_stay_as_typed() {
        assert_snapshot!(dump("\"a\" -- $b$ ~c~ H~2~O"), @r#"p: "a" -- $b$ <del>c</del> H~2~O"#);
    }

    #[test]
    fn headings_get_anchors_that_work_for_chinese() {
        let text = "# 一、Use Water 节水！\n## 节水\n## 节水\n### 别名 {#节水-2 .big}\n## ！\n## 又\n又\n---\n## A-b_c **粗**";
        assert_snapshot!(dump(text), @"
        h1 #一use-water-节水: 一、Use Water 节水！
        h2 #节水: 节水
        h2 #节水-3: 节水
        h3 #节水-2.big: 别名
        h2 #section: ！
        h2 #又: 又
        h2 #又-2: 又
        h2 #a-bc-粗: A-b_c <strong>粗</strong>
        ");
    }

    #[test]
    fn a_chosen_anchor_given_twice_is_numbered() {
        assert_snapshot!(dump("# 甲 {#a}\n# 乙 {#a}"), @"
        h1 #a: 甲
        h1 #a-2: 乙
        ");
    }

    #[test]
    fn ranges_count_in_the_whole_source() {
        let text = "---\ntitle: 甲\n---\n文**：字**内\n\n# 题\n";
        let source = source(text);
        let start = text.find('文').unwrap_or_default();
        let document = super::super::parse(&source, start..text.len(), &mut Diagnostics::default());
        let mut pieces = Vec::new();
        walk(&document, &mut |inline| {
            pieces.push(&text[inline.range.clone()])
        });
        assert_eq!(pieces, ["文", "**：字**", "：字", "内", "题"]);
        let mut pieces = Vec::new();
        walk_blocks(&document, &mut |block| {
            pieces.push(&text[block.range.clone()])
        });
        assert_eq!(pieces, ["文**：字**内\n", "# 题\n"]);
    }

    #[test]
    fn deep_nesting_is_flattened_and_keeps_its_words() {
        for text in [
            ">".repeat(20_000) + "底",
            "- ".repeat(2_000) + "底",
            (0..2_000).map(|_| ":::note\n").collect::<String>() + "底",
            "*a ".repeat(5_000) + "底" + &"*".repeat(5_000),
            "[".repeat(5_000) + "底" + &"](a)".repeat(5_000),
            "![".repeat(2_000) + "底" + &"](a)".repeat(2_000),
            "**底：**".repeat(5_000),
        ] {
            let (document, _) = parsed(&text);
            assert!(super::super::plain_text(&document).contains('底'));
            assert!(depth(&document.blocks) <= MAX_DEPTH + 2);
        }
    }

    fn depth(blocks: &[Block]) -> usize {
        let inner = |block: &Block| match &block.kind {
            BlockKind::Quote { blocks }
            | BlockKind::Alert { blocks, .. }
            | BlockKind::Directive { blocks, .. } => depth(blocks),
            BlockKind::List { items, .. } => {
                1 + items
                    .iter()
                    .map(|item| depth(&item.blocks))
                    .max()
                    .unwrap_or(0)
            }
            _ => 0,
        };
        1 + blocks.iter().map(inner).max().unwrap_or(0)
    }

    /// Bits of Markdown that like to meet in the wrong place.
    fn soup() -> impl Strategy<Value = String> {
        const TOKENS: &str = r"⏎ ⏎ ⏎⏎ ␣␣␣␣ -␣ 1.␣ >␣ #␣ ``` ~~~ :::note ::: :::: x{a=b} ：：： | |-| \
            ⏎|-|⏎ :␣ [^1] [^1]:␣ [ ]( ) ![ ]:␣/a * ** _ ~~ ` <!-- --> <div> <? ?> <b > \ &amp; \
            {#a␣.b} 中 。 「 」 a ␣ ␉ 😀 ⠁ NUL BOM VS [␣]␣ [!NOTE] ---⏎ ===⏎ CR";
        let written = [
            ("⏎", "\n"),
            ("␣", " "),
            ("␉", "\t"),
            ("NUL", "\0"),
            ("BOM", "\u{FEFF}"),
            ("VS", "\u{FE00}"),
            ("CR", "\r\n"),
        ];
        let token = |token: &str| {
            let replace = |token: String, (from, to): &(&str, &str)| token.replace(from, to);
            written.iter().fold(token.to_owned(), replace)
        };
        let tokens: Vec<String> = TOKENS.split_whitespace().map(token).collect();
        let token = prop::sample::select(tokens);
        prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
    }

    fn check_ranges(before: &str, text: &str) {
        let whole = format!("{before}{text}");
        let source = source(&whole);
        let range = before.len()..whole.len();
        let mut diagnostics = Diagnostics::default();
        let document = super::super::parse(&source, range.clone(), &mut diagnostics);
        let lies_within = |place: &Range<usize>| {
            assert!(
                range.start <= place.start
                    && place.end <= range.end
                    && whole.get(place.clone()).is_some(),
                "{place:?} of {whole:?}"
            );
        };
        walk_blocks(&document, &mut |block| lies_within(&block.range));
        walk(&document, &mut |inline| lies_within(&inline.range));
        for diagnostic in diagnostics.iter() {
            lies_within(&diagnostic.at.as_ref().expect("each has a place").range);
        }
        if !text.contains('\u{2801}') {
            assert!(
                !format!("{document:?}").contains('\u{2801}'),
                "a mark is left of {text:?}"
            );
        }
        super::super::plain_text(&document);
        super::super::summary(&document);
        super::super::table_of_contents(&document);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(4_000)
        })]

        #[test]
        fn markdown_soup_gives_places_within_the_source(text in soup()) {
            check_ranges("题\n", &text);
        }

        #[test]
        fn any_text_gives_places_within_the_source(text in "\\PC{0,60}") {
            check_ranges("", &text);
        }
    }
}
