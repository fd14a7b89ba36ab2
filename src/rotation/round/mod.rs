//! What comes back from a round: the file, or the words of a message, that a phone made on the page
//! that goes round with whoever changes the boards.
//!
//! ```text
//! greenboard-round 1 7c9e6679
//! {"site": …, "day": "2026-12-01", "on": "2026-12-01", "id": …, "by": …, "boards": […]}
//! ```
//!
//! The head names the format, its version and the CRC-32 of what follows: JSON, or in a message the
//! same in base64 with a full stop behind it, whatever words stand before. The sum finds what was
//! cut or damaged on the way. It cannot find a liar: the page is public and holds no secret. What a
//! file says is therefore held against the site and its plan ([`judge`]) before it is entered
//! ([`enter`]).

mod enter;
mod judge;
mod played;
mod sent;
#[cfg(test)]
mod tests;

pub use enter::{earlier, enter, request};
pub use judge::{Judged, Mark, judge};
pub use played::{Played, entry, missing, played};
pub use sent::{
    Job, MARK, OnBoard, REASONS, Round, Said, Taken, VERSION, parse, poster_key, site_key,
};
