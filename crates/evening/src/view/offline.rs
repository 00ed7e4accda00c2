//! The part of a story's page about telling it without a connection: how large it is, how far it is, what is on the device.

use gasvrij3d::text::{Key, Lang};
use kit::parts::EVENING;
use kit::words;
use maud::{Markup, html};

/// The element in which it stands.
pub const PLACE: &str = "offline";
/// What is said of it.
pub const SAID: &str = "offline-melding";

/// The bar that says how far it is.
pub const BAR: &str = "offline-voortgang";

/// What is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The version on this device.
    pub kept: Option<String>,
    /// The version that the server has: its name, files and bytes.
    pub newest: Option<(String, usize, u64)>,
    /// While it is being put on the device: files and bytes so far.
    pub busy: Option<(usize, u64)>,
}

/// It, by what is known; nothing is known of a browser that keeps nothing.
pub fn part(standing: Option<&Standing>, lang: Lang) -> Markup {
    let Some(Standing { kept, newest, busy }) = standing else {
        return html! { p { (Key::OfflineKanNiet.text(lang)) } };
    };
    let is_newest = newest.as_ref().is_some_and(|(version, ..)| Some(version) == kept.as_ref());
    html! {
        p { (Key::OfflineUitleg.text(lang)) }
        @if let Some(version) = kept { p { (state(version, newest.as_ref().map(|(newest, ..)| newest.as_str()), lang)) } }
        @if let Some((_, count, bytes)) = newest {
            p { (Key::OfflineGrootte.fill(lang, &[("size", &megabytes(*bytes, lang)), ("count", &words::whole(*count as u64, lang))])) }
            @if let Some((_, so_far)) = busy {
                progress id=(BAR) max=(bytes) value=(so_far) aria-labelledby=(SAID) {}
            } @else if !is_newest {
                (button("offline-maak", if kept.is_some() { Key::OfflineWeer } else { Key::OfflineMaak }, true, lang))
            }
        } @else if kept.is_none() {
            p { (Key::OfflineGeenLijst.text(lang)) }
        }
        p id=(SAID) class="hint" role="status" {}
        @if kept.is_some() && busy.is_none() { (button("offline-wis", Key::OfflineWis, false, lang)) }
    }
}

fn button(what: &str, key: Key, is_primary: bool, lang: Lang) -> Markup {
    html! { p { button type="button" class={ "button" @if is_primary { " primary" } } data-do=(what) data-module=(EVENING) { (key.text(lang)) } } }
}

fn state(kept: &str, newest: Option<&str>, lang: Lang) -> String {
    match newest {
        None => Key::OfflineStaat.fill(lang, &[("version", short(kept))]),
        Some(newest) if newest == kept => Key::OfflineKlaar.fill(lang, &[("version", short(kept))]),
        Some(newest) => Key::OfflineOuder.fill(lang, &[("version", short(kept)), ("newer", short(newest))]),
    }
}

/// How far it is.
pub fn progress(standing: &Standing, lang: Lang) -> String {
    let (Some((_, count, all)), Some((done, bytes))) = (&standing.newest, standing.busy) else { return String::new() };
    let numbers = [words::whole(done as u64, lang), words::whole(*count as u64, lang)];
    let sizes = [megabytes(bytes, lang), megabytes(*all, lang)];
    let values = [("done", &*numbers[0]), ("count", &*numbers[1]), ("size", &*sizes[0]), ("all", &*sizes[1])];
    Key::OfflineBezig.fill(lang, &values)
}

/// Enough of a version to tell it from another.
fn short(version: &str) -> &str {
    version.get(..8).unwrap_or(version)
}

fn megabytes(bytes: u64, lang: Lang) -> String {
    words::measure(bytes as f64 / 1e6, lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::text;

    const NEW: &str = "0a1b2c3d4e5f6071";
    const OLD: &str = "ffffffffffffffff";

    fn said(kept: Option<&str>, newest: Option<&str>, busy: Option<(usize, u64)>) -> String {
        let newest = newest.map(|version| (version.to_owned(), 1_200, 24_300_000));
        text(&part(Some(&Standing { kept: kept.map(str::to_owned), newest, busy }), Lang::Nl))
    }

    #[test]
    fn the_size_is_told_before_anything_is_put_on_the_device() {
        let before = said(None, Some(NEW), None);
        assert!(before.contains("24 MB, in 1.200 bestanden") && before.contains("Maak klaar voor zonder internet"));
        assert!(!before.contains("Wis"), "{before}");
        let busy = said(None, Some(NEW), Some((300, 6_000_000)));
        assert!(!busy.contains("Maak klaar"), "{busy}");
        let standing =
            Standing { newest: Some((NEW.into(), 1_200, 24_300_000)), busy: Some((300, 6_040_000)), kept: None };
        assert_eq!(progress(&standing, Lang::Nl), "300 van 1.200 bestanden, 6 van 24 MB.");
    }

    #[test]
    fn an_older_version_on_the_device_is_never_told_as_the_newest() {
        let same = said(Some(NEW), Some(NEW), None);
        assert!(same.contains("versie 0a1b2c3d") && same.contains("Wis") && !same.contains("Maak"), "{same}");
        let older = said(Some(OLD), Some(NEW), None);
        assert!(older.contains("versie ffffffff") && older.contains("nieuwere: 0a1b2c3d"), "{older}");
        assert!(older.contains("Maak de nieuwe versie klaar"));
        let away = said(Some(OLD), None, None);
        assert!(away.contains("niet te zien of er een nieuwere is") && !away.contains("Maak"), "{away}");
        assert!(said(None, None, None).contains("lijst van bestanden"));
        assert!(text(&part(None, Lang::Nl)).contains("andere browser"));
    }
}
