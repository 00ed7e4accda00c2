//! What each apartment pays: by breukdeel, typed or pasted.

use gasvrij3d::kosten::share_cents;
use gasvrij3d::order;
use gasvrij3d::text::{Key, Lang};
use gasvrij3d::vve::Way;
use kit::words;
use maud::{Markup, html};

use super::PART;
use crate::say;
use crate::sheet::Sheet;

/// The field to paste into.
pub fn paste(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    html! {
        p { (Key::VveDelenUitleg.text(lang)) }
        div class="vve-field vve-paste" {
            label for="vve-plak" { (Key::VveDelenVul.text(lang)) }
            textarea id="vve-plak" rows="4" spellcheck="false" aria-describedby="vve-plak-hulp vve-fout-delen" {}
            p id="vve-plak-hulp" class="hint" { (Key::VveDelenHulp.text(lang)) }
            p id="vve-fout-delen" class="field-fault" role="alert" {}
            p class="buttons" {
                button type="button" class="button" data-do="vve-shares" data-module=(PART) { (Key::VveDelenNeem.text(lang)) }
                button type="button" class="button" data-do="vve-even" data-module=(PART) { (Key::VveDelenWis.text(lang)) }
            }
            p id="vve-delen-status" class="hint" role="status" {}
        }
    }
}

/// Apartments with the same share pay the same, but for a cent that is left over: one row for each share.
fn groups(sheet: &Sheet) -> Vec<(u32, Vec<usize>)> {
    let mut groups: Vec<(u32, Vec<usize>)> = Vec::new();
    for (place, share) in sheet.calc.all_shares().into_iter().enumerate() {
        match groups.iter_mut().find(|(known, _)| *known == share) {
            Some((_, places)) => places.push(place),
            None => groups.push((share, vec![place])),
        }
    }
    order::sort_by(&mut groups, |a, b| b.0.cmp(&a.0));
    groups
}

/// An option, and of its cost and its loan the whole and the part of each apartment.
type Split = (&'static str, [i64; 2], [Vec<i64>; 2]);

/// What is paid: once, and each month.
const PAID: [Key; 2] = [Key::VveDelenKosten, Key::VveDelenLening];

/// What each share pays for each option: once, and for the loan each month.
pub fn table(sheet: &Sheet) -> Markup {
    let lang = sheet.lang;
    let shares = sheet.calc.all_shares();
    let sum: u64 = shares.iter().map(|share| u64::from(*share)).sum();
    let split: Vec<Split> = sheet
        .options()
        .filter_map(|(option, column)| {
            let found = column.amounts.as_ref().ok()?;
            let totals = [found.cost()[1], found.month.loan[1]];
            Some((say::way(Way::Option(option), lang), totals, totals.map(|total| share_cents(total, &shares))))
        })
        .collect();
    html! {
        p class="hint" {
            @if sheet.calc.shares().is_empty() { (Key::VveDelenGelijk.text(lang)) }
            @else {
                (Key::VveDelenZijn.fill(lang, &[
                    ("aantal", &words::whole(shares.len() as u64, lang)), ("som", &words::whole(sum, lang)),
                ]))
            }
            " " (Key::VveDelenEnergie.text(lang))
        }
        table class="vve-numbers vve-stack" role="table" {
            caption class="hidden" { (Key::VveDelenKop.text(lang)) }
            thead role="rowgroup" {
                tr role="row" {
                    th scope="col" rowspan="2" role="columnheader" { (Key::VveDelenKolom.text(lang)) }
                    th scope="col" rowspan="2" role="columnheader" { (Key::VveDelenAantal.text(lang)) }
                    @for (name, ..) in &split { th scope="colgroup" colspan="2" role="columnheader" { (name) } }
                }
                tr role="row" {
                    @for _ in &split { @for what in PAID { th scope="col" role="columnheader" { (what.text(lang)) } } }
                }
            }
            tbody role="rowgroup" {
                @for (share, places) in groups(sheet) {
                    @let paid = split.iter().map(|(name, _, all)| (*name, [0, 1].map(|kind| all[kind][places[0]])));
                    tr role="row" {
                        th scope="row" role="rowheader" {
                            @if sheet.calc.shares().is_empty() { "1/" (sum) } @else { (share) "/" (sum) }
                        }
                        (cells(places.len(), paid, lang))
                    }
                }
            }
            tfoot role="rowgroup" {
                tr role="row" {
                    th scope="row" role="rowheader" { (Key::VveDelenSamen.text(lang)) }
                    (cells(shares.len(), split.iter().map(|(name, totals, _)| (*name, *totals)), lang))
                }
            }
        }
    }
}

/// How many apartments, and what they pay for each option.
fn cells(count: usize, paid: impl Iterator<Item = (&'static str, [i64; 2])>, lang: Lang) -> Markup {
    html! {
        td role="cell" data-name=(Key::VveDelenAantal.text(lang)) { (count) }
        @for (name, amounts) in paid {
            @for (what, cents) in PAID.into_iter().zip(amounts) {
                td role="cell" data-name={ (name) ", " (words::lower(what.text(lang))) } { (say::exact(cents, lang)) }
            }
        }
    }
}
