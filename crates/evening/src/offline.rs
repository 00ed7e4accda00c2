//! Putting the page with all its data on this device, when the presenter asks for that, and taking it away again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use evening::ready::{LISTS, Ready};
use evening::view::offline::{self, Standing};
use gasvrij3d::text::Key;
use gasvrij3d::{Error, Result};
use kit::{data, dom, frame};
use wasm_bindgen_futures::spawn_local;
use web_sys::Response;

use crate::app::{App, Place};
use crate::store::Store;

/// How often it is told how far it is.
const STEPS: usize = 20;

/// What is known of it.
#[derive(Default)]
pub struct Offline {
    standing: RefCell<Standing>,
    is_known: Cell<bool>,
}

/// Shows how it stands; looks where that is not known yet.
pub fn show(app: &Rc<App>) {
    render(app);
    if Store::of_browser().is_some() && !app.offline.is_known.replace(true) {
        let app = app.clone();
        spawn_local(async move {
            look(&app).await;
        });
    }
}

/// Shows what is known, where there is a place for it.
pub fn render(app: &App) {
    let lang = frame::lang();
    let standing = app.offline.standing.borrow();
    let known = Store::of_browser().map(|_| &*standing);
    if app.is_at(Place::Story) && dom::by_id(offline::PLACE).is_some() {
        dom::fill(offline::PLACE, offline::part(known, lang));
    }
}

/// What the server has, by its two lists.
async fn newest() -> Result<([Vec<u8>; 2], Ready)> {
    let lists = [data::newest(LISTS[0]).await?, data::newest(LISTS[1]).await?];
    let ready = Ready::of([&lists[0], &lists[1]])?;
    Ok((lists, ready))
}

fn note(app: &App, ready: &Ready) {
    app.offline.standing.borrow_mut().newest = Some((ready.version.clone(), ready.files.len(), ready.bytes()));
}

async fn look(app: &App) {
    let Some(store) = Store::of_browser() else { return };
    let kept = store.version().await;
    let found = newest().await;
    *app.offline.standing.borrow_mut() = Standing { kept, ..Standing::default() };
    if let Ok((_, ready)) = found {
        note(app, &ready);
    }
    render(app);
}

/// A press on one of its controls.
pub fn pressed(app: &Rc<App>, what: &str) {
    let Some(store) = Store::of_browser() else { return };
    if app.offline.standing.borrow().busy.is_some() {
        return;
    }
    let (app, what) = (app.clone(), what.to_owned());
    spawn_local(async move {
        let lang = frame::lang();
        let done = match what.as_str() {
            "offline-maak" => keep(&app, &store).await.map(|()| String::new()),
            _ => store.forget(None).await.map(|()| Key::OfflineGewist.text(lang).to_owned()),
        };
        app.offline.standing.borrow_mut().busy = None;
        match done {
            // What was asked for is what the server has now.
            Ok(_) if what == "offline-nieuwste" => {
                let _ = dom::window().map(|window| window.location().reload());
            }
            Ok(said) => {
                look(&app).await;
                say(&app, &said);
            }
            Err(error) => {
                look(&app).await;
                say(&app, &format!("{} ({error})", Key::OfflineFout.text(lang)));
            }
        }
    });
}

fn say(app: &App, text: &str) {
    if app.is_at(Place::Story) {
        dom::say(offline::SAID, text);
    }
}

/// Puts all files of the newest version on the device. Only when each of them is there does it take the place of what was.
async fn keep(app: &App, store: &Store) -> Result<()> {
    let (lists, ready) = newest().await?;
    note(app, &ready);
    let filling = store.fill(&ready.version).await?;
    let (mut done, mut bytes, mut told) = (0, 0, 0);
    app.offline.standing.borrow_mut().busy = Some((0, 0));
    render(app);
    for file in &ready.files {
        // A try that was broken off goes on where it was.
        if file.sha256.is_empty() || !filling.has(&file.file).await {
            filling.put(&file.file, data::answer(&file.file, file).await?).await?;
        }
        done += 1;
        bytes += file.bytes;
        app.offline.standing.borrow_mut().busy = Some((done, bytes));
        // Now and then: who hears the page has to be able to follow.
        if done * STEPS / ready.files.len() > told {
            told = done * STEPS / ready.files.len();
            if let Some(bar) = dom::by_id(offline::BAR) {
                dom::set(&bar, "value", &bytes.to_string());
            }
            say(app, &offline::progress(&app.offline.standing.borrow(), frame::lang()));
        }
    }
    let no_answer = |_| Error::new("The browser makes no answer.");
    for (name, list) in LISTS.into_iter().zip(&lists) {
        let mut list = list.clone();
        filling.put(name, Response::new_with_opt_u8_array(Some(&mut list)).map_err(no_answer)?).await?;
    }
    // The page itself goes by the name of its folder.
    let index = ready.files.iter().find(|file| file.file == "index.html");
    let index = index.ok_or_else(|| Error::new(format!("{} does not name index.html.", LISTS[0])))?;
    filling.put("./", data::answer(&index.file, index).await?).await?;
    store.settle(&ready.version).await
}
