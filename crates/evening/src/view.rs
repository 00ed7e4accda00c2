//! The pages of the evening, as HTML.

pub mod cluster;
pub mod draw;
pub mod hall;
pub mod offline;
pub mod tale;
pub mod timeline;

/// What a page says, without its tags.
#[cfg(test)]
fn text(markup: &maud::Markup) -> String {
    let mut inside = false;
    let keep = |c: char| {
        inside = (inside || c == '<') && c != '>';
        if inside || c == '>' { ' ' } else { c }
    };
    let plain: String = markup.0.chars().map(keep).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
