//! A small reader of JSON for what the page downloads first: a tree of values, without code made for each type. It reads
//! what `prep` writes; a number has at most 15 digits and no exponent.

use std::borrow::Cow;

use crate::error::{Error, Result};

/// A value. Its texts are those of the file, as far as nothing in them is escaped: most files are thousands of short texts.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'t> {
    /// `null`, `true` and `false`: nothing that we write has them in a place that is read.
    Word(&'static str),
    /// A number.
    Number(f64),
    /// A text.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Json<'t>>),
    /// An object, in the order of the file.
    Object(Vec<(Cow<'t, str>, Json<'t>)>),
}

/// Deeper is no file of ours.
const DEEPEST: usize = 32;

impl<'t> Json<'t> {
    /// Reads a whole file.
    ///
    /// ```
    /// use gasvrij3d::json::Json;
    /// let tile = Json::parse(br#"{"row": 926, "name": "Oude Stad"}"#)?;
    /// assert_eq!((tile.whole("row")?, tile.text("name")?), (926_u32, "Oude Stad"));
    /// # gasvrij3d::Result::Ok(())
    /// ```
    pub fn parse(bytes: &'t [u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).map_err(|_| Error::new("it is not a text"))?;
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.space();
        if reader.at < text.len() { Err(reader.unexpected()) } else { Ok(value) }
    }

    /// A field that may be absent.
    pub fn find(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(own, _)| own == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A field.
    pub fn field(&self, name: &str) -> Result<&Self> {
        self.find(name).ok_or_else(|| Error::new(format!("it has no `{name}`")))
    }

    /// The text in a field.
    pub fn text(&self, name: &str) -> Result<&str> {
        self.field(name)?.as_text().ok_or_else(|| wrong(name, "a text"))
    }

    /// The list in a field.
    pub fn list(&self, name: &str) -> Result<&[Self]> {
        self.field(name)?.as_list().ok_or_else(|| wrong(name, "a list"))
    }

    /// The number in a field.
    pub fn number(&self, name: &str) -> Result<f64> {
        self.field(name)?.as_number().ok_or_else(|| wrong(name, "a number"))
    }

    /// The whole number in a field.
    pub fn whole<N: TryFrom<u64>>(&self, name: &str) -> Result<N> {
        self.field(name)?.as_whole().ok_or_else(|| wrong(name, "a whole number"))
    }

    /// Whether a field is `true`.
    pub fn is_true(&self, name: &str) -> Result<bool> {
        match self.field(name)? {
            Self::Word("true") => Ok(true),
            Self::Word("false") => Ok(false),
            _ => Err(wrong(name, "true or false")),
        }
    }

    /// A field that may be absent or `null`, read by `get`.
    pub fn maybe<'a, T>(&'a self, name: &str, get: impl FnOnce(&'a Self) -> Option<T>) -> Result<Option<T>> {
        match self.find(name) {
            None | Some(Self::Word("null")) => Ok(None),
            Some(value) => get(value).map(Some).ok_or_else(|| wrong(name, "of the form that is expected")),
        }
    }

    /// The text in a field, empty where there is none.
    pub fn text_or_empty(&self, name: &str) -> Result<String> {
        Ok(self.maybe(name, Self::as_text)?.unwrap_or_default().to_owned())
    }

    /// The fields of an object, where it is one.
    pub fn as_fields(&self) -> Option<&[(Cow<'t, str>, Self)]> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list, where it is one.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// The number, where it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The whole number, where it is one that fits.
    pub fn as_whole<N: TryFrom<u64>>(&self) -> Option<N> {
        let number = self.as_number().filter(|n| *n >= 0.0 && n.fract() == 0.0)?;
        N::try_from(number as u64).ok()
    }
}

fn wrong(name: &str, wanted: &str) -> Error {
    Error::new(format!("`{name}` is not {wanted}"))
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn unexpected(&self) -> Error {
        Error::new(format!("at byte {} something else is expected", self.at))
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// Whether this sign is next; then it is passed.
    fn takes(&mut self, sign: u8) -> bool {
        self.space();
        let next = self.peek() == sign;
        self.at += usize::from(next);
        next
    }

    fn needs(&mut self, sign: u8) -> Result<()> {
        if self.takes(sign) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn value(&mut self, depth: usize) -> Result<Json<'t>> {
        if depth > DEEPEST {
            return Err(self.unexpected());
        }
        self.space();
        match self.peek() {
            b'"' => self.string().map(Json::Text),
            b'-' | b'0'..=b'9' => self.number().map(Json::Number),
            b'[' => {
                self.at += 1;
                let mut list = Vec::new();
                if !self.takes(b']') {
                    loop {
                        list.push(self.value(depth + 1)?);
                        if !self.takes(b',') {
                            break;
                        }
                    }
                    self.needs(b']')?;
                }
                Ok(Json::List(list))
            }
            b'{' => {
                self.at += 1;
                let mut fields = Vec::new();
                if !self.takes(b'}') {
                    loop {
                        self.space();
                        let name = self.string()?;
                        self.needs(b':')?;
                        fields.push((name, self.value(depth + 1)?));
                        if !self.takes(b',') {
                            break;
                        }
                    }
                    self.needs(b'}')?;
                }
                Ok(Json::Object(fields))
            }
            _ => {
                let word = ["null", "true", "false"].into_iter().find(|word| self.text[self.at..].starts_with(word));
                let word = word.ok_or_else(|| self.unexpected())?;
                self.at += word.len();
                Ok(Json::Word(word))
            }
        }
    }

    fn number(&mut self) -> Result<f64> {
        let negative = self.takes(b'-');
        let (mut digits, mut count, mut scale, mut behind) = (0_u64, 0, 1.0, false);
        loop {
            match self.peek() {
                digit @ b'0'..=b'9' => {
                    digits = digits * 10 + u64::from(digit - b'0');
                    count += u32::from(digits > 0);
                    if behind {
                        scale *= 10.0;
                    }
                }
                b'.' if !behind && self.text.as_bytes()[self.at - 1].is_ascii_digit() => behind = true,
                _ => break,
            }
            self.at += 1;
            // So far a division of two exact numbers gives the nearest there is.
            if count > 15 || scale > 1e22 {
                return Err(self.unexpected());
            }
        }
        let ends_well = self.at > 0 && self.text.as_bytes()[self.at - 1].is_ascii_digit();
        if !ends_well || matches!(self.peek(), b'e' | b'E') {
            return Err(self.unexpected());
        }
        let number = digits as f64 / scale;
        Ok(if negative { -number } else { number })
    }

    fn string(&mut self) -> Result<Cow<'t, str>> {
        if self.peek() != b'"' {
            return Err(self.unexpected());
        }
        self.at += 1;
        let mut out = Cow::Borrowed("");
        loop {
            let rest = &self.text[self.at..];
            let stop = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\')).ok_or_else(|| self.unexpected())?;
            // As long as nothing came before it this borrows.
            out += &rest[..stop];
            self.at += stop + 1;
            if rest.as_bytes()[stop] == b'"' {
                return Ok(out);
            }
            let escaped = self.peek();
            self.at += 1;
            out.to_mut().push(match escaped {
                b'"' | b'\\' | b'/' => char::from(escaped),
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => self.code().ok_or_else(|| self.unexpected())?,
                _ => return Err(self.unexpected()),
            });
        }
    }

    /// Four hexadecimal digits, or two times four for a character outside the first plane.
    fn code(&mut self) -> Option<char> {
        let mut unit = || {
            let unit = u32::from_str_radix(self.text.get(self.at..self.at + 4)?, 16).ok()?;
            self.at += 4;
            Some(unit)
        };
        let first = unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        self.at += usize::from(self.text[self.at..].starts_with("\\u")) * 2;
        let second = u32::from_str_radix(self.text.get(self.at..self.at + 4)?, 16).ok()?;
        self.at += 4;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + second.checked_sub(0xdc00)?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn same(own: &Json, other: &Value) -> bool {
        match (own, other) {
            (Json::Word("null"), Value::Null) => true,
            (Json::Word(word), Value::Bool(yes)) => *word == yes.to_string(),
            (Json::Number(a), Value::Number(b)) => Some(*a) == b.as_f64(),
            (Json::Text(a), Value::String(b)) => a == b,
            (Json::List(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
            (Json::Object(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().all(|(name, value)| b.get(name.as_ref()).is_some_and(|b| same(value, b)))
            }
            _ => false,
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            (-9_999_999_i64..9_999_999, 1..1_000_u32)
                .prop_map(|(a, b)| Value::from(a as f64 / f64::from(b * 100).round())),
            "\\PC{0,12}|[\u{0}-\u{1f}]{0,4}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[a-z_]{1,6}", inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_reads_what_another_writer_writes(value in value()) {
            let text = value.to_string();
            // More digits than we ever write are refused, not rounded.
            match Json::parse(text.as_bytes()) {
                Ok(own) => prop_assert!(same(&own, &value), "{text}"),
                Err(_) => prop_assert!(text.contains('.') || text.contains('e'), "{text}"),
            }
        }

        #[test]
        fn whatever_comes_it_never_breaks(bytes in prop::collection::vec(any::<u8>(), 0..60), text in "[\\[\\]{}\",:0-9.eE\\\\u-]{0,40}") {
            let _ = (Json::parse(&bytes), Json::parse(text.as_bytes()));
        }
    }

    #[test]
    fn escapes_and_halves_of_characters() {
        let read = |text: &str| Json::parse(text.as_bytes()).ok().and_then(|j| j.as_text().map(str::to_owned));
        assert_eq!(read(r#""a\u00e9\ud83c\udfe0\n\"""#).as_deref(), Some("aé🏠\n\""));
        assert_eq!(read(r#""\ud83c""#), None);
        assert_eq!(read(r#""\udfe0""#), None);
    }

    #[test]
    fn what_is_no_json_is_refused_with_the_place() {
        for (text, place) in [("", 0), ("[1,", 3), ("{\"a\" 1}", 5), ("[1] 2", 4), ("1.", 2), ("1e3", 1), ("nil", 0)] {
            let said = Json::parse(text.as_bytes()).unwrap_err().to_string();
            assert!(said.contains(&format!("byte {place} ")), "{text}: {said}");
        }
        assert!(Json::parse("[".repeat(100_000).as_bytes()).is_err());
        assert_eq!(
            Json::parse(b"{\"a\":-1}").unwrap().whole::<u32>("a").unwrap_err().to_string(),
            "`a` is not a whole number"
        );
    }
}
