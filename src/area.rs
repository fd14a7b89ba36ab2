//! Sizes: sheets in millimetres and screens in pixels. Below all stages, as everyone measures.

use crate::diag::{Fills, Value, words};

/// A length in millimetres.
pub type Millimetres = f64;

/// Width and height in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize)]
pub struct Size {
    /// Width in mm.
    pub width: Millimetres,
    /// Height in mm.
    pub height: Millimetres,
}

impl Size {
    /// Makes a size of `width` × `height` mm.
    pub const fn new(width: Millimetres, height: Millimetres) -> Self {
        Self { width, height }
    }

    /// Returns the upright A-series sheet `An` by ISO 216, `n` from 0 to 5.
    pub fn iso_a(n: u8) -> Option<Self> {
        const A: [(f64, f64); 6] = [
            (841.0, 1189.0),
            (594.0, 841.0),
            (420.0, 594.0),
            (297.0, 420.0),
            (210.0, 297.0),
            (148.0, 210.0),
        ];
        A.get(usize::from(n))
            .map(|&(width, height)| Self { width, height })
    }

    /// Tells whether the sheet is wider than high.
    pub fn is_landscape(&self) -> bool {
        self.width > self.height
    }

    /// Tells whether the sheet lies on one of `other`, either way up.
    pub fn lies_on(&self, other: &Size) -> bool {
        let sides = |size: &Size| (size.width.min(size.height), size.width.max(size.height));
        let ((short, long), (most_short, most_long)) = (sides(self), sides(other));
        short <= most_short + 0.1 && long <= most_long + 0.1
    }

    /// Tells whether both are the same to a tenth of a millimetre, either way up.
    pub fn is_same_sheet(&self, other: &Size) -> bool {
        self.is_alike(other) || self.is_alike(&Size::new(other.height, other.width))
    }

    /// Tells whether both are of one size and turned the same way.
    pub fn is_alike(&self, other: &Size) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() < 0.1;
        near(self.width, other.width) && near(self.height, other.height)
    }
}

impl Size {
    /// Returns its name for a message.
    pub fn words(&self) -> Value {
        let sheet =
            (0..=5).find(|n| Self::iso_a(*n).is_some_and(|sheet| sheet.is_same_sheet(self)));
        match sheet {
            Some(n) if self.is_landscape() => {
                words("landscape").with("sheet", format!("A{n}")).value()
            }
            _ => self.value(),
        }
    }
}

impl std::fmt::Display for Size {
    /// Writes `A3`, `A3 横` or `600×900 mm`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for n in 0..=5 {
            let sheet = Self::iso_a(n).expect("A0 to A5 exist");
            if sheet.is_same_sheet(self) {
                return write!(f, "A{n}{}", if self.is_landscape() { " 横" } else { "" });
            }
        }
        write!(f, "{}×{} mm", self.width, self.height)
    }
}

/// How many lamps a strip is high at most: six lines of the smallest type.
const STRIP: u32 = 96;

/// What a poster is set for.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Area {
    /// A printed sheet.
    Sheet {
        /// The whole sheet, as it is cut.
        size: Size,
        /// What the frame leaves to be seen, centred in the whole.
        visible: Size,
    },
    /// A screen.
    Screen {
        /// Width in pixels.
        width_px: u32,
        /// Height in pixels.
        height_px: u32,
        /// Width in mm; the height follows from square pixels.
        width: Millimetres,
    },
}

impl Area {
    /// Returns the whole size in mm.
    pub fn size(&self) -> Size {
        match *self {
            Self::Sheet { size, .. } => size,
            Self::Screen {
                width_px,
                height_px,
                width,
            } => Size::new(width, width * f64::from(height_px) / f64::from(width_px)),
        }
    }

    /// Tells whether this is a strip (条屏): a screen of too few lamps for anything but a line or two.
    pub fn is_strip(&self) -> bool {
        matches!(*self, Self::Screen { height_px, .. } if height_px <= STRIP)
    }

    /// Returns the size that can be seen, in mm.
    pub fn visible(&self) -> Size {
        match *self {
            Self::Sheet { visible, .. } => visible,
            Self::Screen { .. } => self.size(),
        }
    }
}
