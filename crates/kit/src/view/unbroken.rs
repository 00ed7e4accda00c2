//! Text in which a house number stays in one piece: a browser may break a line after any hyphen.

use maud::{Markup, html};

/// The text, with `45-1` kept together. Its letters stay as they are, for who searches or copies them.
pub fn numbers(text: &str) -> Markup {
    let is_number = |word: &str| word.contains('-') && word.starts_with(|c: char| c.is_ascii_digit());
    html! {
        // One element: in a row of flexible ones each part would be an item of its own, without the space between.
        span {
            @for (place, word) in text.split(' ').enumerate() {
                @if place > 0 { " " }
                @if is_number(word) { span class="unbroken" { (word) } } @else { (word) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_an_addition_is_kept_together_and_nothing_else() {
        assert_eq!(
            numbers("Parklaan Noord 45-1").0,
            "<span>Parklaan Noord <span class=\"unbroken\">45-1</span></span>"
        );
        assert_eq!(numbers("A-weg 4, cv-ketel <b>").0, "<span>A-weg 4, cv-ketel &lt;b&gt;</span>");
    }
}
