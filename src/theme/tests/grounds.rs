//! Grounds of sheets: type on them can be read, and none is taken for a bin.

use super::{contrast, good};
use crate::theme::built_in;

/// The least distance of a ground from the colours of the bins, by CIEDE2000: told apart at a
/// glance, not only side by side.
const APART: f64 = 15.0;

#[test]
fn type_on_every_ground_can_be_read_and_no_ground_is_taken_for_a_bin() {
    for name in built_in::NAMES {
        let tokens = good(&format!("theme: {name}\n"), &[]).tokens;
        let grounds = tokens["grounds"].as_object().expect("there are some");
        let bins = tokens["color"]["bin"].as_object().expect("there are four");
        for (ground, colours) in grounds {
            let colour = |name: &str| colours[name].as_str().expect("a colour");
            let pairs = [
                ("ink", "base", 7.0),
                ("strong", "base", 4.5),
                ("mark", "base", 4.5),
                ("over", "block", 4.5),
                ("accent", "block", 4.5),
            ];
            for (type_, field, least) in pairs {
                let ratio = contrast(colour(type_), colour(field));
                assert!(
                    ratio >= least,
                    "{name}: {type_} on {field} of {ground} is {ratio:.1}"
                );
            }
            for (bin, of) in bins {
                for field in ["base", "block"] {
                    let apart = difference(colour(field), of.as_str().expect("a colour"));
                    assert!(
                        apart >= APART,
                        "{name}: {field} of {ground} is {apart:.0} from {bin}"
                    );
                }
            }
        }
    }
}

#[test]
fn differences_are_those_of_the_published_formula() {
    // Of equal greys none; black and white as far apart as can be.
    assert!(difference("#808080", "#808080") < 1e-9);
    assert!((difference("#000000", "#FFFFFF") - 100.0).abs() < 0.1);
}

/// L*, a*, b* of an sRGB colour under D65.
fn lab(colour: &str) -> [f64; 3] {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
        let value = f64::from(value) / 255.0;
        match value <= 0.04045 {
            true => value / 12.92,
            false => ((value + 0.055) / 1.055).powf(2.4),
        }
    };
    let (r, g, b) = (channel(1), channel(3), channel(5));
    let f = |t: f64| match t > 0.008_856 {
        true => t.cbrt(),
        false => 7.787 * t + 16.0 / 116.0,
    };
    let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The difference of two colours by CIEDE2000 (CIE 142-2001).
fn difference(one: &str, other: &str) -> f64 {
    let ([l1, a1, b1], [l2, a2, b2]) = (lab(one), lab(other));
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25.0_f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let polar = |a: f64, b: f64| {
        let a = a * (1.0 + g);
        (a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0))
    };
    let ((c1, h1), (c2, h2)) = (polar(a1, b1), polar(a2, b2));
    let is_grey = c1 * c2 == 0.0;
    let turn = (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0;
    let turn = if is_grey { 0.0 } else { turn };
    let hue = if is_grey {
        h1 + h2
    } else {
        (h1 + turn / 2.0).rem_euclid(360.0)
    };
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let off = (l - 50.0).powi(2);
    let light = (l2 - l1) / (1.0 + 0.015 * off / (20.0 + off).sqrt());
    let chroma = (c2 - c1) / (1.0 + 0.045 * c);
    let along = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * c * t);
    let bend = 30.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * seventh(c) * (2.0 * bend).to_radians().sin();
    (light.powi(2) + chroma.powi(2) + along.powi(2) + rotation * chroma * along).sqrt()
}
