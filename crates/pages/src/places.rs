//! Brings a page that is not about one home on screen: neighbourhoods, plans, method, glossary.

use gasvrij3d::Result;
use gasvrij3d::figures::{self, Figures, Known, Neighbourhood, Neighbourhoods, Plans, Quality};
use gasvrij3d::link::{AreaPage, View};
use gasvrij3d::manifest::FileEntry;
use gasvrij3d::text::Key;
use gasvrij3d::tile::Woning;
use kit::view::area::Area;
use kit::view::{about, area, glossary, homes, page, plans};
use kit::{dom, frame};
use maud::Markup;

use crate::app::App;

/// What a link led to: the title and the page.
type Shown = Option<(String, Markup)>;

/// Shows such a page.
pub async fn show(app: &App, view: View, turn: u32, moved: bool) {
    let lang = frame::lang();
    // What needs no data is there at once.
    let at_once = match &view {
        View::About => Some((Key::OverKop, about::about(app.data.known().as_deref(), lang))),
        View::Glossary(_) => Some((Key::BegrippenKop, glossary::glossary(lang))),
        _ => None,
    };
    if let Some((title, markup)) = at_once {
        frame::put(markup);
        frame::titled(title.text(lang));
        arrive(&view, moved);
        if view != View::About || app.data.known().is_some() {
            return;
        }
    } else {
        dom::fill(frame::VIEW, page::waiting(lang));
    }
    let was_there = view == View::About;
    let shown = load(app, &view, turn).await;
    if !app.is_turn(turn) {
        return;
    }
    let lang = frame::lang();
    let back = match &view {
        View::Area(AreaPage::One(_) | AreaPage::Homes(_)) => area::back(lang),
        _ => page::back(Key::PaginaNaarZoeken, lang),
    };
    let failed =
        |what: Key, detail: &str| (Key::FoutKop.text(lang).to_owned(), page::failed_under(&back, what, detail, lang));
    let (title, markup) = match shown {
        Ok(Some(shown)) => shown,
        // The page about method stands there without the data too.
        Err(_) if was_there => return,
        Ok(None) => failed(Key::BuurtWeg, ""),
        Err(error) => failed(Key::FoutGegevens, &error.to_string()),
    };
    frame::put(markup);
    frame::titled(&title);
    if !was_there {
        arrive(&view, moved);
    }
}

/// To the heading, or to the word that was asked for.
fn arrive(view: &View, moved: bool) {
    if moved {
        dom::arrive("kop", frame::VIEW);
    }
    if let View::Glossary(word) = view {
        let id = format!("begrip-{word}");
        if let Some(element) = dom::by_id(&id) {
            element.scroll_into_view();
            dom::focus(&id);
        }
    }
}

async fn load(app: &App, view: &View, turn: u32) -> Result<Shown> {
    let lang = frame::lang();
    let manifest = app.data.manifest().await?;
    Ok(match view {
        View::Area(AreaPage::All) => {
            let title = Key::BuurtKies.text(lang).to_owned();
            Some((title, area::all(&neighbourhoods(app).await?, lang)))
        }
        View::Area(AreaPage::One(name)) => {
            let Some(found) = neighbourhood(app, name).await? else { return Ok(None) };
            app.look_at(&found.figures, turn);
            Some((found.figures.naam.clone(), area::one(&found.area(name), &manifest, lang)))
        }
        View::Area(AreaPage::Homes(name)) => {
            let all = neighbourhoods(app).await?;
            let Some(figures) = all.find(name) else { return Ok(None) };
            app.look_at(figures, turn);
            let title = Key::BuurtHuizenKop.fill(lang, &[("name", &figures.naam)]);
            Some((title, list(app, name, figures).await?))
        }
        View::Plans(year) => {
            let plans = plans_of(app).await?;
            let areas = neighbourhoods(app).await?;
            Some((plans::title(*year, lang), plans::all(&plans, *year, &areas, &manifest, lang)))
        }
        _ => Some((Key::OverKop.text(lang).to_owned(), about::about(Some(&manifest), lang))),
    })
}

/// A neighbourhood with what is told of it.
pub struct Found {
    figures: Neighbourhood,
    year: u16,
    plans: Plans,
    known: Option<Known>,
}

impl Found {
    /// The same for a page of this name.
    pub fn area<'a>(&'a self, name: &'a str) -> Area<'a> {
        let Self { figures, year, plans, known } = self;
        Area { figures, name, year: *year, plans: Some(plans), known: known.as_ref() }
    }
}

/// The neighbourhood of this name; nothing where there is none.
pub async fn neighbourhood(app: &App, name: &str) -> Result<Option<Found>> {
    let manifest = app.data.manifest().await?;
    let all = neighbourhoods(app).await?;
    let Some(figures) = all.find(name).cloned() else { return Ok(None) };
    let plans = plans_of(app).await?;
    let quality: Quality = read(app, manifest.quality.as_ref().map(|files| &files.data)).await?;
    let known = quality.buurten.into_iter().find(|k| k.code == figures.code && k.naam == figures.naam);
    Ok(Some(Found { figures, year: all.jaar, plans, known }))
}

/// The addresses of a neighbourhood. Its tiles come one by one: a phone need not hold them all at once.
async fn list(app: &App, name: &str, figures: &Neighbourhood) -> Result<Markup> {
    let mut found: Vec<Woning> = Vec::new();
    for tile in homes::tiles(&figures.tegels) {
        let tile = app.data.tile(tile).await?;
        let here = tile.woningen.iter().filter(|w| !w.buurt.is_empty() && w.buurt == figures.code);
        found.extend(here.cloned());
    }
    let found: Vec<&Woning> = found.iter().collect();
    Ok(homes::homes(name, &figures.naam, &found, frame::lang()))
}

async fn neighbourhoods(app: &App) -> Result<Neighbourhoods> {
    let manifest = app.data.manifest().await?;
    read(app, manifest.figures.as_ref().map(|files| &files.buurten)).await
}

async fn plans_of(app: &App) -> Result<Plans> {
    let manifest = app.data.manifest().await?;
    read(app, manifest.figures.as_ref().and_then(|files| files.plannen.as_ref())).await
}

/// A file of figures; a data set without it knows nothing of the kind.
async fn read<T: Figures + Default>(app: &App, entry: Option<&FileEntry>) -> Result<T> {
    match entry {
        Some(entry) => figures::read(&entry.file, &app.data.figures(entry).await?),
        None => Ok(T::default()),
    }
}
