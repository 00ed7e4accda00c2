//! The answer: what stands out for this home, in the colour that it has on the map.

use gasvrij3d::link::HomePage;
use gasvrij3d::rules::OptionAdvice;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::theme::{Category, Theme};
use gasvrij3d::town::Outcome;
use maud::{Markup, html};

use super::{icon, money, options};
use crate::case::Case;
use crate::words;

/// What stands out: its colour, its heading, and the option, where there is one.
pub struct Answer {
    /// The colour and sign.
    pub category: Category,
    /// What it is said to be.
    pub title: Key,
    /// What is said of the option.
    pub said: Option<OptionAdvice>,
}

impl Answer {
    /// The answer for a home.
    pub fn of(case: &Case) -> Self {
        let option = case.best.map(|(option, _)| option);
        let category = Theme::Best.category(&Outcome { verdicts: case.advice.verdicts(), best: option });
        let title = match (category, option) {
            (_, None) => Key::HuisBestGeen,
            (Category::Hybride, _) => Key::HuisBestTussenstap,
            (Category::Maatwerk, _) => Key::HuisBestLastig,
            _ => Key::HuisBest,
        };
        Self { category, title, said: option.map(|option| case.advice.option(option)) }
    }

    /// In a few words: `Luchtwarmtepomp (geschikt na een stap)`.
    pub fn words(&self, lang: Lang) -> String {
        match self.said {
            None => self.title.text(lang).to_owned(),
            Some(said) => {
                format!("{} ({})", words::option(said.option, lang), words::lower(options::verdict(said, lang)))
            }
        }
    }
}

/// Name and verdict beside the colour.
pub fn line(answer: &Answer, lang: Lang) -> Markup {
    html! {
        @if let Some(said) = answer.said {
            div class="best-line" {
                (icon::swatch(answer.category))
                div {
                    p class="best-name" { (words::option(said.option, lang)) }
                    p class="best-verdict" { (options::verdict(said, lang)) }
                }
            }
        }
    }
}

/// The answer at the top of the card.
pub fn block(case: &Case, lang: Lang) -> Markup {
    let answer = Answer::of(case);
    html! {
        section class="block best" data-category=(answer.category.code()) {
            h2 { (answer.title.text(lang)) }
            (line(&answer, lang))
            @if let Some(said) = answer.said {
                p { (words::option_meaning(said.option, lang)) }
                @if let Some(rule) = said.deciding() { p class="best-why" { (rule.text(lang)) } }
                @if let Ok(cost) = case.cost(said.option) {
                    p class="best-money" {
                        (money::line(&cost, lang)) " "
                        @if let Some(with) = money::with_step(&cost, lang) { (with) " " }
                        a href=(case.page(HomePage::Why, &format!("kosten-{}", said.option.code()))) {
                            (Key::GeldZo.text(lang))
                        }
                    }
                }
            } @else {
                p { (Key::HuisBestGeenUitleg.text(lang)) }
            }
            p class="advice" { (Key::HuisAdvies.text(lang)) }
        }
    }
}
