//! What stands above and below the text: when and where, until when, who signs, whom to call.

use super::article::{Writer, escape, whole};
use super::look::{LINE, PARAGRAPH};
use crate::site::{Campaign, Event, Notice};
use crate::typeset::data::{MarkKind, MonthData};

impl Writer<'_> {
    /// Writes kind and number of a notice, the lead, the ticket of an event, the days of a posting
    /// period.
    pub fn facts_above(&mut self) {
        let page = self.page;
        if let Some(notice) = &page.notice {
            self.kind(notice);
        }
        let lead = page.poster.as_ref().and_then(|wish| wish.lead.as_deref());
        if let Some(lead) = lead {
            let style = format!(
                "margin:0 0 18px;font-size:18px;line-height:1.6;color:{};",
                self.look.pine
            );
            self.paragraph_of(&style, &escape(lead));
        }
        if let Some(event) = &page.event {
            self.ticket(event);
        }
        if let Some(campaign) = &page.campaign {
            let year = self.site.today.year();
            let span = self.words.span(campaign.from, campaign.to, year);
            // Below the day that opens it, its own days want their name.
            let line = match page.event {
                Some(_) => self.words.fill("message_campaign", &[("when", &span)]),
                None => span,
            };
            self.band(&line, "");
        }
        let layout = page.poster.as_ref().and_then(|wish| wish.layout.as_ref());
        if let Some(date) = page
            .date
            .filter(|_| layout.is_some_and(|it| it.value == "month"))
        {
            self.days(&MonthData::of(self.site, date));
        }
        let posting = page.notice.as_ref().and_then(|notice| notice.posting);
        if let Some(posting) = posting {
            let year = self.site.today.year();
            let span = self.words.span(posting.first, posting.last, year);
            let count = posting.working_days.map_or(String::new(), |n| {
                self.words.fill("working_days", &[("n", &n.to_string())])
            });
            let span = self.words.fill("message_posting", &[("when", &span)]);
            self.band(&span, &count);
        }
    }

    fn kind(&mut self, notice: &Notice) {
        let (pine, on_pine, soft) = (&self.look.pine, &self.look.on_pine, &self.look.soft);
        let kind = escape(self.words.notice(notice.kind));
        let number = notice.number.as_deref().map_or(String::new(), |number| {
            format!(
                "　<span style=\"font-size:14px;color:{soft};\">{}</span>",
                escape(number)
            )
        });
        let html = format!(
            "<span style=\"padding:2px 10px;background-color:{pine};color:{on_pine};font-weight:bold;\">{kind}</span>{number}"
        );
        self.paragraph_of(PARAGRAPH, &html);
    }

    /// A dark band with one line, and a smaller one behind it.
    fn band(&mut self, line: &str, more: &str) {
        let (pine, on_pine) = (&self.look.pine, &self.look.on_pine);
        let more = match more.is_empty() {
            true => String::new(),
            false => format!(
                "<span style=\"margin-left:8px;font-size:14px;font-weight:normal;\">{}</span>",
                escape(more)
            ),
        };
        let html = format!(
            "<section style=\"margin:0 0 18px;padding:12px 14px;background-color:{pine};color:{on_pine};\">\
             <p style=\"{LINE}font-size:17px;line-height:1.6;font-weight:bold;\">{}{more}</p></section>\n",
            escape(line)
        );
        self.push(&html);
    }

    /// The day as a large figure, beside it month, weekday, time and place.
    fn ticket(&mut self, event: &Event) {
        let (pine, on_pine, sun) = (&self.look.pine, &self.look.on_pine, &self.look.sun);
        let year = self.site.today.year();
        let when = match event.until {
            Some(until) => self.words.span(event.date, until, year),
            None => self.words.day_of_week(event.date, year),
        };
        let lines = [Some(when), event.time.clone(), event.place.clone()];
        let lines: Vec<String> = lines.iter().flatten().map(|line| whole(line)).collect();
        let figure = match event.until {
            Some(_) => String::new(),
            None => format!(
                "<td style=\"width:88px;padding:14px 0 14px 14px;border:0;background-color:{pine};color:{sun};\
                 font-size:52px;line-height:1;font-weight:bold;text-align:center;vertical-align:middle;\">{}</td>",
                event.date.day()
            ),
        };
        let html = format!(
            "<table style=\"width:100%;margin:0 0 18px;border-collapse:collapse;\"><tbody><tr>{figure}\
             <td style=\"padding:14px;border:0;background-color:{pine};color:{on_pine};font-size:17px;\
             line-height:1.6;font-weight:bold;vertical-align:middle;\">{}</td></tr></tbody></table>\n",
            lines.join("<br>")
        );
        self.push(&html);
    }

    /// Writes the bins, figures, stages and days that belong to the page, who signs, whom to call.
    pub fn facts_below(&mut self) {
        let page = self.page;
        let items: Vec<String> = page.items.iter().map(|item| item.value.clone()).collect();
        self.items(&items);
        if !page.figures.is_empty() {
            self.figures();
        }
        if let Some(campaign) = page.campaign.as_ref().filter(|it| !it.stages.is_empty()) {
            self.stages(campaign);
        }
        if let Some(notice) = &page.notice {
            self.signed(notice);
        }
        self.contact();
    }

    fn figures(&mut self) {
        let (pine, line, soft) = (&self.look.pine, &self.look.line, &self.look.soft);
        let mut html =
            "<table style=\"width:100%;margin:18px 0;border-collapse:collapse;\"><tbody>\n"
                .to_owned();
        for figure in &self.page.figures {
            let unit = figure.unit.as_deref().unwrap_or("");
            html.push_str(&format!(
                "<tr><td style=\"padding:8px 12px 8px 0;border:0;border-bottom:1px solid {line};\
                 font-size:26px;line-height:1.3;font-weight:bold;color:{pine};white-space:nowrap;\">{}\
                 <span style=\"font-size:14px;font-weight:normal;color:{soft};\">{}</span></td>\
                 <td style=\"padding:8px 0;border:0;border-bottom:1px solid {line};font-size:15px;\">{}</td></tr>\n",
                escape(&figure.value),
                escape(unit),
                escape(&figure.label),
            ));
        }
        html.push_str("</tbody></table>\n");
        self.push(&html);
    }

    fn stages(&mut self, campaign: &Campaign) {
        let (today, year) = (self.site.today, self.site.today.year());
        for stage in &campaign.stages {
            let day = self.words.day(stage.due, year);
            let is_done = stage.done_by(today).is_some();
            let edge = if is_done {
                &self.look.leaf
            } else {
                &self.look.sun
            };
            let day = match is_done {
                true => format!("✓ {day}"),
                false => self.words.fill("until", &[("day", &day)]),
            };
            let text = stage.text.as_deref().map_or(String::new(), |text| {
                format!(
                    "<br><span style=\"font-size:15px;\">{}</span>",
                    escape(text)
                )
            });
            let html = format!(
                "<section style=\"margin:0 0 10px;padding:2px 0 2px 12px;border-left:4px solid {edge};\">\
                 <p style=\"{LINE}\"><span style=\"font-size:14px;color:{};\">{}</span><br>\
                 <strong style=\"color:{};\">{}</strong>{text}</p></section>\n",
                self.look.soft,
                escape(&day),
                self.look.pine,
                escape(&stage.title),
            );
            self.push(&html);
        }
    }

    /// The days of a month on which something falls.
    fn days(&mut self, month: &MonthData) {
        let (line, pine, soft) = (&self.look.line, &self.look.pine, &self.look.soft);
        let mut html = "<table style=\"width:100%;margin:18px 0;border-collapse:collapse;font-size:15px;line-height:1.5;\"><tbody>\n".to_owned();
        for day in month.days.iter().filter(|day| !day.marks.is_empty()) {
            let marks: Vec<String> = day
                .marks
                .iter()
                .map(|mark| {
                    let is_own = mark.kind != MarkKind::Observance;
                    let ends = match mark.kind {
                        MarkKind::Posting => self.words.ending("posting_ends", &mark.title),
                        _ => "",
                    };
                    let title = escape(&mark.title);
                    let title = match is_own {
                        true => format!("<strong style=\"color:{pine};\">{title}</strong>{ends}"),
                        false => title,
                    };
                    let more: Vec<String> = [&mark.time, &mark.place]
                        .into_iter()
                        .flatten()
                        .map(|it| escape(it))
                        .collect();
                    match more.is_empty() {
                        true => title,
                        false => format!(
                            "{title}<br><span style=\"font-size:14px;color:{soft};\">{}</span>",
                            more.join("，")
                        ),
                    }
                })
                .collect();
            let date = jiff::civil::Date::new(day.date.year, day.date.month, day.date.day);
            let name = date
                .map(|date| self.words.day(date, day.date.year))
                .unwrap_or_default();
            html.push_str(&format!(
                "<tr><td style=\"padding:8px 10px 8px 0;border:0;border-bottom:1px solid {line};\
                 white-space:nowrap;vertical-align:top;font-weight:bold;\">{}<br>\
                 <span style=\"font-size:13px;font-weight:normal;color:{soft};\">{}</span></td>\
                 <td style=\"padding:8px 0;border:0;border-bottom:1px solid {line};vertical-align:top;\">{}</td></tr>\n",
                escape(&name),
                day.date.weekday,
                marks.join("<br>"),
            ));
        }
        html.push_str("</tbody></table>\n");
        self.push(&html);
    }

    fn signed(&mut self, notice: &Notice) {
        let who = notice
            .signed
            .as_deref()
            .unwrap_or(&self.site.settings.organisation);
        let date = self.page.date.map(|date| self.words.day(date, i16::MIN));
        let lines: Vec<String> = [Some(who.to_owned()), date]
            .iter()
            .flatten()
            .map(|it| escape(it))
            .collect();
        self.paragraph_of("margin:24px 0 18px;text-align:right;", &lines.join("<br>"));
    }

    /// Whom to call, and the address of the page in words.
    fn contact(&mut self) {
        let settings = &self.site.settings;
        let contact = &settings.contact;
        let notice = self.page.notice.as_ref();
        let objections = notice.and_then(|notice| notice.objections.as_deref());
        let mut lines = Vec::new();
        lines.extend(objections.map(|who| self.words.fill("message_objections", &[("who", who)])));
        let phone = contact.phone.as_deref();
        lines.extend(phone.map(|phone| self.words.fill("message_call", &[("phone", phone)])));
        let place = [&contact.address, &contact.hours];
        lines.extend(place.into_iter().flatten().cloned());
        if lines.is_empty() {
            return;
        }
        let lines: Vec<String> = lines.iter().map(|line| whole(line)).collect();
        let style = self.look.panel(&self.look.pine);
        self.push(&format!("<section style=\"{style}\">"));
        let head = format!("<strong>{}</strong>", escape(&settings.organisation));
        let text = format!("{head}<br>{}", lines.join("<br>"));
        self.paragraph_of(&format!("{LINE}font-size:15px;line-height:1.7;"), &text);
        self.push("</section>\n");
    }
}
