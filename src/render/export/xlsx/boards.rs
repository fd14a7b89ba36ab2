//! 按宣传栏: what hangs on each board.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::deeds::numbers;
use super::{A4, Book, date, whole};
use crate::calendar::Period;
use crate::rotation::{Hanging, Origin};
use crate::site::{Board, BoardKind};
use crate::typeset::Portion;

impl Book<'_> {
    /// 按宣传栏: a row a hanging.
    pub(super) fn boards(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let name = self.pick("按宣传栏", "Boards");
        let columns = [
            (self.pick("宣传栏", "Board"), 18.0),
            (self.pick("版面", "Slot"), 14.0),
            (self.pick("期", "Period"), 18.0),
            (self.pick("挂上", "From"), 12.0),
            (self.pick("最后一天", "To"), 12.0),
            (self.pick("宣传品", "Poster"), 34.0),
            (self.pick("类别", "Kind"), 8.0),
            (self.pick("主题", "Topic"), 12.0),
            (self.pick("尺寸", "Size"), 13.0),
            (self.pick("份数", "Copies"), 7.0),
            (self.pick("来源", "Decided by"), 8.0),
        ];
        self.begin(sheet, name, name, &columns)?;
        sheet.set_paper_size(A4);
        sheet.set_freeze_panes(2, 0)?;
        let mut row = 2;
        for board in &self.deeds.site.boards {
            let mut hangings: Vec<&Hanging> = self.plan.hangings.iter().collect();
            hangings.retain(|hanging| hanging.board == board.id);
            let slot = |hanging: &Hanging| {
                let mut slots = board.slots.iter();
                slots.position(|slot| slot.id == hanging.slot)
            };
            hangings.sort_by_key(|hanging| (hanging.from, slot(hanging)));
            for hanging in hangings {
                self.hanging(sheet, row, board, hanging)?;
                row += 1;
            }
        }
        sheet.autofilter(1, 0, row.saturating_sub(1).max(1), 10)?;
        Ok(())
    }

    fn hanging(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        board: &Board,
        hanging: &Hanging,
    ) -> Result<(), XlsxError> {
        let looks = &self.looks;
        let slot = board.slot(&hanging.slot);
        let mut numbers = numbers(board);
        let number = numbers.remove(hanging.slot.as_str());
        let number = number.unwrap_or_else(|| hanging.slot.clone());
        let label = match slot.and_then(|slot| slot.title.as_ref()) {
            Some(title) => format!("{number} {title}"),
            None => number,
        };
        let page = self.deeds.site.page(&hanging.poster);
        let notice = page.and_then(|page| page.notice.as_ref());
        let period = Period::containing(board.cadence, hanging.from);
        sheet.write_with_format(row, 0, &board.title, &looks.text)?;
        sheet.write_with_format(row, 1, label, &looks.text)?;
        sheet.write_with_format(row, 2, self.period(period), &looks.text)?;
        sheet.write_with_format(row, 3, &date(hanging.from)?, &looks.day)?;
        sheet.write_with_format(row, 4, &date(hanging.to)?, &looks.day)?;
        let language = self.deeds.site.settings.message_language();
        let title = self.deeds.title(&hanging.poster);
        let title = Portion::behind(self.portions.of(hanging), title, language);
        let look = if notice.is_some() {
            &looks.notice
        } else {
            &looks.text
        };
        sheet.write_with_format(row, 5, title, look)?;
        let kind = notice.map_or("", |notice| notice.kind.name());
        sheet.write_with_format(row, 6, kind, &looks.centred)?;
        sheet.write_with_format(row, 7, self.topic(&hanging.poster), &looks.centred)?;
        let size = slot.map(|slot| slot.area.size().to_string());
        sheet.write_with_format(row, 8, size.unwrap_or_default(), &looks.centred)?;
        sheet.write_with_format(row, 9, whole(copies(board)), &looks.number)?;
        let origin = match hanging.origin {
            Origin::Ledger => self.pick("已挂", "hung"),
            Origin::Published => self.pick("定稿", "published"),
            Origin::Planned => self.pick("安排", "planned"),
        };
        sheet.write_with_format(row, 10, origin, &looks.centred)?;
        Ok(())
    }
}

/// How many sheets a hanging takes.
fn copies(board: &Board) -> usize {
    match board.kind {
        BoardKind::Screen => 0,
        _ => board.places.len(),
    }
}
