//! Colours that colour-blind readers can distinguish: orange and blue, never red and green. Severities are words, so
//! they have attributes and no colours.

use anstyle::{Ansi256Color, Style as Paint};

use crate::divergence::Severity;

/// The colours of differing words, by the background of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For dark and light backgrounds.
    #[default]
    Default,
    /// Brighter, for a dark background.
    Dark,
    /// Darker, for a light background.
    Light,
    /// Attributes only: reversed in A, bold and underlined in B.
    Plain,
}

impl Theme {
    /// The colours of A and B, as numbers in the 6 × 6 × 6 colour cube, which palettes of terminals leave alone.
    const fn side_colors(self) -> Option<[u8; 2]> {
        match self {
            Self::Default => Some([130, 27]),
            Self::Dark => Some([214, 75]),
            Self::Light => Some([94, 20]),
            Self::Plain => None,
        }
    }

    /// The styles of differing words in A and in B.
    pub(super) fn difference_paints(self) -> [Paint; 2] {
        match self.side_colors() {
            Some(colors) => colors.map(|color| Ansi256Color(color).on_default().bold()),
            None => [Paint::new().invert(), Paint::new().bold().underline()],
        }
    }
}

/// The style of a severity, in every theme.
pub(super) const fn severity_paint(severity: Severity) -> Paint {
    match severity {
        Severity::High => Paint::new().bold().invert(),
        Severity::Medium => Paint::new().bold(),
        Severity::Low => Paint::new().dimmed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linear red, green and blue of a colour of the cube, 0 to 1 (IEC 61966-2-1, sRGB).
    fn linear(color: u8) -> [f64; 3] {
        let cube = color - 16;
        [cube / 36, cube / 6 % 6, cube % 6].map(|level| {
            let value = [0.0, 95.0, 135.0, 175.0, 215.0, 255.0][usize::from(level)] / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055f64).powf(2.4) }
        })
    }

    /// Contrast ratio with a background of this relative luminance, 1 to 21 (WCAG 2.2).
    fn contrast(color: u8, ground: f64) -> f64 {
        let [r, g, b] = linear(color);
        let light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        (light.max(ground) + 0.05) / (light.min(ground) + 0.05)
    }

    /// A linear colour as an eye without the red or the green cones perceives it, by the matrices of Viénot, Brettel and
    /// Mollon (1999).
    fn perceived([r, g, b]: [f64; 3], (red, blue): (f64, f64)) -> [f64; 3] {
        let merged = red * r + (1.0 - red) * g;
        [merged, merged, blue * (r - g) + b]
    }

    /// Distance of two colours in linear RGB, for the eye that distinguishes them least.
    fn color_distance([one, other]: [u8; 2]) -> f64 {
        let eyes = [(0.11238, 0.00401), (0.29275, -0.02234)];
        let distances = eyes.map(|eye| {
            let (one, other) = (perceived(linear(one), eye), perceived(linear(other), eye));
            one.iter().zip(other).map(|(x, y)| (x - y) * (x - y)).sum::<f64>().sqrt()
        });
        distances[0].min(distances[1])
    }

    #[test]
    fn colours_are_readable_on_their_background() {
        let (black, white) = (0.0, 1.0);
        for (theme, ground, least) in [
            (Theme::Default, black, 4.0),
            (Theme::Default, white, 4.0),
            (Theme::Dark, black, 7.0),
            (Theme::Light, white, 5.5),
        ] {
            for color in theme.side_colors().unwrap() {
                assert!(contrast(color, ground) >= least, "{theme:?} {color} {}", contrast(color, ground));
            }
        }
    }

    #[test]
    fn every_eye_distinguishes_the_colours() {
        for theme in [Theme::Default, Theme::Dark, Theme::Light] {
            let distance = color_distance(theme.side_colors().unwrap());
            assert!(distance > 0.5, "{theme:?} {distance}");
        }
        // A red and a green are not.
        assert!(color_distance([124, 64]) < 0.2, "{}", color_distance([124, 64]));
        let [a, b] = Theme::Plain.difference_paints();
        assert!(a != b && a.get_fg_color().is_none() && b.get_fg_color().is_none());
    }
}
