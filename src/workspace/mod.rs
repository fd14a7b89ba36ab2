//! The library's face: what can be done with a site, for whoever has a terminal, a browser or a
//! test before them.
//!
//! A [`Workspace`] is a site's folder, opened. Unsaved text is laid over its files; a
//! [`Snapshot`] is the site as it stands then, to be checked, planned, built or shown; what came
//! of it is published into the output folders in one step. Nothing here prints or asks, and
//! nothing is shared between two workspaces of one process but tables of the program itself and
//! [`guard`](crate::guard), which watches over the process as a whole.

mod affects;
mod build;
mod change;
mod edits;
mod issue;
mod kept;
mod mend;
mod named;
mod open;
mod photos;
mod plan;
mod post;
mod snapshot;
mod sources;
mod told;
mod urgent;

pub use affects::{Affected, How};
pub use build::{Built, Request};
pub use change::{NotOtherwise, Otherwise};
pub use issue::{Issued, Target};
pub use kept::{Files, Kept, hashes, short_hash};
pub use named::{Named, Wrong, board, boards, check_day, exceptions, hangers, poster};
pub use open::{NoFolder, Workspace, nearest};
pub use photos::{Picture, Pictures, Walked, dealt, no_photo, shared, walked};
pub use plan::{Proposed, PublishedPlan, propose, publish_plan};
pub use post::{LedgerAlone, changed, enter, enter_played, enterable, played_name};
pub use snapshot::{Remembered, Snapshot};
pub use sources::{Arrival, found};
pub use told::{Made, Told};
pub use urgent::Urgent;
