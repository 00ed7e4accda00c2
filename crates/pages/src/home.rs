//! The pages under the card of a home: why, what is not right, options side by side.

use gasvrij3d::home::VboId;
use gasvrij3d::link::{HomePage, Link, View};
use gasvrij3d::text::Key;
use kit::home::Found;
use kit::view::{card, compare, correct, page, why};
use kit::{dom, frame, map};

use crate::app::App;

/// Shows such a page.
pub async fn show(app: &App, id: VboId, page: HomePage, open: &str, turn: u32, moved: bool) {
    let is_open = app.opened.borrow().as_ref().is_some_and(|opened| opened.woning().id == id);
    if !is_open {
        dom::fill(frame::VIEW, page::waiting(frame::lang()));
    }
    let found = app.open(id).await;
    if !app.is_turn(turn) {
        return;
    }
    let lang = frame::lang();
    match found {
        Ok(None) if app.opened.borrow().is_some() => render(app, page, open),
        Ok(Some(Found::Other(located))) => {
            frame::put(card::no_home(&located.address, lang));
            frame::titled(&located.address.to_string());
            map::unselect();
        }
        other => {
            let (what, detail) = match other {
                Err(error) => (Key::FoutGegevens, error.to_string()),
                Ok(_) => (Key::FoutAdres, String::new()),
            };
            dom::fill(frame::VIEW, page::failed(what, &detail, lang));
            frame::titled(Key::FoutKop.text(lang));
            map::unselect();
        }
    }
    if moved {
        dom::arrive("kop", frame::VIEW);
    }
    if !open.is_empty() {
        dom::open_at(&format!("bij-{open}"));
    }
}

fn render(app: &App, page: HomePage, open: &str) {
    let lang = frame::lang();
    app.look(&mut |case| {
        frame::put(match page {
            _ if !case.is_home() => card::no_home(&case.woning.address, lang),
            HomePage::Card => return,
            HomePage::Why => why::why(case, open, lang),
            HomePage::Correct => correct::correct(case, lang),
            HomePage::Compare => compare::compare(case, open, lang),
        });
        let address = case.woning.address.to_string();
        frame::titled(&match title(page) {
            None => address,
            Some(name) => format!("{} · {address}", name.text(lang)),
        });
        kit::home::on_map(case);
    });
}

/// Puts the page that the link names on screen anew, also where its HTML would be the same.
pub fn again(app: &App) {
    frame::forget_filled();
    if let View::House(_, page) = Link::parse(&frame::hash()).view {
        render(app, page, "");
    }
}

const fn title(page: HomePage) -> Option<Key> {
    match page {
        HomePage::Card => None,
        HomePage::Why => Some(Key::WaaromKop),
        HomePage::Correct => Some(Key::KloptKop),
        HomePage::Compare => Some(Key::VergelijkKop),
    }
}
