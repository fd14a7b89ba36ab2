//! What stands already where a file is to go, and how it differs.

use super::Planned;
use crate::read::Inputs;

/// The most lines of a text that are compared one by one.
const MOST: usize = 3_000;

/// What stands where a file is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Nothing,
    /// The same.
    Same,
    /// Something else; of texts the lines in which they differ.
    Other(Vec<Line>),
}

/// A line in which two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// It stands in the file there is, at that line from 1.
    There(usize, String),
    /// It would stand in the new one.
    New(String),
}

/// Looks what stands where `planned` is to go.
pub fn standing(planned: &Planned, inputs: &dyn Inputs) -> Standing {
    let Ok(there) = inputs.read(&planned.path) else {
        return Standing::Nothing;
    };
    if *there == *planned.bytes {
        return Standing::Same;
    }
    match (
        std::str::from_utf8(&there),
        std::str::from_utf8(&planned.bytes),
    ) {
        (Ok(there), Ok(new)) => Standing::Other(differing(there, new)),
        _ => Standing::Other(Vec::new()),
    }
}

/// Returns the lines in which two texts differ, by their longest common sequence.
fn differing(there: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (there.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[head..], &new[head..]);
    let tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    let gone = |at: usize| Line::There(head + at + 1, a[at].to_owned());
    let come = |at: usize| Line::New(b[at].to_owned());
    if a.len() > MOST || b.len() > MOST {
        return (0..a.len())
            .map(gone)
            .chain((0..b.len()).map(come))
            .collect();
    }
    // How long a common sequence is from each pair of places on.
    let width = b.len() + 1;
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = match a[i] == b[j] {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == b.len()
            || i < a.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1]
        {
            lines.push(gone(i));
            i += 1;
        } else {
            lines.push(come(j));
            j += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_told() {
        let lines = differing("甲\n乙\n丙\n丁\n", "甲\n乙二\n丙\n丁\n戊\n");
        let told = [
            Line::There(2, "乙".to_owned()),
            Line::New("乙二".to_owned()),
            Line::New("戊".to_owned()),
        ];
        assert_eq!(lines, told);
    }
}
