//! Colours of a stream of a PDF, written anew, and black type that is printed over what lies below it.

use std::collections::BTreeSet;

use lopdf::Object;
use lopdf::content::Operation;

/// What is painted with instead of RGB and greys.
pub(super) trait Paint {
    /// The colour space, as PDF names it.
    fn space(&self) -> &'static str;

    /// The operators that set a colour of it, to fill and to stroke with.
    fn operator(&self) -> [&'static str; 2];

    /// The shares that stand for a colour.
    fn shares(&self, rgb: [u8; 3]) -> Vec<f32>;

    /// Tells whether type of these shares is printed over what lies below it, which then stays whole.
    fn overprints(&self, _shares: &[f32]) -> bool {
        false
    }
}

/// What type is printed over the ground with, and all else not: names in the resources.
pub(super) const STATES: [(&str, bool); 2] = [("GreenboardOver", true), ("GreenboardNot", false)];

/// What colours are set as a stream is read.
#[derive(Clone, Copy, Default)]
struct Hand {
    /// Whether colours to fill and to stroke with are numbers of RGB or grey spaces.
    ours: [bool; 2],
    /// Whether type is filled with what overprints.
    over: bool,
}

/// Puts colours in the place of others.
pub(super) struct Brush<'a, P> {
    paint: &'a P,
    /// The names of RGB and grey spaces.
    spaces: &'a BTreeSet<Vec<u8>>,
    hand: Hand,
    saved: Vec<Hand>,
    /// Whether within type, and whether it is being printed over what lies below.
    in_text: bool,
    is_over: bool,
    /// The path that is being drawn.
    path: Path,
    /// Whether any is.
    overprints: bool,
    out: Vec<Operation>,
}

impl<'a, P: Paint> Brush<'a, P> {
    pub(super) fn new(paint: &'a P, spaces: &'a BTreeSet<Vec<u8>>) -> Self {
        Self {
            paint,
            spaces,
            hand: Hand::default(),
            saved: Vec::new(),
            in_text: false,
            is_over: false,
            path: Path::default(),
            overprints: false,
            out: Vec::new(),
        }
    }

    /// Returns the operations with other colours, and whether some of them overprint.
    pub(super) fn rewritten(mut self, operations: Vec<Operation>) -> (Vec<Operation>, bool) {
        for operation in operations {
            self.take(operation);
        }
        (self.out, self.overprints)
    }

    fn take(&mut self, mut operation: Operation) {
        let strokes = operation
            .operator
            .starts_with(|c: char| c.is_ascii_uppercase());
        match operation.operator.as_str() {
            "q" => self.saved.push(self.hand),
            "Q" => {
                self.hand = self.saved.pop().unwrap_or_default();
                // The state that was saved has what was set before.
                self.is_over = false;
            }
            "cs" | "CS" => {
                let name = operation.operands.first();
                let name = name.and_then(|name| name.as_name().ok());
                let is_ours = name.is_some_and(|name| self.spaces.contains(name));
                self.hand.ours[usize::from(strokes)] = is_ours;
                if is_ours {
                    return;
                }
                self.filled(strokes, &[]);
            }
            "sc" | "SC" | "scn" | "SCN" if self.hand.ours[usize::from(strokes)] => {
                self.colour(&mut operation, strokes);
            }
            "rg" | "RG" | "g" | "G" => self.colour(&mut operation, strokes),
            "k" => {
                let shares = numbers(&operation);
                self.filled(false, &shares);
            }
            "BT" => {
                self.in_text = true;
                self.turn();
            }
            "ET" => {
                self.in_text = false;
                self.out.push(operation);
                return self.turn();
            }
            "m" | "l" | "c" | "v" | "y" | "h" | "re" => return self.path.take(operation),
            "f" | "f*" | "F" if self.hand.over && self.path.is_type() => {
                self.overprints = true;
                self.out.push(state(true));
                self.out.append(&mut self.path.drawn());
                self.out.push(operation);
                return self.out.push(state(false));
            }
            _ => {}
        }
        // A path is followed by what is done with it.
        self.out.append(&mut self.path.drawn());
        self.out.push(operation);
    }

    fn colour(&mut self, operation: &mut Operation, strokes: bool) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 255"
        )]
        let byte = |share: f32| (share.clamp(0.0, 1.0) * 255.0).round() as u8;
        let rgb = match *numbers(operation).as_slice() {
            [grey] => [byte(grey); 3],
            [r, g, b] => [byte(r), byte(g), byte(b)],
            _ => return,
        };
        let shares = self.paint.shares(rgb);
        let operands = shares.iter().copied().map(Object::Real).collect();
        let operator = self.paint.operator()[usize::from(strokes)];
        *operation = Operation::new(operator, operands);
        self.filled(strokes, &shares);
    }

    /// Notes what is filled with from here on.
    fn filled(&mut self, strokes: bool, shares: &[f32]) {
        if !strokes {
            self.hand.over = self.paint.overprints(shares);
            self.turn();
        }
    }

    /// Has type that overprints do so, and all else not.
    fn turn(&mut self) {
        let wanted = self.in_text && self.hand.over;
        if wanted == self.is_over {
            return;
        }
        self.is_over = wanted;
        self.overprints |= wanted;
        self.out.push(state(wanted));
    }
}

/// Has what follows print over what lies below, or not.
fn state(over: bool) -> Operation {
    let (name, _) = STATES[usize::from(!over)];
    Operation::new("gs", vec![Object::Name(name.into())])
}

/// Outlines of type are not as high, in points.
const HIGHEST_TYPE: f32 = 72.0;

/// A path, as far as it is drawn.
#[derive(Default)]
struct Path {
    operations: Vec<Operation>,
    /// Whether it bends somewhere, as letters do and fields do not.
    bends: bool,
    /// From where to where it reaches upwards.
    reach: Option<(f32, f32)>,
}

impl Path {
    fn take(&mut self, operation: Operation) {
        let numbers = numbers(&operation);
        match operation.operator.as_str() {
            "c" | "v" | "y" => self.bends = true,
            // A rectangle: its lower edge and its height.
            "re" => self.reaches(numbers.get(1).copied(), numbers.get(3).copied()),
            _ => {}
        }
        if operation.operator != "re" {
            numbers
                .chunks_exact(2)
                .for_each(|at| self.reaches(Some(at[1]), None));
        }
        self.operations.push(operation);
    }

    fn reaches(&mut self, at: Option<f32>, further: Option<f32>) {
        for y in [at, at.zip(further).map(|(y, by)| y + by)]
            .into_iter()
            .flatten()
        {
            let (low, high) = self.reach.unwrap_or((y, y));
            self.reach = Some((low.min(y), high.max(y)));
        }
    }

    /// Tells whether it may be type turned into outlines, or is as small as that.
    fn is_type(&self) -> bool {
        self.bends
            && self
                .reach
                .is_some_and(|(low, high)| high - low <= HIGHEST_TYPE)
    }

    /// Returns how it is drawn, and begins another one.
    fn drawn(&mut self) -> Vec<Operation> {
        std::mem::take(self).operations
    }
}

fn numbers(operation: &Operation) -> Vec<f32> {
    let operands = operation.operands.iter();
    operands.filter_map(|it| it.as_float().ok()).collect()
}

#[cfg(test)]
mod tests {
    use lopdf::content::Content;

    use super::*;

    /// Paints all black that is not white.
    struct Black;

    impl Paint for Black {
        fn space(&self) -> &'static str {
            "DeviceCMYK"
        }

        fn operator(&self) -> [&'static str; 2] {
            ["k", "K"]
        }

        fn shares(&self, rgb: [u8; 3]) -> Vec<f32> {
            let black = if rgb == [255; 3] { 0.0 } else { 1.0 };
            vec![0.0, 0.0, 0.0, black]
        }

        fn overprints(&self, shares: &[f32]) -> bool {
            shares == [0.0, 0.0, 0.0, 1.0]
        }
    }

    fn rewritten(content: &[u8]) -> (String, bool) {
        let operations = Content::decode(content).expect("it is PDF").operations;
        let spaces = BTreeSet::from([b"c0".to_vec()]);
        let (operations, overprints) = Brush::new(&Black, &spaces).rewritten(operations);
        let text = Content { operations }.encode().expect("it can be written");
        let text = String::from_utf8(text).expect("it is text");
        let words: Vec<_> = text.split_whitespace().collect();
        (words.join(" "), overprints)
    }

    #[test]
    fn colours_are_written_anew_and_others_left() {
        let (text, overprints) = rewritten(
            b"q /c0 cs 0.08627451 0.15686275 0.12156863 scn 0 0 9 9 re f Q /P cs /p0 scn 1 G",
        );
        assert_eq!(
            text,
            "q 0.0 0.0 0.0 1.0 k 0 0 9 9 re f Q /P cs /p0 scn 0.0 0.0 0.0 0.0 K"
        );
        assert!(!overprints);
    }

    #[test]
    fn black_type_is_printed_over_its_ground_and_nothing_else_is() {
        let (text, overprints) =
            rewritten(b"0 g 0 0 9 9 re f BT (a) Tj 1 g (b) Tj ET q 0 g BT (c) Tj ET Q");
        assert_eq!(
            text,
            "0.0 0.0 0.0 1.0 k 0 0 9 9 re f /GreenboardOver gs BT (a) Tj \
             /GreenboardNot gs 0.0 0.0 0.0 0.0 k (b) Tj ET q 0.0 0.0 0.0 1.0 k \
             /GreenboardOver gs BT (c) Tj ET /GreenboardNot gs Q"
        );
        assert!(overprints);
    }

    #[test]
    fn so_are_its_outlines_and_no_field_is() {
        let (text, overprints) = rewritten(b"0 g 0 0 m 1 2 3 4 5 6 c f 0 0 m 0 9 l 9 9 l f");
        assert_eq!(
            text,
            "0.0 0.0 0.0 1.0 k /GreenboardOver gs 0 0 m 1 2 3 4 5 6 c f /GreenboardNot gs \
             0 0 m 0 9 l 9 9 l f"
        );
        assert!(overprints);
        assert!(!rewritten(b"0 g 0 0 m 1 2 3 4 5 600 c f").1);
    }
}
