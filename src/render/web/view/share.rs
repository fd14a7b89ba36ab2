//! Where the picture lies that stands beside a page's title when somebody passes it on.
//!
//! Delivery makes the picture; its name begins with the topic whose motif is drawn.

use crate::digest::short;
use crate::render::web::facts::on_web::OnWeb;

/// The folder below the website's root.
const FOLDER: &str = "assets/share";
/// What stands for a topic where a page has none.
const NO_TOPIC: &str = "page";
/// How many digits of an address' hash name it.
const HASH: usize = 10;

/// Returns the whole address of the picture of the page `url`; `None` where the website has no
/// address or wants no such pictures.
pub(in crate::render::web) fn picture(
    on_web: &OnWeb,
    url: &str,
    topic: Option<&str>,
) -> Option<String> {
    if !on_web.site.settings.delivery.share_pictures {
        return None;
    }
    let hash = short(url, HASH);
    let topic = topic.unwrap_or(NO_TOPIC);
    on_web.absolute(&format!("{FOLDER}/{topic}-{hash}.png"))
}
