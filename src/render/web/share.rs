//! Where the picture lies that stands beside a page's title when somebody passes it on.
//!
//! Delivery makes the picture; its name begins with the topic whose motif is drawn.

use sha2::{Digest, Sha256};

use super::build::Build;

/// The folder below the website's root.
const FOLDER: &str = "assets/share";
/// What stands for a topic where a page has none.
const NO_TOPIC: &str = "page";
/// How many bytes of an address' hash name it.
const HASH: usize = 5;

/// Returns the whole address of the picture of the page `url`; `None` where the website has no
/// address or wants no such pictures.
pub(super) fn picture(build: &Build, url: &str, topic: Option<&str>) -> Option<String> {
    if !build.site.settings.delivery.share_pictures {
        return None;
    }
    let hash = Sha256::digest(url.as_bytes());
    let hash: String = hash[..HASH]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let topic = topic.unwrap_or(NO_TOPIC);
    build.absolute(&format!("{FOLDER}/{topic}-{hash}.png"))
}
