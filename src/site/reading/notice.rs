//! Reading what makes a page a notice.

use crate::diag::Code;
use crate::read::Fields;
use crate::site::page::{Notice, NoticeKind, Posting};

const KINDS: &[(&str, NoticeKind)] = &[
    ("公示", NoticeKind::PublicNotice),
    ("通知", NoticeKind::Instruction),
    ("公告", NoticeKind::Announcement),
    ("通告", NoticeKind::Order),
    ("通报", NoticeKind::Circular),
    ("告知书", NoticeKind::Letter),
    ("责任状", NoticeKind::Pledge),
    ("倡议书", NoticeKind::Appeal),
    ("表扬", NoticeKind::Praise),
    ("活动", NoticeKind::Activity),
    ("提示", NoticeKind::Reminder),
    ("温馨提示", NoticeKind::Hint),
];
/// Bodies that have no power over others, by what their names hold.
const COMMITTEES: [&str; 5] = ["居民委员会", "居委会", "村民委员会", "村委会", "居民小组"];

/// Reads the kind of a notice with its number and signature.
///
/// 公告 and 通告 are for bodies with power over those whom they address: of a committee of residents, as which
/// `organisation` signs where nobody else does, that is told.
pub(super) fn notice(
    fields: &Fields,
    posting: Option<Posting>,
    organisation: &str,
) -> Option<Notice> {
    let kind = fields.word("kind", KINDS);
    let signed = fields.text("signed").map(|text| text.value);
    let issuer = signed.as_deref().unwrap_or(organisation);
    let is_committee = issuer.is_empty() || COMMITTEES.iter().any(|it| issuer.contains(it));
    let is_of_power = |kind| matches!(kind, NoticeKind::Announcement | NoticeKind::Order);
    if let Some(kind) = kind.filter(|kind| is_of_power(*kind) && is_committee) {
        let at = fields.span("kind").range;
        (fields.reader()).report(Code::NoticeKind, &at, |d| d.with("kind", kind.name()));
    }
    let number = fields.text("number");
    if let Some(number) = number.as_ref().filter(|number| !is_document_number(number)) {
        fields
            .reader()
            .report(Code::NoticeNumber, &number.span.range, |d| {
                d.with("number", &number.value)
            });
    }
    Some(Notice {
        kind: kind?,
        number: number.map(|number| number.value),
        signed,
        objections: fields.text("objections").map(|text| text.value),
        posting,
    })
}

/// Recognises 梧社居〔2026〕12号: six-pointed brackets, no 第, no leading zero.
/// Source: 党政机关公文格式 GB/T 9704-2012, 7.2.5.
fn is_document_number(text: &str) -> bool {
    let parts = || {
        let (office, rest) = text.split_once('〔')?;
        let (year, rest) = rest.split_once('〕')?;
        Some((office, year, rest.strip_suffix('号')?))
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    parts().is_some_and(|(office, year, number)| {
        !office.is_empty()
            && year.len() == 4
            && digits(year)
            && digits(number)
            && !number.starts_with('0')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_follow_the_standard() {
        assert!(is_document_number("梧社居〔2026〕12号"));
        for wrong in [
            "梧社居[2026]12号",
            "梧社居〔2026〕第12号",
            "梧社居〔2026〕012号",
            "〔2026〕1号",
            "梧社居〔26〕1号",
        ] {
            assert!(!is_document_number(wrong), "{wrong}");
        }
    }
}
