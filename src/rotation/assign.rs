//! The best assignment of rows to columns: which slot shows which topic.
//!
//! The Hungarian method with row and column prices, in whole numbers: exact, and quick for the
//! few slots that a board has.

/// Gain of a pair that must not be.
pub(super) const FORBIDDEN: i64 = i64::MIN;

/// Far above any sum of gains, far below where sums overflow.
const NEVER: i64 = 1 << 50;

/// Assigns to each row at most one column, each column at most once, with the greatest sum of
/// gains; `gains[row][column]` is [`FORBIDDEN`] where the two must not meet. A row may stay
/// without a column at no gain.
pub(super) fn assign(gains: &[Vec<i64>]) -> Vec<Option<usize>> {
    let n_rows = gains.len();
    let n_real = gains.first().map_or(0, Vec::len);
    // One column of no gain for each row lets it stay free.
    let n_columns = n_real + n_rows;
    let cost = |row: usize, column: usize| -> i64 {
        match gains[row].get(column) {
            Some(&FORBIDDEN) => NEVER,
            Some(gain) => -gain,
            None => 0,
        }
    };
    let mut row_price = vec![0_i64; n_rows + 1];
    let mut column_price = vec![0_i64; n_columns + 1];
    // By column, the row that holds it; rows and columns count from 1, and 0 is none.
    let mut holder = vec![0_usize; n_columns + 1];
    for row in 1..=n_rows {
        holder[0] = row;
        let mut reached_from = vec![0_usize; n_columns + 1];
        let mut distance = vec![i64::MAX; n_columns + 1];
        let mut done = vec![false; n_columns + 1];
        let mut at = 0;
        loop {
            done[at] = true;
            let from_row = holder[at];
            let mut step = i64::MAX;
            let mut next = 0;
            for column in 1..=n_columns {
                if done[column] {
                    continue;
                }
                let length =
                    cost(from_row - 1, column - 1) - row_price[from_row] - column_price[column];
                if length < distance[column] {
                    distance[column] = length;
                    reached_from[column] = at;
                }
                if distance[column] < step {
                    step = distance[column];
                    next = column;
                }
            }
            for column in 0..=n_columns {
                if done[column] {
                    row_price[holder[column]] += step;
                    column_price[column] -= step;
                } else if distance[column] < i64::MAX {
                    distance[column] -= step;
                }
            }
            at = next;
            if holder[at] == 0 {
                break;
            }
        }
        // Hand the columns on along the path.
        while at != 0 {
            holder[at] = holder[reached_from[at]];
            at = reached_from[at];
        }
    }
    let mut chosen = vec![None; n_rows];
    for column in 1..=n_real {
        let row = holder[column];
        if row > 0 && gains[row - 1][column - 1] != FORBIDDEN {
            chosen[row - 1] = Some(column - 1);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tries everything.
    fn best(gains: &[Vec<i64>], used: &mut Vec<usize>) -> i64 {
        let Some((first, rest)) = gains.split_first() else {
            return 0;
        };
        let mut most = best(rest, used);
        for (column, &gain) in first.iter().enumerate() {
            if gain != FORBIDDEN && !used.contains(&column) {
                used.push(column);
                most = most.max(gain + best(rest, used));
                used.pop();
            }
        }
        most
    }

    proptest! {
        #[test]
        fn no_assignment_is_better(
            table in (1..5_usize, 0..6_usize).prop_flat_map(|(rows, columns)| {
                let cell = prop_oneof![1 => Just(FORBIDDEN), 4 => -20_i64..100];
                prop::collection::vec(prop::collection::vec(cell, columns), rows)
            })
        ) {
            let chosen = assign(&table);
            let mut columns: Vec<_> = chosen.iter().flatten().collect();
            columns.sort();
            columns.dedup();
            prop_assert_eq!(columns.len(), chosen.iter().flatten().count());
            let sum: i64 = chosen
                .iter()
                .zip(&table)
                .filter_map(|(column, row)| column.map(|column| row[column]))
                .sum();
            prop_assert_eq!(sum, best(&table, &mut Vec::new()));
        }
    }
}
