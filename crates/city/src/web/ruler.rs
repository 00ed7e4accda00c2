//! How wide texts are. Asking a browser takes longer than all else that is done for a name, so each letter is measured once; what
//! a pair of letters moves together is less than the room that is kept free around a name.

use std::collections::HashMap;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CanvasRenderingContext2d;

use crate::labels::Rank;

/// Letters that were measured.
pub struct Ruler {
    pen: CanvasRenderingContext2d,
    measure: Option<Function>,
    /// Their widths, pixels.
    known: HashMap<(Rank, char), f64>,
    /// What the pen has letters for.
    rank: Option<Rank>,
}

impl Ruler {
    /// Measures with this pen.
    pub fn new(pen: CanvasRenderingContext2d) -> Self {
        let measure = Reflect::get(&pen, &"measureText".into()).ok().and_then(|found| found.dyn_into().ok());
        Self { pen, measure, known: HashMap::new(), rank: None }
    }

    /// Somebody else wrote with the pen.
    pub fn take_up(&mut self) {
        self.rank = None;
    }

    /// How wide a text is, pixels.
    pub fn width(&mut self, rank: Rank, text: &str) -> f64 {
        text.chars().map(|letter| self.letter(rank, letter)).sum()
    }

    fn letter(&mut self, rank: Rank, letter: char) -> f64 {
        if let Some(width) = self.known.get(&(rank, letter)) {
            return *width;
        }
        if self.rank.replace(rank) != Some(rank) {
            self.pen.set_font(&font(rank));
        }
        let text = JsValue::from_str(letter.encode_utf8(&mut [0; 4]));
        let measured = self.measure.as_ref().and_then(|measure| measure.call1(&self.pen, &text).ok());
        let width = measured.and_then(|metrics| Reflect::get(&metrics, &"width".into()).ok());
        // Every browser measures; half a letter's height is about right.
        let width = width.as_ref().and_then(JsValue::as_f64).unwrap_or(rank.size() * 0.5);
        self.known.insert((rank, letter), width);
        width
    }
}

/// The letters of a rank.
pub fn font(rank: Rank) -> String {
    let weight = match rank {
        Rank::Place | Rank::Mark => 650,
        Rank::Road | Rank::Number => 600,
        Rank::Street => 500,
    };
    format!("{weight} {}px \"Public Sans\", system-ui, sans-serif", rank.size())
}
