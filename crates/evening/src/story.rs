//! A story in steps, as a file that people make in the page and keep: where the camera looks, what the map shows, what
//! is said. JSON with Dutch names, for it is read and mended by people too.

use gasvrij3d::geo::is_rd;
use gasvrij3d::scenario::YEARS;
use gasvrij3d::text::Lang;
use gasvrij3d::theme::Theme;
use gasvrij3d::verdict::HeatOption;
use gasvrij3d::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The largest file that is read, bytes.
pub const LARGEST_FILE: usize = 1_000_000;
/// The most steps.
pub const MOST_STEPS: usize = 100;
/// The most letters of a text.
const LONGEST_TEXT: usize = 4_000;

/// A story.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Story {
    /// What it is called.
    pub naam: String,
    /// Its steps, in order.
    pub stappen: Vec<Step>,
}

/// One step: what is seen and said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Step {
    /// Its heading.
    pub titel: Both,
    /// What the hall reads.
    pub tekst: Both,
    /// What only the presenter reads.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notitie: String,
    /// Where the camera looks; it stays where it is without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub camera: Option<Camera>,
    /// By what the homes are coloured: `best`, `plannen`, or the code of an option.
    pub kleur: Colour,
    /// The year of the plans that are shown; all of them without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jaar: Option<u16>,
    /// What lies over the map.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lagen: Vec<Layer>,
}

/// A text in two languages. English may be empty: then the Dutch text stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Both {
    /// Dutch.
    pub nl: String,
    /// English, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Both {
    /// The text in this language, or the Dutch one.
    pub fn text(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.en.is_empty() { &self.en } else { &self.nl }
    }
}

/// Where the camera looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Camera {
    /// The point on the ground in the middle of the picture, RD metres to the east.
    pub x: f64,
    /// The same, to the north.
    pub y: f64,
    /// From the camera to that point, metres.
    pub afstand: f64,
    /// The direction in which it looks, degrees from north to the east.
    pub draai: f64,
    /// How slanting it looks, degrees from straight down.
    pub kanteling: f64,
}

/// By what homes are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// By the most promising option.
    #[default]
    Best,
    /// By the verdict of an option.
    Option(HeatOption),
    /// By what is planned there.
    Plans,
}

impl Colour {
    /// Its word in a file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Plans => "plannen",
            Self::Option(option) => option.code(),
        }
    }

    /// The colour with this word: only what the map can show.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "best" => Some(Self::Best),
            "plannen" => Some(Self::Plans),
            code => {
                let option = HeatOption::from_code(code)?;
                Theme::ALL.contains(&Theme::Verdict(option)).then_some(Self::Option(option))
            }
        }
    }

    /// All that can be chosen.
    pub fn all() -> impl Iterator<Item = Self> {
        let themes = Theme::ALL.iter().map(|theme| match theme {
            Theme::Best => Self::Best,
            Theme::Verdict(option) => Self::Option(*option),
        });
        themes.chain([Self::Plans])
    }
}

impl Serialize for Colour {
    fn serialize<S: serde::Serializer>(&self, s: S) -> std::result::Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> std::result::Result<Self, D::Error> {
        let code = String::deserialize(d)?;
        Self::from_code(&code).ok_or_else(|| {
            let all: Vec<&str> = Self::all().map(Self::code).collect();
            serde::de::Error::custom(format!("`kleur` is `{code}`; one of {} is expected", all.join(", ")))
        })
    }
}

/// What lies over the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// Heat networks.
    Warmtenetten,
    /// Areas with a plan.
    Plannen,
    /// Borders of neighbourhoods.
    Buurten,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Self; 3] = [Self::Warmtenetten, Self::Plannen, Self::Buurten];

    /// Its word in a file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Warmtenetten => "warmtenetten",
            Self::Plannen => "plannen",
            Self::Buurten => "buurten",
        }
    }
}

impl Story {
    /// The file of a story.
    pub fn write(&self) -> String {
        // A tree of texts and numbers can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads a file. What does not fit is refused as a whole, with a sentence that names the step.
    pub fn read(text: &str) -> Result<Self> {
        if text.len() > LARGEST_FILE {
            return Err(Error::new(format!("{} bytes are too many: at most {LARGEST_FILE} are read", text.len())));
        }
        let file: Value = serde_json::from_str(text).map_err(|e| Error::new(format!("it is no JSON: {e}")))?;
        let (Some(name), Some(steps)) = (file.get("naam").and_then(Value::as_str), file.get("stappen")) else {
            return Err(Error::new("it is no story: `naam` and `stappen` are expected"));
        };
        let steps = steps.as_array().ok_or_else(|| Error::new("`stappen` is not a list"))?;
        if steps.is_empty() || steps.len() > MOST_STEPS {
            return Err(Error::new(format!("it has {} steps; 1 to {MOST_STEPS} are expected", steps.len())));
        }
        let mut story = Self { naam: short(name, "naam")?.to_owned(), stappen: Vec::with_capacity(steps.len()) };
        for (place, step) in steps.iter().enumerate() {
            let read = serde_json::from_value(step.clone()).map_err(|e| Error::new(e.to_string()));
            let step = read.and_then(Step::checked).map_err(|e| e.at(format!("stap {}", place + 1)))?;
            story.stappen.push(step);
        }
        Ok(story)
    }
}

fn short<'t>(text: &'t str, name: &str) -> Result<&'t str> {
    if text.len() <= LONGEST_TEXT {
        return Ok(text);
    }
    Err(Error::new(format!("`{name}` has {} letters; at most {LONGEST_TEXT} are expected", text.len())))
}

impl Step {
    fn checked(self) -> Result<Self> {
        let texts = [("titel", &self.titel), ("tekst", &self.tekst)];
        for (name, text) in texts.iter().flat_map(|(name, both)| [(name, &both.nl), (name, &both.en)]) {
            short(text, name)?;
        }
        short(&self.notitie, "notitie")?;
        if self.jaar.is_some_and(|year| !YEARS.contains(&year)) {
            return Err(Error::new(format!(
                "`jaar` is {}; {} to {} is expected",
                self.jaar.unwrap_or_default(),
                YEARS.start(),
                YEARS.end()
            )));
        }
        if let Some(camera) = &self.camera {
            let is_well = is_rd([camera.x, camera.y])
                && (10.0..=100_000.0).contains(&camera.afstand)
                && (-360.0..=360.0).contains(&camera.draai)
                && (0.0..=89.0).contains(&camera.kanteling);
            if !is_well {
                return Err(Error::new(
                    "`camera` looks nowhere: x and y in RD metres, afstand 10 to 100000, draai -360 to 360, kanteling 0 to 89",
                ));
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn story() -> Story {
        let both = |nl: &str, en: &str| Both { nl: nl.into(), en: en.into() };
        let camera = Camera { x: 104_000.0, y: 488_000.0, afstand: 900.0, draai: 45.0, kanteling: 55.0 };
        let first = Step {
            titel: both("Welkom", "Welcome"),
            tekst: both("Dit is onze stad.", ""),
            notitie: "Koffie staat klaar".into(),
            camera: Some(camera),
            kleur: Colour::Plans,
            jaar: Some(2031),
            lagen: Layer::ALL.to_vec(),
        };
        let second = Step { titel: both("Vragen", ""), kleur: Colour::Option(HeatOption::Nmt), ..Step::default() };
        Story { naam: "Avond".into(), stappen: vec![first, second] }
    }

    #[test]
    fn a_story_that_is_saved_is_the_same_story_when_it_is_opened() {
        assert_eq!(Story::read(&story().write()).unwrap(), story());
        assert_eq!(story().stappen[0].tekst.text(Lang::En), "Dit is onze stad.");
        for colour in Colour::all() {
            assert_eq!(Colour::from_code(colour.code()), Some(colour));
        }
        for layer in Layer::ALL {
            assert_eq!(serde_json::to_value(layer).unwrap(), layer.code());
        }
    }

    #[test]
    fn what_is_no_story_is_refused_with_a_sentence_that_names_the_step() {
        let with = |step: &str| format!(r#"{{"naam":"x","stappen":[{{"titel":{{"nl":"a"}}}},{step}]}}"#);
        for (text, told) in [
            (String::new(), "it is no JSON"),
            ("[]".into(), "it is no story"),
            (r#"{"naam":"x","stappen":{}}"#.into(), "not a list"),
            (r#"{"naam":"x","stappen":[]}"#.into(), "0 steps"),
            (with(r#"{"film":"a.mp4"}"#), "stap 2: unknown field `film`"),
            (with(r#"{"kleur":"BIO"}"#), "stap 2: `kleur` is `BIO`; one of best,"),
            (with(r#"{"lagen":["ufo"]}"#), "stap 2: unknown variant `ufo`"),
            (with(r#"{"jaar":1850}"#), "stap 2: `jaar` is 1850"),
            (
                with(r#"{"camera":{"x":0,"y":0,"afstand":100,"draai":0,"kanteling":0}}"#),
                "stap 2: `camera` looks nowhere",
            ),
            (with(&format!(r#"{{"notitie":"{}"}}"#, "a".repeat(5_000))), "stap 2: `notitie` has 5000 letters"),
            ("[".repeat(100_000), "it is no JSON"),
        ] {
            let said = Story::read(&text).unwrap_err().to_string();
            assert!(said.contains(told), "{said}");
        }
    }
}
