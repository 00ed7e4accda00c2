//! What changed in the plans since the previous data.

use gasvrij3d::figures::{Changes, Field};
use gasvrij3d::text::{Key, Lang};
use maud::{Markup, html};

/// Each plan that came, went, or says something else.
pub fn changes(changes: &Changes, lang: Lang) -> Markup {
    html! {
        section class="block" {
            h2 { (Key::PlannenVeranderd.text(lang)) }
            p class="hint" {
                (Key::PlannenVeranderdUitleg.fill(lang, &[("version", changes.versie.get(..8).unwrap_or(&changes.versie))]))
            }
            @if changes.plannen.is_empty() { p { (Key::PlannenVeranderdNiets.text(lang)) } }
            ul {
                @for change in &changes.plannen {
                    li {
                        strong lang="nl" { @if change.naam.is_empty() { (Key::PlanZonderNaam.text(lang)) } @else { (change.naam) } }
                        @if let Some(key) = Key::named("plan-soort", &change.soort) { " " (key.text(lang)) }
                        @for field in &change.velden { " " (sentence(field, lang)) }
                    }
                }
            }
        }
    }
}

fn sentence(field: &Field, lang: Lang) -> String {
    let what = Key::named("plan-veld", &field.veld).map_or(field.veld.as_str(), |key| key.text(lang));
    let [old, new] = [&field.was, &field.nu].map(|value| said(&field.veld, value, lang));
    Key::PlanAnders.fill(lang, &[("what", what), ("old", old), ("new", new)])
}

/// A value in words where it is a code.
fn said<'t>(field: &str, value: &'t str, lang: Lang) -> &'t str {
    if value.is_empty() {
        return Key::PlanLeeg.text(lang);
    }
    let kind = match field {
        "techniek" => "plan-techniek",
        "fase" => "plan-fase",
        "net_soort" => "net",
        "net_status" => "netstatus",
        _ => return value,
    };
    Key::named(kind, value).map_or(value, |key| key.text(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gasvrij3d::figures::Change;

    #[test]
    fn a_change_is_a_sentence_in_words() {
        let field = |veld: &str, was: &str, nu: &str| Field { veld: veld.into(), was: was.into(), nu: nu.into() };
        let moved = Change {
            naam: "Meerwijk".into(),
            soort: "anders".into(),
            velden: vec![
                field("start", "2028", "2031"),
                field("techniek", "nog_open", "hybride"),
                field("besluit", "", "Raad"),
            ],
        };
        let gone = Change { naam: String::new(), soort: "weg".into(), velden: Vec::new() };
        let all = Changes { versie: "1a2b3c4d5e6f".into(), plannen: vec![gone, moved] };
        let page = changes(&all, Lang::Nl).0;
        for said in [
            "(1a2b3c4d)",
            "Dit plan staat er niet meer in.",
            "Start: was 2028, is nu 2031.",
            Key::PlanTechniekHybride.text(Lang::Nl),
            "Besluit: was niet ingevuld, is nu Raad.",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(changes(&Changes::default(), Lang::En).0.contains("Nothing has changed"));
    }
}
