//! What stands on and below a picture to keep: the legend that holds for its colours, the names of two maps, whose picture it
//! is, of which day, and where the facts came from. All words come from the page, in its language.

use gasvrij3d::palette::{Hatch, Rgb, palette};
use gasvrij3d::theme::Category;
use js_sys::{Date, Object, Reflect};
use web_sys::{CanvasRenderingContext2d, Element};

use super::screen;
use crate::orbit::Screen;
use crate::panes::Panes;

/// Room around what is written, and what a line and a swatch take, pixels of the sheet ([`super::names::sheet`]).
const ROOM: f64 = 12.0;
const LINE: f64 = 24.0;
const SWATCH: f64 = 16.0;
/// How wide a legend is that lies on the map.
const WIDE: f64 = 264.0;
/// On a map narrower than this nothing lies: all of it stands below.
const NARROW: f64 = 640.0;
const INK: &str = "#17232a";
const PAPER: &str = "#ffffff";

/// What is written, in pixels of the sheet.
pub struct Caption {
    panes: Panes,
    page: Screen,
    legend: Option<Legend>,
}

/// By what the homes are coloured, and what each colour means.
struct Legend {
    title: String,
    rows: Vec<(Rgb, Hatch, String)>,
}

fn first(selector: &str) -> Option<Element> {
    screen::document()?.query_selector(selector).ok().flatten()
}

fn said(element: Option<Element>) -> String {
    element.and_then(|e| e.text_content()).unwrap_or_default().trim().to_owned()
}

fn words(selector: &str) -> String {
    said(first(selector))
}

impl Legend {
    /// The legend that holds: the map's own, or that of the page where a part has painted the homes by something else.
    fn of_page() -> Option<Self> {
        let is_painted = first("[data-geverfd]").is_some();
        let list = first(if is_painted { ".view .legend-list" } else { "#legenda > .legend-list" })?;
        let title = if is_painted {
            let block = list.closest("section").ok().flatten();
            said(block.and_then(|block| block.query_selector("h2").ok().flatten()))
        } else {
            words("#thema option:checked")
        };
        let items = list.children();
        let row = |i| {
            let item = items.item(i)?;
            let swatch = item.query_selector("rect").ok().flatten()?.get_attribute("fill")?;
            let colour = of_hex(&swatch)?;
            let mut styles = Category::ALL.iter().map(|category| palette().style(*category));
            let hatch = styles.find(|style| style.colour == colour).map_or(Hatch::Solid, |style| style.hatch);
            Some((colour, hatch, said(Some(item))))
        };
        Some(Self { title, rows: (0..items.length()).filter_map(row).collect() })
    }

    fn height(&self) -> f64 {
        ROOM * 2.0 + LINE * (self.rows.len() + 1) as f64
    }

    fn draw(&self, pen: &CanvasRenderingContext2d, [x, y]: [f64; 2], width: f64) {
        pen.set_fill_style_str(PAPER);
        pen.fill_rect(x, y, width, self.height());
        pen.set_text_align("left");
        pen.set_text_baseline("middle");
        pen.set_fill_style_str(INK);
        write(pen, &self.title, [x + ROOM, y + ROOM + LINE / 2.0], 650, width - 2.0 * ROOM);
        for (i, (colour, hatch, text)) in self.rows.iter().enumerate() {
            let top = y + ROOM + LINE * (i + 1) as f64;
            swatch(pen, [x + ROOM, top + (LINE - SWATCH) / 2.0], *colour, *hatch);
            pen.set_fill_style_str(INK);
            let at = [x + ROOM + SWATCH + 10.0, top + LINE / 2.0];
            write(pen, text, at, 450, width - SWATCH - 3.0 * ROOM);
        }
    }
}

fn of_hex(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([r, g, b])
}

impl Caption {
    /// What the page says now, for maps that lie like this.
    pub fn new(panes: Panes) -> Self {
        Self { panes, page: panes.canvas(), legend: Legend::of_page() }
    }

    fn is_narrow(&self) -> bool {
        self.page.width < NARROW
    }

    /// What stands below the map: so much.
    pub fn height(&self) -> f64 {
        let legend = self.legend.as_ref().filter(|_| self.is_narrow()).map_or(0.0, Legend::height);
        let lines = if self.is_narrow() { 2.0 } else { 1.0 };
        legend + lines * LINE + ROOM
    }

    /// Where the legend lies on the map.
    fn on_map(&self, legend: &Legend) -> [f64; 2] {
        [ROOM, self.page.height - ROOM - legend.height()]
    }

    /// The rectangles of the map that it covers: left, top, right and bottom.
    pub fn covers(&self) -> Vec<[f64; 4]> {
        let legend = self.legend.as_ref().filter(|_| !self.is_narrow()).map(|legend| {
            let [left, top] = self.on_map(legend);
            [left, top, left + WIDE, top + legend.height()]
        });
        let names = named(self.panes).map(|(_, [left, top], [width, height])| [left, top, left + width, top + height]);
        legend.into_iter().chain(names).collect()
    }

    /// Writes it.
    pub fn draw(&self, pen: &CanvasRenderingContext2d) {
        let Self { panes, page, legend } = self;
        pen.set_fill_style_str(PAPER);
        pen.fill_rect(0.0, page.height, page.width, self.height());
        let mut below = page.height;
        if let Some(legend) = legend {
            if self.is_narrow() {
                legend.draw(pen, [0.0, below], page.width);
                below += legend.height();
            } else {
                legend.draw(pen, self.on_map(legend), WIDE);
            }
        }
        for (texts, corner, size) in named(*panes) {
            name_map(pen, &texts, corner, size);
        }
        self.strip(pen, below);
    }

    /// Whose picture it is, of which day, and where the facts came from.
    fn strip(&self, pen: &CanvasRenderingContext2d, top: f64) {
        pen.set_fill_style_str(INK);
        let parts = ["Gasvrij3D".to_owned(), words("#gemeente"), words("#melding"), today()];
        let whose = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let (width, middle) = (self.page.width, top + LINE.midpoint(ROOM));
        pen.set_text_align("left");
        if self.is_narrow() {
            write(pen, &whose, [ROOM, middle], 650, width - 2.0 * ROOM);
            write(pen, &words("#bronnen"), [ROOM, middle + LINE - 4.0], 450, width - 2.0 * ROOM);
        } else {
            write(pen, &whose, [ROOM, middle], 650, width * 0.55);
            pen.set_text_align("right");
            write(pen, &words("#bronnen"), [width - ROOM, middle], 450, width * 0.42);
        }
    }
}

/// What is said over each of two maps, in which corner and how large.
fn named(panes: Panes) -> impl Iterator<Item = (Vec<String>, [f64; 2], [f64; 2])> {
    let sides = if panes.lie().is_some() { panes.sides() } else { &[] };
    sides.iter().zip(1..).filter_map(move |(side, part)| {
        let lines = first(&format!(".twins p:nth-child({part})"))?.children();
        let texts = (0..lines.length()).map(|i| said(lines.item(i))).filter(|text| !text.is_empty());
        let texts: Vec<String> = texts.collect();
        let width = (panes.size().width - 2.0 * ROOM).min(220.0);
        let [left, top] = panes.corner(*side);
        let corner = [left + (panes.size().width - width) / 2.0, top + ROOM];
        let height = ROOM + LINE * texts.len() as f64;
        Some((texts, corner, [width, height]))
    })
}

/// Over one of two maps: what it shows.
fn name_map(pen: &CanvasRenderingContext2d, texts: &[String], [x, y]: [f64; 2], [width, height]: [f64; 2]) {
    pen.set_fill_style_str(PAPER);
    pen.fill_rect(x, y, width, height);
    pen.set_fill_style_str(INK);
    pen.set_text_align("center");
    pen.set_text_baseline("middle");
    for (i, text) in texts.iter().enumerate() {
        let at = [x + width / 2.0, y + ROOM / 2.0 + LINE * (i as f64 + 0.5)];
        write(pen, text, at, if i == 0 { 650 } else { 450 }, width - ROOM);
    }
}

/// The day, in the language of the page.
fn today() -> String {
    let root = screen::document().and_then(|d| d.document_element());
    // English as it is written on this side of the ocean: the day before the month.
    let language = match root.and_then(|root| root.get_attribute("lang")).as_deref() {
        Some("en") => "en-GB",
        _ => "nl-NL",
    };
    let form = Object::new();
    for (part, how) in [("day", "numeric"), ("month", "long"), ("year", "numeric")] {
        // A plain object takes any property.
        drop(Reflect::set(&form, &part.into(), &how.into()));
    }
    Date::new_0().to_locale_date_string(language, &form).into()
}

fn write(pen: &CanvasRenderingContext2d, text: &str, at: [f64; 2], weight: u32, width: f64) {
    pen.set_font(&format!("{weight} 13px \"Public Sans\", system-ui, sans-serif"));
    // It fails only for numbers that are none.
    drop(pen.fill_text_with_max_width(text, at[0], at[1], width));
}

/// A colour with its pattern, as on the roofs.
fn swatch(pen: &CanvasRenderingContext2d, [x, y]: [f64; 2], [r, g, b]: Rgb, hatch: Hatch) {
    pen.save();
    pen.begin_path();
    pen.rect(x, y, SWATCH, SWATCH);
    pen.clip();
    pen.set_fill_style_str(&format!("rgb({r} {g} {b})"));
    pen.fill();
    let is_dark = u32::from(r) * 2 + u32::from(g) * 7 + u32::from(b) < 1_200;
    pen.set_stroke_style_str(if is_dark { "#ffffffa0" } else { "#00000070" });
    pen.set_line_width(1.5);
    pen.begin_path();
    let line = |from: [f64; 2], to: [f64; 2]| {
        pen.move_to(x + from[0], y + from[1]);
        pen.line_to(x + to[0], y + to[1]);
    };
    for step in [-8.0, -3.0, 2.0, 7.0, 12.0, 17.0] {
        match hatch {
            Hatch::Solid => {}
            Hatch::Dots => [2.0, 7.0, 12.0].iter().for_each(|&v| line([step, v], [step + 1.5, v])),
            Hatch::Diagonal => line([step, 0.0], [step + SWATCH, SWATCH]),
            Hatch::Horizontal => line([0.0, step], [SWATCH, step]),
            Hatch::Vertical => line([step, 0.0], [step, SWATCH]),
            Hatch::Cross => {
                line([step, 0.0], [step + SWATCH, SWATCH]);
                line([step + SWATCH, 0.0], [step, SWATCH]);
            }
        }
    }
    pen.stroke();
    pen.restore();
}
