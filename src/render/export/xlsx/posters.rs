//! 按宣传品: where and how often each poster hangs.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::deeds::numbers;
use super::{A4, Book, whole};
use crate::rotation::Hanging;
use crate::site::Approval;
use crate::typeset::Portion;

impl Book<'_> {
    /// 按宣传品: a row a poster, those that hang nowhere too.
    pub(super) fn posters(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let name = self.pick("按宣传品", "Posters");
        let columns = [
            (self.pick("宣传品", "Poster"), 34.0),
            (self.pick("类别", "Kind"), 8.0),
            (self.pick("主题", "Topic"), 12.0),
            (self.pick("挂几次", "Times"), 8.0),
            (self.pick("几块栏", "Boards"), 8.0),
            (self.pick("印几份", "Printed"), 8.0),
            (self.pick("挂在哪里", "Where"), 70.0),
            (self.pick("文件", "File"), 30.0),
        ];
        self.begin(sheet, name, name, &columns)?;
        sheet.set_paper_size(A4);
        sheet.set_freeze_panes(2, 1)?;
        let (first, last) = self.span();
        let prints = self.deeds.carriage.prints(first, last);
        let mut row = 2;
        for page in &self.deeds.site.pages {
            let hangings: Vec<&Hanging> = self.plan.of_poster(&page.id).collect();
            if hangings.is_empty() && (page.poster.is_none() || page.approval != Approval::Approved)
            {
                continue;
            }
            let looks = &self.looks;
            let notice = page.notice.as_ref();
            let mut boards: Vec<&str> = hangings.iter().map(|it| it.board.as_str()).collect();
            boards.sort_unstable();
            // Several sheets that hang together are one notice that hangs once.
            let leads = |it: &&&Hanging| self.portions.of(it).is_none_or(|it| it.number == 1);
            let times = hangings.iter().filter(leads).count();
            boards.dedup();
            let printed = prints.iter().filter(|it| it.kind.poster == page.id);
            let printed: usize = printed.map(|print| print.copies).sum();
            let look = if notice.is_some() {
                &looks.notice
            } else {
                &looks.text
            };
            sheet.write_with_format(row, 0, &page.title, look)?;
            let kind = notice.map_or("", |notice| notice.kind.name());
            sheet.write_with_format(row, 1, kind, &looks.centred)?;
            sheet.write_with_format(row, 2, self.topic(&page.id), &looks.centred)?;
            sheet.write_with_format(row, 3, whole(times), &looks.number)?;
            sheet.write_with_format(row, 4, whole(boards.len()), &looks.number)?;
            sheet.write_with_format(row, 5, whole(printed), &looks.number)?;
            sheet.write_with_format(row, 6, self.places(&hangings), &looks.text)?;
            sheet.write_with_format(row, 7, page.path.as_str(), &looks.text)?;
            row += 1;
        }
        sheet.autofilter(1, 0, row.saturating_sub(1).max(1), 7)?;
        Ok(())
    }

    /// Where and when a poster hangs, in the order of days.
    fn places(&self, hangings: &[&Hanging]) -> String {
        let mut hangings = hangings.to_vec();
        hangings.sort_by(|a, b| (a.from, &a.board, &a.slot).cmp(&(b.from, &b.board, &b.slot)));
        let place = |hanging: &&Hanging| {
            let board = self.deeds.site.board(&hanging.board);
            let (title, number) = match board {
                Some(board) => {
                    let mut numbers = numbers(board);
                    let number = numbers.remove(hanging.slot.as_str());
                    (&board.title, number.unwrap_or_default())
                }
                None => (&hanging.board, hanging.slot.clone()),
            };
            let language = self.deeds.site.settings.message_language();
            let slot = match self.deeds.is_chinese() {
                false => format!("{title}, slot {number}"),
                true => format!("{title}第{number}格"),
            };
            let slot = Portion::behind(self.portions.of(hanging), &slot, language);
            let days = format!("{}–{}", self.day(hanging.from), self.day(hanging.to));
            format!("{slot}{}{days}", self.pick(" ", ": "))
        };
        let places: Vec<String> = hangings.iter().map(place).collect();
        match places.is_empty() {
            true => self.pick("没有排上", "nowhere").to_owned(),
            false => places.join(self.pick("；", "; ")),
        }
    }
}
