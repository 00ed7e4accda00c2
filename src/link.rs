//! The URL hash ⇄ what is shown. A hash is never sent to a server, so an address in it stays with the visitor.
//!
//! After the view a shared link says what it was made with, each part after a `~`: the version of data and rules, what stood
//! out then, and what the sender corrected, if the sender wanted that. The page takes these parts out of the address bar.
//! `~o=`, what a page has open, stays in it.

use std::fmt::Write as _;

use crate::geo::TileId;
use crate::home::{PandId, VboId, codes};
use crate::letters;
use crate::verdict::{HeatOption, Verdict};

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// `#/`: search.
    #[default]
    Search,
    /// `#/huis/<id>` and the pages under it: one dwelling.
    House(VboId, HomePage),
    /// `#/pand/<column>-<row>/<id>`: a building, by a press on the map.
    Building(TileId, PandId),
    /// `#/buurt` and the pages under it: neighbourhoods.
    Area(AreaPage),
    /// `#/plannen`, and of one year `#/plannen/<year>`.
    Plans(Option<u16>),
    /// `#/net`: a heat network is drawn.
    Draw,
    /// `#/tijdlijn`, and what is planned until a year `#/tijdlijn/<year>`.
    Timeline(Option<u16>),
    /// `#/verhaal/<name>/<step>`: a story, at a step counted from 1.
    Story(String, u16),
    /// `#/zaal`: what may be shown to a hall.
    Hall,
    /// `#/over`: sources, rules, how it works.
    About,
    /// `#/begrippen`: the glossary, at the word with this code or at the top.
    Glossary(String),
    /// `#/vve` and the pages under it: the table of an owners' association.
    Vve(VvePage),
}

/// A page of the table of an owners' association.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VvePage {
    /// `#/vve`: the table.
    #[default]
    Table,
    /// `#/vve/stukken`: the papers for a meeting.
    Papers,
    /// `#/vve/pand/<column>-<row>/<id>`: the table, filled in with what is known of a building.
    Of(TileId, PandId),
}

/// A page about neighbourhoods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AreaPage {
    /// `#/buurt`: all of them.
    #[default]
    All,
    /// `#/buurt/<code>`: one, by the name of [`crate::figures::Neighbourhoods::find`].
    One(String),
    /// `#/buurt/<code>/huizen`: its homes.
    Homes(String),
}

codes! {
    /// A page about one home, by the last part of its address.
    HomePage {
        /// `#/huis/<id>`: the card.
        Card = "",
        /// Every option with the rules and facts behind it.
        Why = "waarom",
        /// What the resident knows better.
        Correct = "klopt-niet",
        /// Options side by side.
        Compare = "vergelijk",
    }
}

/// A link as it was shared: a view, and what it was made with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What it shows.
    pub view: View,
    /// `~v=`: the version of data and rules it was made with ([`version`]), or empty.
    pub version: String,
    /// `~b=`: what stood out then.
    pub said: Option<(HeatOption, Verdict)>,
    /// `~c=`: what the sender corrected, as it stands in the link.
    pub corrections: String,
    /// `~r=`: the calculation of an owners' association, as it stands in the link.
    pub calc: String,
    /// `~o=`: what the page has open: a part of [`HomePage::Why`], the options of [`HomePage::Compare`]; or empty.
    pub open: String,
}

/// The version of data and rules, as it stands in a link: `1a2b3c4d-2026.2`.
pub fn version(data_version: &str, rules_version: &str) -> String {
    format!("{}-{rules_version}", data_version.get(..8).unwrap_or(data_version))
}

impl Link {
    /// Reads a hash; what is not understood is left out, so an old or broken link still opens.
    ///
    /// ```
    /// use gasvrij3d::{home::VboId, link::{HomePage, Link, View}};
    /// let link = Link::parse("#/huis/0392010912345678/waarom~v=1a2b3c4d-2026.2");
    /// assert_eq!(link.view, View::House(VboId(392_010_912_345_678), HomePage::Why));
    /// assert_eq!(link.version, "1a2b3c4d-2026.2");
    /// ```
    pub fn parse(hash: &str) -> Self {
        let mut parts = parts(hash);
        let mut link = Self { view: View::of_path(parts.next().unwrap_or_default()), ..Self::default() };
        for part in parts {
            match part.split_once('=') {
                Some(("v", version)) => version.clone_into(&mut link.version),
                Some(("b", said)) => link.said = stood_out(said),
                Some(("o", open)) => open.clone_into(&mut link.open),
                Some(("r", calc)) => calc.clone_into(&mut link.calc),
                Some(("c", corrections)) => corrections.clone_into(&mut link.corrections),
                _ => {}
            }
        }
        link
    }

    /// The hash of this link.
    pub fn hash(&self) -> String {
        let mut hash = self.view.hash();
        let said = self.said.map(|(option, verdict)| format!("{}-{}", option.code(), verdict.code()));
        let said = said.unwrap_or_default();
        let parts =
            [("o", &self.open), ("r", &self.calc), ("v", &self.version), ("b", &said), ("c", &self.corrections)];
        for (name, value) in parts {
            if !value.is_empty() {
                // A String takes all that is written to it.
                let _ = write!(hash, "~{name}={value}");
            }
        }
        hash
    }
}

fn stood_out(said: &str) -> Option<(HeatOption, Verdict)> {
    let (option, verdict) = said.split_once('-')?;
    Some((HeatOption::from_code(option)?, Verdict::from_code(verdict)?))
}

/// How some programs that pass a link on write `~`.
const TILDE: &str = "%7E";

/// The view and the parts after it.
fn parts(hash: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(hash.trim_start_matches('#'));
    std::iter::from_fn(move || {
        let text = rest?;
        let (plain, written) = (text.find('~'), letters::find(text, TILDE));
        // Both begin with a character of one byte.
        let (part, behind) = match (plain, written) {
            (Some(at), written) if written.is_none_or(|other| at < other) => (&text[..at], Some(&text[at + 1..])),
            (_, Some(at)) => (&text[..at], Some(&text[at + TILDE.len()..])),
            _ => (text, None),
        };
        rest = behind;
        Some(part)
    })
}

impl View {
    /// Reads a hash; anything unknown is the search view, so an old or broken link still opens.
    ///
    /// ```
    /// use gasvrij3d::{home::VboId, link::{HomePage, View}};
    /// assert_eq!(View::parse("#/huis/0392010912345678"), View::House(VboId(392_010_912_345_678), HomePage::Card));
    /// assert_eq!(View::parse("#/huis/12"), View::Search);
    /// ```
    pub fn parse(hash: &str) -> Self {
        Self::of_path(parts(hash).next().unwrap_or_default())
    }

    /// Whether a hash leads nowhere: it names something, and nothing that this page has.
    pub fn is_strange(hash: &str) -> bool {
        let path = parts(hash).next().unwrap_or_default();
        !path.trim_matches('/').is_empty() && Self::of_path(path) == Self::Search
    }

    fn of_path(path: &str) -> Self {
        let path = path.trim_matches('/');
        match path.split_once('/') {
            Some(("huis", rest)) => house(rest).unwrap_or_default(),
            Some(("pand", rest)) => building(rest).unwrap_or_default(),
            Some(("buurt", rest)) => area(rest).unwrap_or_default(),
            Some(("plannen", year)) => Self::Plans(year.parse().ok()),
            Some(("tijdlijn", year)) => Self::Timeline(year.parse().ok()),
            Some(("verhaal", rest)) => story(rest).unwrap_or_default(),
            Some(("begrippen", word)) if is_name(word) => Self::Glossary(word.to_owned()),
            Some(("vve", "stukken")) => Self::Vve(VvePage::Papers),
            Some(("vve", rest)) => of_building(rest).unwrap_or_default(),
            None if path == "vve" => Self::Vve(VvePage::Table),
            None if path == "over" => Self::About,
            None if path == "net" => Self::Draw,
            None if path == "tijdlijn" => Self::Timeline(None),
            None if path == "zaal" => Self::Hall,
            None if path == "buurt" => Self::Area(AreaPage::All),
            None if path == "plannen" => Self::Plans(None),
            None if path == "begrippen" => Self::Glossary(String::new()),
            _ => Self::Search,
        }
    }

    /// The hash of this view.
    pub fn hash(&self) -> String {
        match self {
            Self::Search => "#/".to_owned(),
            Self::House(id, HomePage::Card) => format!("#/huis/{id}"),
            Self::House(id, page) => format!("#/huis/{id}/{}", page.code()),
            Self::Building(tile, id) => format!("#/pand/{}-{}/{id}", tile.col, tile.row),
            Self::Area(AreaPage::All) => "#/buurt".to_owned(),
            Self::Area(AreaPage::One(code)) => format!("#/buurt/{code}"),
            Self::Area(AreaPage::Homes(code)) => format!("#/buurt/{code}/huizen"),
            Self::Plans(None) => "#/plannen".to_owned(),
            Self::Plans(Some(year)) => format!("#/plannen/{year}"),
            Self::Draw => "#/net".to_owned(),
            Self::Timeline(None) => "#/tijdlijn".to_owned(),
            Self::Timeline(Some(year)) => format!("#/tijdlijn/{year}"),
            Self::Story(name, step) => format!("#/verhaal/{name}/{step}"),
            Self::Hall => "#/zaal".to_owned(),
            Self::About => "#/over".to_owned(),
            Self::Glossary(word) if word.is_empty() => "#/begrippen".to_owned(),
            Self::Glossary(word) => format!("#/begrippen/{word}"),
            Self::Vve(VvePage::Table) => "#/vve".to_owned(),
            Self::Vve(VvePage::Papers) => "#/vve/stukken".to_owned(),
            Self::Vve(VvePage::Of(tile, id)) => format!("#/vve/pand/{}-{}/{id}", tile.col, tile.row),
        }
    }
}

fn house(text: &str) -> Option<View> {
    let (id, page) = text.split_once('/').unwrap_or((text, ""));
    // A page of a later version: the card has the answer too.
    Some(View::House(id.parse().ok()?, HomePage::from_code(page).unwrap_or(HomePage::Card)))
}

fn area(text: &str) -> Option<View> {
    let (code, page) = text.split_once('/').unwrap_or((text, ""));
    is_name(code).then(|| match page {
        "huizen" => View::Area(AreaPage::Homes(code.to_owned())),
        _ => View::Area(AreaPage::One(code.to_owned())),
    })
}

fn story(text: &str) -> Option<View> {
    let (name, step) = text.split_once('/').unwrap_or((text, "1"));
    let step = step.parse().ok().filter(|step| *step > 0).unwrap_or(1);
    is_name(name).then(|| View::Story(name.to_owned(), step))
}

/// Whether this can be a code of a neighbourhood, a word or a story.
fn is_name(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn building(text: &str) -> Option<View> {
    place(text).map(|(tile, id)| View::Building(tile, id))
}

fn of_building(text: &str) -> Option<View> {
    place(text.strip_prefix("pand/")?).map(|(tile, id)| View::Vve(VvePage::Of(tile, id)))
}

fn place(text: &str) -> Option<(TileId, PandId)> {
    let (tile, id) = text.split_once('/')?;
    let (col, row) = tile.split_once('-')?;
    Some((TileId { col: col.parse().ok()?, row: row.parse().ok()? }, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: VboId = VboId(392_010_000_000_001);

    #[test]
    fn a_tilde_may_be_written_in_two_ways() {
        let all = |hash| parts(hash).collect::<Vec<_>>();
        assert_eq!(all("#/a~b%7Ec%7E~d"), ["/a", "b", "c", "", "d"]);
        assert_eq!(all("é%7"), ["é%7"]);
        assert_eq!(all(""), [""]);
    }

    #[test]
    fn every_view_has_a_hash_that_leads_back_to_it() {
        let building = View::Building(TileId { col: 452, row: 482 }, PandId(392_100_000_000_001));
        let homes = HomePage::ALL.iter().map(|page| View::House(HOME, *page));
        let area = || "BU03920301".to_owned();
        let areas = [AreaPage::All, AreaPage::One(area()), AreaPage::Homes(area())].map(View::Area);
        let others =
            [View::Plans(None), View::Plans(Some(2031)), View::Glossary(String::new()), View::Glossary("vve".into())];
        let evening = [View::Draw, View::Timeline(None), View::Timeline(Some(2031)), View::Story("plannen".into(), 3)];
        let all = [View::Search, building, View::About, View::Hall].into_iter().chain(homes).chain(areas);
        let tile = TileId { col: 452, row: 482 };
        let vve = [VvePage::Table, VvePage::Papers, VvePage::Of(tile, PandId(392_100_000_000_001))].map(View::Vve);
        for view in all.chain(others).chain(evening).chain(vve) {
            assert_eq!(View::parse(&view.hash()), view);
        }
    }

    #[test]
    fn a_shared_link_says_what_it_was_made_with() {
        let link = Link {
            view: View::House(HOME, HomePage::Compare),
            version: version("1a2b3c4d5e6f", "2026.2"),
            said: Some((HeatOption::NrIso, Verdict::Onbekend)),
            corrections: "lab=A++++,bj=1935".into(),
            open: "AEL,NMT".into(),
            calc: "1,gas=130".into(),
        };
        let hash = link.hash();
        assert_eq!(
            hash,
            "#/huis/0392010000000001/vergelijk~o=AEL,NMT~r=1,gas=130~v=1a2b3c4d-2026.2~b=NR_ISO-?~c=lab=A++++,bj=1935"
        );
        assert_eq!(Link::parse(&hash), link);
        assert_eq!(Link::parse(&hash.replace('~', "%7E")), link, "as some mail programs write it");
        let plain = Link { view: link.view.clone(), ..Link::default() };
        assert_eq!(Link::parse(&plain.hash()), plain);
    }

    #[test]
    fn a_broken_link_opens_the_search_view() {
        for hash in [
            "",
            "#",
            "#/huis/",
            "#/pand/1-2",
            "#/pand/a-b/0392100000000001",
            "#/%00",
            "#/huis/../../x",
            "#/buurt/<b>",
            "#/begrippen/a b",
            "#/vve/pand/1-2",
            "#/vve/elders",
        ] {
            assert_eq!(View::parse(hash), View::Search, "{hash}");
        }
        assert_eq!(Link::parse("#/~v~b=AEL~b=x-y~c~=~~"), Link::default());
    }

    #[test]
    fn an_unknown_page_of_a_home_opens_its_card() {
        assert_eq!(View::parse("#/huis/0392010000000001/later/nog"), View::House(HOME, HomePage::Card));
    }
}
