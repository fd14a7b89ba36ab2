//! 打印清单: what is printed, by whom and for how much.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::super::order::{Line, Maker, order};
use super::{A4, Book, money, plain, whole};

impl Book<'_> {
    /// 打印清单: what is printed in the month, with sums that follow when numbers are changed.
    pub(super) fn order(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let order = order(self.deeds, self.month);
        let name = self.pick("打印清单", "Order");
        let columns = [
            (self.pick("谁印", "Printed by"), 10.0),
            (self.pick("尺寸", "Size"), 13.0),
            (self.pick("材料、工艺", "Made of"), 16.0),
            (self.pick("宣传品", "Poster"), 36.0),
            (self.pick("挂在哪里", "Where"), 50.0),
            (self.pick("份数", "Copies"), 8.0),
            (self.pick("单价（元）", "Price (yuan)"), 11.0),
            (self.pick("金额（元）", "Sum (yuan)"), 11.0),
        ];
        let title = format!("{name}　{}", self.period(self.month));
        self.begin(sheet, name, &title, &columns)?;
        sheet.set_paper_size(A4);
        sheet.set_freeze_panes(2, 0)?;
        let mut row = 2;
        for line in &order.lines {
            self.order_line(sheet, row, line)?;
            row += 1;
        }
        let looks = &self.looks;
        let copies: usize = order.lines.iter().map(|line| line.copies).sum();
        if row > 2 {
            sheet.merge_range(row, 0, row, 4, self.pick("合计", "Total"), &looks.total)?;
            let sum = |column: char, result: String| {
                Formula::new(format!("=SUM({column}3:{column}{row})")).set_result(result)
            };
            sheet.write_with_format(row, 5, sum('F', copies.to_string()), &looks.total)?;
            sheet.write_with_format(row, 6, "", &looks.total)?;
            let total = sum('H', plain(order.total));
            sheet.write_with_format(row, 7, total, &looks.total_money)?;
            row += 1;
        }
        if let Some(budget) = order.budget {
            let label = self.pick("本月经费", "Budget of the month");
            sheet.merge_range(row, 0, row, 6, label, &looks.total)?;
            sheet.write_with_format(row, 7, money(budget), &looks.total_money)?;
            row += 1;
        }
        if let Some(funds) = &order.funds {
            let label = format!("{}{funds}", self.pick("经费来源：", "Funds: "));
            sheet.write_with_format(row, 0, label, &looks.quiet)?;
            row += 1;
        }
        for line in &order.missing {
            let title = self.deeds.name(line.kind);
            let lacks = match self.deeds.is_chinese() {
                false => format!("Missing, to be asked for: {title}, {} copies", line.copies),
                true => format!("还缺，要向上级要：{title} {}份", line.copies),
            };
            sheet.write_with_format(row, 0, lacks, &looks.quiet)?;
            row += 1;
        }
        Ok(())
    }

    fn order_line(&self, sheet: &mut Worksheet, row: u32, line: &Line) -> Result<(), XlsxError> {
        let looks = &self.looks;
        let maker = match line.maker {
            Maker::Shop => self.pick("送店", "shop"),
            Maker::Office => self.pick("办公室", "office"),
        };
        let copies: usize = line.places.iter().map(|(_, n)| n).sum();
        sheet.write_with_format(row, 0, maker, &looks.centred)?;
        sheet.write_with_format(row, 1, line.size.to_string(), &looks.centred)?;
        let make = self.deeds.make(line.kind.make).unwrap_or_default();
        sheet.write_with_format(row, 2, make, &looks.text)?;
        let title = self.deeds.paid(line.kind);
        sheet.write_with_format(row, 3, title, &looks.text)?;
        let places = self.deeds.joined(&line.places, copies);
        sheet.write_with_format(row, 4, places, &looks.text)?;
        sheet.write_with_format(row, 5, whole(line.copies), &looks.number)?;
        sheet.write_with_format(row, 6, money(line.price), &looks.money)?;
        let at = row + 1;
        let sum = Formula::new(format!("=F{at}*G{at}")).set_result(plain(line.sum()));
        sheet.write_with_format(row, 7, sum, &looks.money)?;
        Ok(())
    }
}
