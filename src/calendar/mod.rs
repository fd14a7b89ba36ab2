//! Dates: periods of rotation, working days, environmental days.
//!
//! Pure arithmetic over [`jiff::civil::Date`]; no clock. Facts about days stand in `days.yaml`.

mod days;
mod period;
mod rule;
mod season;
mod span;
mod working;

pub use days::{Calendar, CalendarDay};
pub use period::{Cadence, Period};
pub use rule::solar_term_between;
pub use season::{NamedSeason, Season};
pub use span::Span as DaySpan;
pub use working::{HolidayTable, NoTable};
