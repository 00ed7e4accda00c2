//! What an option costs this home: in a line and in a list.

use gasvrij3d::cijfers::Band;
use gasvrij3d::kosten::{Insulation, Missing, OptionCost};
use gasvrij3d::link::HomePage;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::verdict::HeatOption;
use maud::{Markup, html};

use crate::case::Case;
use crate::words;

/// Amounts at the start are rounded to this many euros, amounts a month to those.
const TO: [f64; 2] = [100.0, 5.0];
const MONTHS: f64 = 12.0;

/// From low to high, or one amount where they are the same on paper.
pub fn band(band: Band, to: f64, lang: Lang) -> String {
    let [low, high] = [band.low(), band.high()].map(|amount| words::euro(amount, to, lang));
    if low == high { low } else { Key::GeldVanTot.fill(lang, &[("laag", &low), ("hoog", &high)]) }
}

fn about(amount: f64, to: f64, lang: Lang) -> String {
    Key::GeldOngeveer.fill(lang, &[("bedrag", &words::euro(amount, to, lang))])
}

/// Energy, fixed cost and maintenance of the first year, by the month, €.
fn monthly(cost: &OptionCost) -> f64 {
    (cost.energy.total() + cost.fixed + cost.maintenance.mid()) / MONTHS
}

/// Purchase, as an amount or "none".
pub fn purchase(cost: &OptionCost, lang: Lang) -> String {
    if cost.investment.high() <= 0.0 {
        return Key::GeldGeen.text(lang).to_owned();
    }
    band(cost.investment, TO[0], lang)
}

/// What is paid each month after that.
pub fn month(cost: &OptionCost, lang: Lang) -> String {
    about(monthly(cost), TO[1], lang)
}

/// Everything by the month, over 15 years.
pub fn all_in(cost: &OptionCost, lang: Lang) -> String {
    band(cost.eac15.times(1.0 / MONTHS), TO[1], lang)
}

/// What is given for it, and by which scheme.
pub fn subsidy(cost: &OptionCost, lang: Lang) -> Markup {
    let scheme = Key::named("kosten-subsidie", cost.scheme.code()).map_or("", |key| key.text(lang));
    html! {
        @if cost.subsidy > 0.0 {
            (Key::GeldMin.fill(lang, &[("bedrag", &words::euro(cost.subsidy, TO[0], lang))]))
        } @else { (Key::GeldGeen.text(lang)) }
        span class="origin" { (scheme) }
    }
}

/// Which insulation comes first, where the amounts count on it.
pub fn step(cost: &OptionCost, lang: Lang) -> Option<&'static str> {
    let first = Some(cost.step).filter(|step| *step != Insulation::AsIs)?;
    Key::named("kosten-stap", first.code()).map(|key| key.text(lang))
}

/// The same as a sentence beside an amount.
pub fn with_step(cost: &OptionCost, lang: Lang) -> Option<&'static str> {
    let first = Some(cost.step).filter(|step| *step != Insulation::AsIs)?;
    Key::named("geld-met", first.code()).map(|key| key.text(lang))
}

/// Why there is no amount.
pub fn missing(why: Missing, lang: Lang) -> String {
    match why {
        Missing::Fact(key) => Key::KostenOntbreekt.fill(lang, &[("feit", words::fact(key, lang))]),
        Missing::Figure(gap) => Key::named("kosten-reden", gap.code()).map_or("", |key| key.text(lang)).to_owned(),
    }
}

/// One line: purchase and month.
pub fn line(cost: &OptionCost, lang: Lang) -> String {
    let values = [("aanschaf", purchase(cost, lang)), ("maand", words::euro(monthly(cost), TO[1], lang))];
    Key::GeldKort.fill(lang, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// What the home costs each month while it stays on gas.
pub fn on_gas(case: &Case, lang: Lang) -> Option<String> {
    case.on_gas().ok().map(|cost| words::euro(monthly(&cost), TO[1], lang))
}

/// The amounts of an option, each with its kind, and the way to the figures behind them.
pub fn block(case: &Case, option: HeatOption, lang: Lang) -> Markup {
    let cost = match case.cost(option) {
        Ok(cost) => cost,
        Err(why) => return html! { p class="hint" { (missing(why, lang)) } },
    };
    html! {
        (rows(case, &cost, lang))
        p class="source" {
            span class="tag" { (Key::GeldSchatting.text(lang)) } " "
            a href=(case.page(HomePage::Why, &format!("kosten-{}", option.code()))) { (Key::GeldHoe.text(lang)) }
        }
    }
}

/// The amounts, each with its name.
pub fn rows(case: &Case, cost: &OptionCost, lang: Lang) -> Markup {
    html! {
        dl class="facts money" {
            div {
                dt { (Key::GeldInvestering.text(lang)) }
                dd {
                    (purchase(cost, lang))
                    @if let Some(step) = step(cost, lang) { span class="origin" { (step) } }
                }
            }
            div { dt { (Key::GeldSubsidie.text(lang)) } dd { (subsidy(cost, lang)) } }
            div {
                dt { (Key::GeldMaand.text(lang)) }
                dd { (month(cost, lang)) span class="origin" { (Key::GeldMaandUitleg.text(lang)) } }
            }
            @if let Some(gas) = on_gas(case, lang) {
                div {
                    dt { (Key::GeldMaandNu.text(lang)) }
                    dd { (Key::GeldOngeveer.fill(lang, &[("bedrag", &gas)])) }
                }
            }
            div {
                dt { (Key::GeldSamen.text(lang)) }
                dd { (all_in(cost, lang)) span class="origin" { (Key::GeldSamenUitleg.text(lang)) } }
            }
            div { dt { (Key::GeldCo2.text(lang)) } dd { (co2(cost, lang)) } }
        }
    }
}

/// CO2 of the first year.
pub fn co2(cost: &OptionCost, lang: Lang) -> String {
    let kilograms = (cost.co2_kg.max(0.0) / 10.0).round() as u64 * 10;
    Key::GeldOngeveer.fill(lang, &[("bedrag", &format!("{} kg", words::whole(kilograms, lang)))])
}
