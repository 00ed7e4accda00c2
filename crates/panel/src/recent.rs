//! The addresses that were looked at last: kept on this device only, and only where the visitor wants it.

use std::rc::Rc;

use gasvrij3d::geo::TileId;
use gasvrij3d::text::Key;
use kit::case::Case;
use kit::dom;
use kit::view::card;
use kit::view::search::Choice;

use crate::app::App;

/// Where they are kept, one a line, the last one first. That there is an entry says that the visitor wants it.
const PLACE: &str = "gasvrij-adressen";
/// How many at most.
const MOST: usize = 5;
/// The control that switches it on.
pub const SWITCH: &str = "zoek-onthoud";

/// One address, as a line. Names hold no tabs: the register has none.
fn line(choice: &Choice) -> Option<String> {
    let Choice::Address { id, tile, name, place, .. } = choice else { return None };
    Some(format!("{id}\t{}\t{}\t{name}\t{place}", tile.col, tile.row))
}

/// An address from a line; none from what was written by another hand.
fn address(line: &str) -> Option<Choice> {
    let mut parts = line.split('\t');
    let id = parts.next()?.parse().ok()?;
    let tile = TileId { col: parts.next()?.parse().ok()?, row: parts.next()?.parse().ok()? };
    let (name, place) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    Some(Choice::Address { id, tile, name, place, certain: false })
}

/// The addresses with this one in front.
fn with(kept: &str, new: &str) -> String {
    let id = new.split('\t').next();
    let others = kept.lines().filter(|line| address(line).is_some() && line.split('\t').next() != id);
    std::iter::once(new).chain(others).take(MOST).collect::<Vec<_>>().join("\n")
}

/// What is kept, where the visitor wants it.
pub fn list() -> Option<Vec<Choice>> {
    dom::recall(PLACE).map(|kept| kept.lines().filter_map(address).take(MOST).collect())
}

/// Keeps the home that is on screen, where the visitor wants it.
pub fn keep(case: &Case) {
    let (Some(kept), Some(tile)) = (dom::recall(PLACE), case.tile.id) else { return };
    let address = &case.woning.address;
    let new = Choice::Address {
        id: case.woning.id,
        tile,
        name: address.to_string(),
        place: card::place(address),
        certain: false,
    };
    if let Some(new) = line(&new) {
        dom::remember(PLACE, &with(&kept, &new));
    }
}

/// Switches it on or off; off forgets all.
pub fn switch(app: &Rc<App>, on: bool) {
    if on {
        dom::remember(PLACE, "");
    } else {
        dom::forget(PLACE);
    }
    app.start_view();
    dom::focus(SWITCH);
}

/// Forgets them; those that come are kept again.
pub fn wipe(app: &Rc<App>) {
    dom::remember(PLACE, "");
    app.start_view();
    dom::say("zoek-status", Key::ZoekGewist.text(app.lang.get()));
    dom::focus(SWITCH);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(id: u64) -> String {
        format!("{id:016}\t12\t34\tKade {id}\t2011 AB Haven")
    }

    #[test]
    fn the_last_one_is_first_once_and_there_are_five_at_most() {
        let kept = (1..=7).chain([3]).fold(String::new(), |kept, id| with(&kept, &of(id)));
        assert_eq!(kept.lines().collect::<Vec<_>>(), [of(3), of(7), of(6), of(5), of(4)]);
    }

    #[test]
    fn a_line_is_read_as_it_was_written_and_another_is_left_out() {
        let read = address(&of(1)).unwrap();
        assert_eq!(line(&read), Some(of(1)));
        for strange in ["", "1", "x\t1\t2\tKade\tHaven", "0000000000000001\t-1\t2\tKade\tHaven", "\u{0}\t\t\t\t"] {
            assert_eq!(address(strange), None, "{strange:?}");
        }
        assert_eq!(with("onzin\n<script>\n", &of(2)), of(2));
    }
}
