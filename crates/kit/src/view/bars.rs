//! Counts as a table with a bar beside each number: the drawing and its text are one, so that neither can differ.

use gasvrij3d::text::{Key, Lang};
use maud::{Markup, Render, html};

use crate::words;

/// A table with bars. A count that is not told says so; `whole` is what a full bar stands for.
pub fn table(title: Key, value: Key, rows: &[(impl Render, Option<u32>)], whole: u32, lang: Lang) -> Markup {
    html! {
        table class="bars" {
            caption class="hidden" { (title.text(lang)) }
            thead class="hidden" {
                tr { th scope="col" { (Key::BuurtKolomWat.text(lang)) } th scope="col" { (value.text(lang)) } }
            }
            tbody {
                @for (name, count) in rows {
                    tr {
                        th scope="row" { (name) }
                        td {
                            @match count {
                                Some(count) => {
                                    span class="bar-value" { (words::whole(u64::from(*count), lang)) }
                                    (bar(*count, whole))
                                }
                                None => span class="bar-none" { (Key::BuurtVerborgen.text(lang)) },
                            }
                        }
                    }
                }
            }
        }
    }
}

fn bar(count: u32, whole: u32) -> Markup {
    // Thousandths, so that a small part still shows.
    let width = u64::from(count) * 1000 / u64::from(whole.max(count).max(1));
    html! {
        svg class="bar-line" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class="bar-ground" width="1000" height="10" {}
            rect class="bar-part" width=(width) height="10" {}
        }
    }
}
