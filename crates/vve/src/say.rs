//! From codes and amounts to words.

use gasvrij3d::cijfers::Band;
use gasvrij3d::kosten::{Insulation, Missing, OptionCost};
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::vve::{Calc, Choice, Decision, Field, Refusal, ShareFault, Way};
use kit::view::money;
use kit::words;

use crate::sheet::Sheet;

/// The word for a code of some kind, or the code itself.
pub fn word(kind: &str, code: &'static str, lang: Lang) -> &'static str {
    Key::named(kind, code).map_or(code, |key| key.text(lang))
}

/// What a way is called on this page.
pub fn way(way: Way, lang: Lang) -> &'static str {
    match way {
        Way::Now => Key::VveTabelNu.text(lang),
        Way::Option(option) => {
            Key::named("vve-optie", option.code()).map_or_else(|| words::option(option, lang), |key| key.text(lang))
        }
    }
}

/// An amount of the complex in whole euros, rounded to a multiple.
pub fn euro(cents: i64, to: f64, lang: Lang) -> String {
    words::euro(cents as f64 / 100.0, to, lang)
}

/// An amount to the cent: `€ 12.345,67`.
pub fn exact(cents: i64, lang: Lang) -> String {
    let whole = words::euro((cents.abs() / 100) as f64, 1.0, lang);
    let sign = if cents < 0 { "−" } else { "" };
    format!("{sign}{whole}{}{:02}", lang.pick(",", "."), cents.abs() % 100)
}

/// The same in whole euros, for a mean home.
pub fn a_home(sheet: &Sheet, cents: i64, to: f64) -> String {
    words::euro(sheet.a_home(cents), to, sheet.lang)
}

/// From low to high for a mean home.
pub fn band(sheet: &Sheet, amounts: [i64; 3], to: f64) -> String {
    let [low, mid, high] = amounts.map(|cents| sheet.a_home(cents));
    money::band(Band::new(low, mid, high), to, sheet.lang)
}

/// From low to high for the whole complex.
pub fn whole_band(amounts: [i64; 3], to: f64, lang: Lang) -> String {
    let [low, mid, high] = amounts.map(|cents| cents as f64 / 100.0);
    money::band(Band::new(low, mid, high), to, lang)
}

/// A number with its decimals, as the language writes it.
pub fn number(field: Field, units: i64, lang: Lang) -> String {
    let limits = field.limits();
    let scale = 10_i64.pow(limits.decimals);
    let (whole, part) = (units.abs() / scale, units.abs() % scale);
    let sign = if units < 0 { "−" } else { "" };
    let plain = if limits.unit == "jaar" && whole > 999 { whole.to_string() } else { words::whole(whole as u64, lang) };
    let width = limits.decimals as usize;
    // An amount of money keeps its cents, any other number only what it has.
    let digits = format!("{part:0width$}");
    let digits = if limits.unit.starts_with("EUR") && part > 0 {
        let short = digits.trim_end_matches('0');
        format!("{short:0<2}")
    } else {
        digits.trim_end_matches('0').to_owned()
    };
    if part == 0 || digits.is_empty() {
        format!("{sign}{plain}")
    } else {
        format!("{sign}{plain}{}{digits}", lang.pick(",", "."))
    }
}

/// A number with its unit: `€ 1,30 per m³`, `3 %`.
pub fn value(field: Field, units: i64, lang: Lang) -> String {
    let number = number(field, units, lang);
    let euro = |per: &str| format!("{}{number}{per}", lang.pick("€\u{a0}", "€"));
    let per = lang.pick(" per ", " a ");
    match field.limits().unit {
        "EUR" => euro(""),
        "EUR/m3" => euro(&format!("{per}m³")),
        "EUR/kWh" => euro(&format!("{per}kWh")),
        "EUR/GJ" => euro(&format!("{per}GJ")),
        "pct" => format!("{number}\u{a0}%"),
        "m2" => format!("{number}\u{a0}m²"),
        "m3" => format!("{number}\u{a0}m³"),
        "jaar" if matches!(field, Field::LeningJaren) => {
            format!("{number}\u{a0}{}", Key::VveEenheidJaar.text(lang))
        }
        _ => number,
    }
}

/// What a field is called.
pub fn field(field: Field, lang: Lang) -> &'static str {
    word("vve-veld", field.code(), lang)
}

/// What is chosen, in words.
pub fn chosen(choice: Choice, code: &'static str, lang: Lang) -> &'static str {
    let kind = match choice {
        Choice::Soort => "typ",
        Choice::Blok | Choice::Garage => "janee",
        Choice::Monument => "mon",
        Choice::Net | Choice::Stap => "vve-keuze",
        Choice::NetSoort => "net",
        Choice::Label => "",
    };
    match code {
        "-" | "onb" => Key::VveKeuzeOnbekend.text(lang),
        code => word(kind, code, lang),
    }
}

/// A share as people say it: `2/3`.
pub fn part((above, below): (u32, u32)) -> String {
    format!("{above}/{below}")
}

/// What a decision needs.
pub fn decision(decision: Decision, lang: Lang) -> String {
    let majority = decision.majority();
    let values = [("deel", part(majority.votes)), ("aanwezig", part(majority.present))];
    let key = Key::named("vve-besluit", decision.code());
    key.map_or_else(String::new, |key| key.fill(lang, &values.each_ref().map(|(name, value)| (*name, value.as_str()))))
}

/// Whether the deed has to be changed.
pub fn deed(code: &str, lang: Lang) -> String {
    let share = part(Decision::Akte.majority().votes);
    Key::named("vve-akte", code).map_or_else(String::new, |key| key.fill(lang, &[("deel", &share)]))
}

/// A step on the way.
pub fn step(code: &str, lang: Lang) -> String {
    let share = gasvrij3d::cijfers::Cijfer::SvveAdvies.waarde() * 100.0;
    let share = format!("{}\u{a0}%", words::measure(share, lang));
    Key::named("vve-doen", code).map_or_else(String::new, |key| key.fill(lang, &[("deel", &share)]))
}

/// That insulation comes with it, where it does.
pub fn insulated(home: &OptionCost, lang: Lang) -> Option<&'static str> {
    let is_work =
        home.step != Insulation::AsIs && home.parts.iter().any(|p| p.life == gasvrij3d::kosten::Life::Insulation);
    is_work.then(|| Key::VveAntwoordEerst.text(lang))
}

/// Why there is no amount.
pub fn missing(why: Missing, lang: Lang) -> String {
    Key::VveGeenCijfer.fill(lang, &[("reden", &money::missing(why, lang))])
}

/// Why a value was not taken, and with what the page goes on.
pub fn refused(why: Refusal, of: Field, typed: &str, calc: &Calc, lang: Lang) -> String {
    let limits = of.limits();
    let [low, high] = [limits.least, limits.most].map(|units| value(of, units, lang));
    let typed: String = typed.chars().take(30).collect();
    let what = match why {
        Refusal::NotANumber => Key::VveFoutGetal.fill(lang, &[("tekst", &typed)]),
        Refusal::Decimals(count) => Key::VveFoutDecimalen.fill(lang, &[("aantal", &count.to_string())]),
        Refusal::LessThanHotWater => Key::VveFoutWarmWater.text(lang).to_owned(),
        Refusal::NotAChoice | Refusal::Count => Key::VveFoutKeuze.text(lang).to_owned(),
        Refusal::OutOfBounds | Refusal::ShareCount(_) | Refusal::Share => {
            Key::VveFoutGrens.fill(lang, &[("laag", &low), ("hoog", &high)])
        }
    };
    let stays = Key::VveFoutBlijft.fill(lang, &[("oud", &value(of, calc.units(of), lang))]);
    format!("{what} {stays}")
}

/// Why pasted shares were not taken.
pub fn share_fault(why: &ShareFault, lang: Lang) -> String {
    let what = match why {
        ShareFault::Empty => Key::VveDelenFoutLeeg.text(lang).to_owned(),
        ShareFault::Line(line, said) => {
            Key::VveDelenFoutRegel.fill(lang, &[("regel", &line.to_string()), ("tekst", said)])
        }
        ShareFault::TooMany => Key::VveDelenFoutVeel.text(lang).to_owned(),
        ShareFault::Wholes(one, other) => {
            Key::VveDelenFoutNoemer.fill(lang, &[("een", &one.to_string()), ("ander", &other.to_string())])
        }
        ShareFault::Sum(sum, whole) => {
            Key::VveDelenFoutSom.fill(lang, &[("som", &sum.to_string()), ("geheel", &whole.to_string())])
        }
    };
    format!("{what} {}", Key::VveDelenBlijft.text(lang))
}

/// Why shares that could be read were not taken.
pub fn share_refused(why: Refusal, calc: &Calc, lang: Lang) -> String {
    let what = match why {
        Refusal::ShareCount(count) => {
            let homes = words::whole(u64::from(calc.homes()), lang);
            Key::VveDelenFoutAantal.fill(lang, &[("aantal", &count.to_string()), ("woningen", &homes)])
        }
        _ => Key::VveDelenFoutNul.text(lang).to_owned(),
    };
    format!("{what} {}", Key::VveDelenBlijft.text(lang))
}
