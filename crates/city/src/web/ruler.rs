//! How wide texts are. Asking a browser takes longer than all else that is done for a name, so each is measured once.

use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CanvasRenderingContext2d;

use crate::labels::Rank;

/// Texts that were measured.
pub struct Ruler {
    pen: CanvasRenderingContext2d,
    measure: Option<Function>,
    /// By rank: the widths, pixels.
    known: HashMap<Rank, HashMap<Rc<str>, f64>>,
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
    pub fn width(&mut self, rank: Rank, text: &Rc<str>) -> f64 {
        let known = self.known.entry(rank).or_default();
        if let Some(width) = known.get(text) {
            return *width;
        }
        if self.rank.replace(rank) != Some(rank) {
            self.pen.set_font(&font(rank));
        }
        let measured = self.measure.as_ref().and_then(|measure| measure.call1(&self.pen, &(**text).into()).ok());
        let width = measured.and_then(|metrics| Reflect::get(&metrics, &"width".into()).ok());
        // Every browser measures; half a letter's height a letter is about right.
        let width = width.as_ref().and_then(JsValue::as_f64).unwrap_or(text.len() as f64 * rank.size() * 0.5);
        known.insert(text.clone(), width);
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
