//! A link as a square that a telephone reads.

use maud::{Markup, PreEscaped, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// The link as a square that a phone reads; nothing where it is too long for one.
pub fn code(link: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(link, QrCodeEcc::Medium) else { return html! {} };
    // Four modules of white around it, as readers expect.
    let (size, margin) = (code.size(), 4);
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            use std::fmt::Write as _;
            let _ = write!(path, "M{} {}h1v1h-1z", x + margin, y + margin);
        }
    }
    let side = size + 2 * margin;
    html! {
        svg class="qr" viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(link) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#ffffff" {}
            path fill="#000000" d=(PreEscaped(path)) {}
        }
    }
}
