//! Sheets of one size spread evenly over a board: `8 x A3`.

use crate::area::Size;
use crate::read::values;

/// What lies between sheets, and between them and the edge, where a board's size is not told;
/// in mm.
const GAP: f64 = 40.0;
/// The shape that a board of unknown size takes: width by height.
const SHAPE: f64 = 1.6;

/// So many sheets of one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Arrangement {
    pub count: usize,
    pub sheet: Size,
}

/// Reads `8 x A3`, `8张A3`, `6 x 420x297mm`, or `A4` for a single sheet.
pub(super) fn arrangement(text: &str) -> Option<Arrangement> {
    let plain: String = text.chars().map(values::half_width).collect();
    let many = plain.split_once(['x', 'X', '×', '*', '张']);
    let many = many.and_then(|(count, sheet)| {
        let count = values::whole(count).and_then(|n| usize::try_from(n).ok())?;
        (1..=200).contains(&count).then_some(())?;
        let sheet = values::size(sheet)?;
        Some(Arrangement { count, sheet })
    });
    many.or_else(|| {
        let sheet = values::size(&plain)?;
        Some(Arrangement { count: 1, sheet })
    })
}

/// Finds places for `count` sheets in `room`, or in the room that they need: the room's size, and
/// the upper left corners row by row, in whole mm.
///
/// # Errors
/// Where so many do not go into the room: how many would.
pub(super) fn arrange(
    count: usize,
    sheet: Size,
    room: Option<Size>,
) -> Result<(Size, Vec<(f64, f64)>), usize> {
    let grids = (1..=count).map(|columns| Grid::new(count, columns, sheet));
    let best = match room {
        Some(room) => grids
            .filter(|grid| grid.gap(room) >= 0.0)
            .max_by(|a, b| a.ease(room).total_cmp(&b.ease(room))),
        None => grids.min_by(|a, b| a.misshape().total_cmp(&b.misshape())),
    };
    let Some(grid) = best else {
        let along = |room: f64, sheet: f64| {
            let fits = |n: &i32| f64::from(*n) * sheet <= room;
            (1..=200).take_while(fits).count()
        };
        let fits = |room: Size| along(room.width, sheet.width) * along(room.height, sheet.height);
        return Err(room.map_or(0, fits));
    };
    let size = room.unwrap_or(grid.size());
    Ok((size, grid.places(size)))
}

/// Sheets in columns and rows.
struct Grid {
    count: usize,
    columns: usize,
    rows: usize,
    sheet: Size,
}

impl Grid {
    fn new(count: usize, columns: usize, sheet: Size) -> Self {
        Self {
            count,
            columns,
            rows: count.div_ceil(columns),
            sheet,
        }
    }

    /// What lies between the sheets of `room`, across and down, in mm.
    fn gaps(&self, room: Size) -> (f64, f64) {
        let gap = |room: f64, sheet: f64, n: usize| {
            #[expect(clippy::cast_precision_loss, reason = "at most 200")]
            let n = n as f64;
            (room - n * sheet) / (n + 1.0)
        };
        (
            gap(room.width, self.sheet.width, self.columns),
            gap(room.height, self.sheet.height, self.rows),
        )
    }

    fn gap(&self, room: Size) -> f64 {
        let (across, down) = self.gaps(room);
        across.min(down)
    }

    fn is_full(&self) -> bool {
        self.count == self.columns * self.rows
    }

    /// How well the sheets lie in `room`: wide gaps and full rows are good.
    fn ease(&self, room: Size) -> f64 {
        self.gap(room) * if self.is_full() { 2.0 } else { 1.0 }
    }

    /// How far the grid is from the usual shape of a board.
    fn misshape(&self) -> f64 {
        let size = self.size();
        let off = (size.width / size.height / SHAPE).ln().abs();
        off + if self.is_full() { 0.0 } else { 1.0 }
    }

    /// The size of a board that holds it.
    fn size(&self) -> Size {
        #[expect(clippy::cast_precision_loss, reason = "at most 200")]
        let side = |n: usize, sheet: f64| n as f64 * (sheet + GAP) + GAP;
        Size::new(
            side(self.columns, self.sheet.width),
            side(self.rows, self.sheet.height),
        )
    }

    /// The upper left corners; a last row that is not full stands in the middle.
    fn places(&self, room: Size) -> Vec<(f64, f64)> {
        let (across, down) = self.gaps(room);
        let place = |index: usize| {
            let (row, column) = (index / self.columns, index % self.columns);
            let in_row = (self.count - row * self.columns).min(self.columns);
            #[expect(clippy::cast_precision_loss, reason = "at most 200")]
            let (row, column, missing) =
                (row as f64, column as f64, (self.columns - in_row) as f64);
            let (step_x, step_y) = (self.sheet.width + across, self.sheet.height + down);
            let x = across + (column + missing / 2.0) * step_x;
            let y = down + row * step_y;
            (x.floor(), y.floor())
        };
        (0..self.count).map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A3: Size = Size {
        width: 297.0,
        height: 420.0,
    };

    #[test]
    fn arrangements_are_read_as_people_write_them() {
        let eight = Some(Arrangement {
            count: 8,
            sheet: A3,
        });
        for text in [
            "8 x A3",
            "8xA3",
            "8 × a3",
            "８张A3",
            "八张A3",
            "8 * 297x420mm",
            "8张29.7x42厘米",
        ] {
            assert_eq!(arrangement(text), eight, "{text}");
        }
        let one = arrangement("A3 横").map(|it| (it.count, it.sheet.width));
        assert_eq!(one, Some((1, 420.0)));
        for text in ["", "八张", "0 x A3", "8 x", "999 x A3"] {
            assert_eq!(arrangement(text), None, "{text}");
        }
    }

    #[test]
    fn sheets_are_spread_evenly_in_the_room() {
        let room = Size::new(2400.0, 1200.0);
        let (size, places) = arrange(8, A3, Some(room)).expect("they fit");
        assert_eq!(size, room);
        assert_eq!(places[..2], [(242.0, 120.0), (781.0, 120.0)]);
        assert_eq!(places[4], (242.0, 660.0));
    }

    #[test]
    fn a_board_of_unknown_size_is_as_large_as_its_sheets_need() {
        let (size, places) = arrange(6, A3, None).expect("they fit");
        assert_eq!((size.width, size.height), (1051.0, 960.0));
        assert_eq!(places.len(), 6);
        assert_eq!(places[5], (714.0, 500.0));
    }

    #[test]
    fn a_last_row_that_is_not_full_stands_in_the_middle() {
        let room = Size::new(1200.0, 1000.0);
        let (_, places) = arrange(5, A3, Some(room)).expect("they fit");
        assert_eq!(places[3].0 - places[0].0, 187.0);
    }

    #[test]
    fn too_many_sheets_are_refused_with_how_many_fit() {
        assert_eq!(arrange(9, A3, Some(Size::new(1200.0, 900.0))), Err(8));
    }
}
