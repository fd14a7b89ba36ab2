//! The pictures that stand for a page: beside a link, and over an article of the account.

use super::{Job, What};
use crate::typeset::{CardShape, ShareCard};

/// The theme's sheets, for messages.
const LINK: &str = "sheets/share";
const COVER: &str = "sheets/cover";

/// Makes the picture that a link shows.
pub(super) fn link(job: &mut Job) {
    add(job, What::Cover, CardShape::Link, "cover.png");
}

/// Makes the two covers of an article.
pub(super) fn article(job: &mut Job) {
    add(job, What::Wechat, CardShape::Banner, "cover-900x383.jpg");
    add(job, What::Wechat, CardShape::Square, "cover-200x200.jpg");
}

fn add(job: &mut Job, what: What, shape: CardShape, name: &str) {
    let page = job.page;
    let short = page.poster.as_ref().and_then(|wish| wish.short.as_deref());
    // Notices lie in folders of months, whose names say little.
    let top = page.section.split('/').next().unwrap_or_default();
    let section = job.site.section(top);
    let card = ShareCard {
        title: match shape {
            CardShape::Square => short.unwrap_or(&page.title),
            _ => &page.title,
        },
        site: &job.site.settings.title,
        section: match (shape, &page.notice) {
            (CardShape::Link, _) | (_, None) => section.map_or("", |it| it.title.as_str()),
            (_, Some(notice)) => job.words.notice(notice.kind),
        },
        topic: page.topic().unwrap_or_default(),
        language: &page.language,
    };
    let setting = job.engine.cover(&card, shape);
    let made = job.cache.bytes(setting.key(), || match shape {
        CardShape::Link => setting.png().map(|png| png.bytes),
        _ => setting.jpeg(),
    });
    match made {
        Ok(bytes) => job.add(what, name, bytes),
        Err(failure) => job.failed(
            if shape == CardShape::Link {
                LINK
            } else {
                COVER
            },
            &failure,
        ),
    }
}
