//! From codes and numbers to words.

use gasvrij3d::home::{FactKey, Home, NetStatus, Typology};
use gasvrij3d::letters;
use gasvrij3d::palette::Surface;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::{Category, Theme};
use gasvrij3d::verdict::{HeatOption, Verdict};

/// The word for a code of some kind, or the code itself.
fn word(kind: &str, code: &'static str, lang: Lang) -> &'static str {
    Key::named(kind, code).map_or(code, |key| key.text(lang))
}

/// What an option is called.
pub fn option(option: HeatOption, lang: Lang) -> &'static str {
    word("optie", option.code(), lang)
}

/// What an option is.
pub fn option_meaning(option: HeatOption, lang: Lang) -> &'static str {
    word("optie-uitleg", option.code(), lang)
}

/// What a verdict is called.
pub fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Geschikt => Key::VerdictG.text(lang),
        Verdict::NaStap => Key::VerdictN.text(lang),
        Verdict::Mogelijk => Key::VerdictM.text(lang),
        Verdict::Ongeschikt => Key::VerdictO.text(lang),
        Verdict::NietBeschikbaar => Key::VerdictX.text(lang),
        Verdict::Onbekend => Key::VerdictOnbekend.text(lang),
    }
}

/// What a colour on the map means.
pub fn category(category: Category, lang: Lang) -> &'static str {
    word("kleur", category.code(), lang)
}

/// What a line on the map means.
pub fn line(surface: Surface, lang: Lang) -> &'static str {
    word("lijn", surface.code(), lang)
}

/// By what the homes are coloured.
pub fn theme(theme: Theme, lang: Lang) -> &'static str {
    match theme {
        Theme::Best => Key::ThemaBest.text(lang),
        Theme::Verdict(heat) => option(heat, lang),
    }
}

/// What a badge of a rule says.
pub fn badge(code: &str, lang: Lang) -> Option<&'static str> {
    Key::named("badge", code).map(|key| key.text(lang))
}

/// What a fact is called.
pub fn fact(key: FactKey, lang: Lang) -> &'static str {
    word("feit", key.code(), lang)
}

/// A whole number with the language's thousands.
pub fn whole(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push_str(lang.pick(".", ","));
        }
        out.push(digit);
    }
    out
}

/// A measure: no decimals from ten up, else at most one.
pub fn measure(number: f64, lang: Lang) -> String {
    if !number.is_finite() {
        return Key::VerdictOnbekend.text(lang).to_owned();
    }
    let tenths = (number.abs() * 10.0).round() as u64;
    let sign = if number < 0.0 { "−" } else { "" };
    if tenths >= 100 || tenths.is_multiple_of(10) {
        format!("{sign}{}", whole(number.abs().round() as u64, lang))
    } else {
        format!("{sign}{}{}{}", tenths / 10, lang.pick(",", "."), tenths % 10)
    }
}

/// An amount in whole euros, rounded to a multiple: `€ 12.000`, `€12,000`.
pub fn euro(amount: f64, to: f64, lang: Lang) -> String {
    let rounded = ((amount.abs() / to).round() * to) as u64;
    let sign = if amount < 0.0 && rounded > 0 { "−" } else { "" };
    format!("{sign}{}{}", lang.pick("€\u{a0}", "€"), whole(rounded, lang))
}

/// A number of a figure: as many decimals as it has, at most four.
pub fn decimals(number: f64, lang: Lang) -> String {
    let text = letters::decimal(number, 4);
    match text.split_once('.') {
        None => whole(number.abs() as u64, lang),
        Some((before, after)) => format!("{before}{}{after}", lang.pick(",", ".")),
    }
}

/// A text with a small first letter, to go on in a sentence. A word of capitals stays.
pub fn lower(text: &str) -> String {
    let mut rest = text.chars();
    match (rest.next(), rest.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            [letters::lower(first), second].into_iter().chain(rest).collect()
        }
        _ => text.to_owned(),
    }
}

/// A text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| std::iter::once(letters::upper(first)).chain(rest).collect())
}

/// A date of a source as people write it: `24 november 2026`, `november 2026`, or as it is.
pub fn day(date: &str, lang: Lang) -> String {
    const NL: &str = "januari februari maart april mei juni juli augustus september oktober november december";
    const EN: &str = "January February March April May June July August September October November December";
    let mut parts = date.splitn(3, '-');
    let (Some(year), Some(month)) = (parts.next(), parts.next()) else { return date.to_owned() };
    let name = month.parse().ok().and_then(|m: usize| lang.pick(NL, EN).split(' ').nth(m.checked_sub(1)?));
    match (name, parts.next().map(str::parse::<u8>)) {
        (Some(name), None) => format!("{name} {year}"),
        (Some(name), Some(Ok(day))) => format!("{day} {name} {year}"),
        _ => date.to_owned(),
    }
}

/// What a kind of home is called.
pub fn kind(typ: Typology, lang: Lang) -> &'static str {
    word("typ", typ.code(), lang)
}

/// Anything as a part of a link that starts a program or holds a file: what is not plain is written as `%20`.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The value of a fact in words, where it is known.
pub fn value(home: &Home, key: FactKey, lang: Lang) -> Option<String> {
    let metres = |v: f64| format!("{} m", measure(v, lang));
    let square = |v: f64| format!("{} m²", measure(v, lang));
    let kwh = |v: f64| Key::EenheidKwh.fill(lang, &[("value", &measure(v, lang))]);
    let yes_no = |v: bool| if v { Key::JaneeJa } else { Key::JaneeNee }.text(lang).to_owned();
    match key {
        FactKey::Bj => home.bj.map(|v| v.to_string()),
        FactKey::Typ => home.typ.map(|v| word("typ", v.code(), lang).to_owned()),
        FactKey::Own => home.own.map(|v| word("own", v.code(), lang).to_owned()),
        FactKey::Lab => home.lab.map(|v| v.code().to_owned()),
        FactKey::Q => home.q.map(kwh),
        FactKey::Std => home.std.map(kwh),
        FactKey::Mon => home.mon.map(|v| word("mon", v.code(), lang).to_owned()),
        FactKey::Nvbo => home.nvbo.map(|v| whole(u64::from(v), lang)),
        FactKey::Block => home.block.map(|v| word("janee", v.code(), lang).to_owned()),
        FactKey::Garage => home.garage.map(|v| word("janee", v.code(), lang).to_owned()),
        FactKey::NetSoort => home.net_soort.map(|v| word("net", v.code(), lang).to_owned()),
        FactKey::NetStatus => home.net_status.map(|v| word("netstatus", v.code(), lang).to_owned()),
        FactKey::NetStart => home.net_start.map(|v| v.to_string()),
        FactKey::DNet => home.d_net.map(metres),
        FactKey::Dens => home.dens.map(|v| measure(v, lang)),
        FactKey::SpaceGround => home.space_ground.map(square),
        FactKey::DRear => home.d_rear.map(metres),
        FactKey::AangewezenJaar => home.aangewezen_jaar.map(|v| v.to_string()),
        FactKey::AreaM2 => home.area_m2.map(square),
        FactKey::GwBescherming => home.gw_bescherming.map(yes_no),
        FactKey::ArcheologieHoog => home.archeologie_hoog.map(yes_no),
        FactKey::ClusterGj => home.cluster_gj.map(|v| Key::EenheidGj.fill(lang, &[("value", &measure(v, lang))])),
        FactKey::ClusterHomes => home.cluster_homes.map(|v| whole(u64::from(v), lang)),
        FactKey::Woonfunctie => home.woonfunctie.map(yes_no),
    }
}

/// Whether a fact says no more than that nothing is known.
pub fn is_gap(home: &Home, key: FactKey) -> bool {
    match home.fact(key) {
        None => true,
        Some(gasvrij3d::home::FactValue::Code(code)) => code == "onb",
        Some(_) => false,
    }
}

/// What is planned here, one sentence each.
pub fn plan(home: &Home, lang: Lang) -> Vec<String> {
    let mut sentences = Vec::new();
    let status = match home.net_status {
        None => None,
        Some(NetStatus::Geen) => Some(Key::HuisPlanGeenNet),
        Some(NetStatus::Beschikbaar) => Some(Key::HuisPlanBeschikbaar),
        Some(NetStatus::Gepland) => Some(Key::HuisPlanGepland),
        Some(NetStatus::Onderzoek) => Some(Key::HuisPlanOnderzoek),
    };
    if let Some(status) = status {
        let mut net = vec![status.text(lang).to_owned()];
        let there = home.net_status != Some(NetStatus::Geen);
        if let Some(kind) = home.net_soort.filter(|_| there) {
            net.push(word("huis-plan-soort", kind.code(), lang).to_owned());
        }
        if let Some(year) = home.net_start.filter(|_| there) {
            net.push(Key::HuisPlanStart.fill(lang, &[("year", &year.to_string())]));
        }
        sentences.push(net.join(" "));
    }
    if let Some(year) = home.aangewezen_jaar {
        sentences.push(Key::HuisPlanGas.fill(lang, &[("year", &year.to_string())]));
    }
    if sentences.is_empty() {
        sentences.push(Key::HuisPlanGeen.text(lang).to_owned());
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use gasvrij3d::home::NetKind;
    use gasvrij3d::rules::rules;

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        assert_eq!((whole(76_012, Lang::Nl), whole(1_234_567, Lang::En)), ("76.012".into(), "1,234,567".into()));
        assert_eq!((measure(7.46, Lang::Nl), measure(7.46, Lang::En)), ("7,5".into(), "7.5".into()));
        assert_eq!((measure(8.0, Lang::Nl), measure(141.9, Lang::Nl)), ("8".into(), "142".into()));
        assert_eq!(measure(f64::NAN, Lang::Nl), "Onbekend");
    }

    #[test]
    fn amounts_and_dates_are_written_as_the_language_writes_them() {
        assert_eq!(
            (euro(12_349.0, 100.0, Lang::Nl), euro(12_349.0, 100.0, Lang::En)),
            ("€\u{a0}12.300".into(), "€12,300".into())
        );
        assert_eq!((euro(-97.6, 5.0, Lang::Nl), euro(-2.0, 5.0, Lang::En)), ("−€\u{a0}100".into(), "€0".into()));
        assert_eq!(
            (decimals(0.7268, Lang::Nl), decimals(1600.0, Lang::Nl), decimals(3.2, Lang::En)),
            ("0,7268".into(), "1.600".into(), "3.2".into())
        );
        assert_eq!(day("2026-11-04", Lang::Nl), "4 november 2026");
        assert_eq!(
            (day("2021-08", Lang::En), day("2026", Lang::Nl), day("x-99-y", Lang::Nl)),
            ("August 2021".into(), "2026".into(), "x-99-y".into())
        );
        assert_eq!(
            (lower("Geschikt na een stap"), lower("VvE"), lower("CO2")),
            ("geschikt na een stap".into(), "vvE".into(), "CO2".into())
        );
    }

    #[test]
    fn a_text_goes_into_a_link_whole() {
        assert_eq!(encode("a b&c=é\n"), "a%20b%26c%3D%C3%A9%0A");
    }

    #[test]
    fn every_badge_of_the_rules_has_a_text() {
        for code in rules().badges() {
            assert!(badge(code, Lang::Nl).is_some(), "data/text has no [badge-{code}]");
        }
    }

    #[test]
    fn a_plan_says_what_and_when() {
        let home = Home {
            net_status: Some(NetStatus::Gepland),
            net_soort: Some(NetKind::Mt),
            net_start: Some(2030),
            aangewezen_jaar: Some(2035),
            ..Home::default()
        };
        let lines = plan(&home, Lang::Nl);
        assert_eq!(
            lines,
            ["Hier is een warmtenet gepland. Het water is 70 graden. Start: 2030.", "Gas stopt hier in 2035."]
        );
        assert_eq!(plan(&Home::default(), Lang::Nl), ["Wij kennen voor deze plek nog geen plan."]);
        let none = Home { net_status: Some(NetStatus::Geen), net_start: Some(2030), ..Home::default() };
        assert_eq!(plan(&none, Lang::En), ["No heat network is planned here."]);
    }
}
