//! Photos in a drawing: about as many pixels as the drawing shows, not as many as a camera takes.
//!
//! Typst brings every picture to its final size with a good and slow filter. What has many times
//! the pixels is first brought near that size by plain means of neighbours, which nobody can tell
//! apart in the end and takes a tenth of the time.

use typst::foundations::{Bytes, Smart};
use typst::layout::{Abs, Frame, FrameItem, Size, Transform};
use typst::visualize::{Image, ImageKind, PixelEncoding, PixelFormat, RasterImage};

/// How many times the pixels shown in a row are kept.
const KEPT: usize = 2;
/// The most pixels in a row that become one; sums of more could overflow.
const MOST: usize = 64;

/// Returns `frame` with its photos as a drawing of `per_pt` pixels in a point needs them; `None`
/// where they are so already.
pub(super) fn reduced(frame: &Frame, per_pt: f64) -> Option<Frame> {
    let change = |item: &FrameItem| match item {
        FrameItem::Group(group) => {
            let inner = reduced(&group.frame, per_pt * scale(group.transform))?;
            let mut group = group.clone();
            group.frame = inner;
            Some(FrameItem::Group(group))
        }
        FrameItem::Image(image, size, span) => {
            let smaller = smaller(image, *size, per_pt)?;
            Some(FrameItem::Image(smaller, *size, *span))
        }
        _ => None,
    };
    let changes: Vec<_> = frame.items().map(|(_, item)| change(item)).collect();
    if changes.iter().all(Option::is_none) {
        return None;
    }
    let mut changed = Frame::new(frame.size(), frame.kind());
    for ((at, item), change) in frame.items().zip(changes) {
        changed.push(*at, change.unwrap_or_else(|| item.clone()));
    }
    Some(changed)
}

/// Returns how much larger things become by `transform`, in its direction of most growth.
fn scale(transform: Transform) -> f64 {
    let wide = transform.sx.get().hypot(transform.ky.get());
    let high = transform.kx.get().hypot(transform.sy.get());
    wide.max(high)
}

fn smaller(image: &Image, size: Size, per_pt: f64) -> Option<Image> {
    let ImageKind::Raster(raster) = image.kind() else {
        return None;
    };
    // Photos are of this kind; what can be seen through would need more care.
    let photo = raster.dynamic().as_rgb8()?;
    let times = |pixels: u32, length: Abs| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture has some thousand pixels a side"
        )]
        let times = (f64::from(pixels) / (length.to_pt() * per_pt).max(1.0)) as usize;
        times / KEPT
    };
    let by = times(photo.width(), size.x).min(times(photo.height(), size.y));
    let by = by.min(MOST);
    if by < 2 {
        return None;
    }
    let width = photo.width() as usize;
    let reduced = means(photo.as_raw(), width, by);
    let (width, height) = (width / by, photo.height() as usize / by);
    let format = PixelFormat {
        encoding: PixelEncoding::Rgb8,
        width: u32::try_from(width).ok()?,
        height: u32::try_from(height).ok()?,
    };
    let smaller = RasterImage::new(Bytes::new(reduced), format, Smart::Auto).ok()?;
    let alt = image.alt().map(Into::into);
    Some(Image::new(smaller, alt, image.scaling()))
}

/// Returns the means of squares of `by` times `by` pixels of three bytes, `width` in a row; what is
/// over at the right and below is dropped.
fn means(rgb: &[u8], width: usize, by: usize) -> Vec<u8> {
    let n = width / by;
    let mut means = Vec::with_capacity(rgb.len() / (by * by) + 1);
    let mut columns = vec![0_u16; 3 * width];
    for rows in rgb.chunks_exact(3 * width * by) {
        let (first, rest) = rows.split_at(3 * width);
        for (sum, byte) in columns.iter_mut().zip(first) {
            *sum = u16::from(*byte);
        }
        for row in rest.chunks_exact(3 * width) {
            for (sum, byte) in columns.iter_mut().zip(row) {
                *sum += u16::from(*byte);
            }
        }
        for square in columns.chunks_exact(3 * by).take(n) {
            let (pixels, _) = square.as_chunks::<3>();
            let sums = pixels.iter().fold([0_usize; 3], |sums, pixel| {
                [0, 1, 2].map(|at| sums[at] + usize::from(pixel[at]))
            });
            let area = by * by;
            means.extend(sums.map(|sum| u8::try_from((sum + area / 2) / area).unwrap_or(u8::MAX)));
        }
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_become_their_means_and_what_is_over_is_dropped() {
        let row = |a: u8, b: u8| [[a, 0, 9], [b, 0, 9], [b, 1, 9], [b, 1, 9], [77; 3]].concat();
        let picture = [row(10, 20), row(30, 40), row(77, 77)].concat();
        assert_eq!(means(&picture, 5, 2), [25, 0, 9, 30, 1, 9]);
    }
}
