//! Delimited text (CSV), row by row in a buffer of fixed size: a line without an end or a quote that never closes costs
//! one row, not the memory.

use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter};

/// No row of a register is longer, bytes.
pub const LONGEST_ROW: usize = 1 << 20;
const BUFFER: usize = 2 * LONGEST_ROW;
/// A value may go on over so many lines; where a quote is still open then, it is taken for a stray one.
const MOST_LINES: usize = 50;

/// Why a row cannot be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Longer than [`LONGEST_ROW`].
    TooLong,
    /// A value begins with a quote that does not close.
    Unclosed,
    /// There is a zero byte in it.
    Zero,
}

/// A row, with the number of the line it begins on (the first line of the file is 1).
#[derive(Debug)]
pub struct Row {
    /// The line.
    pub line: u64,
    /// Whether it could be split.
    pub flaw: Option<Flaw>,
}

/// The values of one row.
#[derive(Debug, Default)]
pub struct Values {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Values {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The value in this column without spaces around; empty where the row has no such column.
    pub fn get(&self, column: usize) -> &[u8] {
        let Some(&end) = self.ends.get(column) else { return &[] };
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.bytes[start..end].trim_ascii()
    }

    /// All values.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// Whether nothing is filled in.
    pub fn all_empty(&self) -> bool {
        self.iter().all(<[u8]>::is_empty)
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// Splits a row without quotes.
    fn split_plain(&mut self, record: &[u8], delimiter: u8) {
        self.clear();
        let mut start = 0;
        for at in memchr_iter(delimiter, record) {
            self.bytes.extend_from_slice(&record[start..at]);
            self.ends.push(self.bytes.len());
            start = at + 1;
        }
        self.bytes.extend_from_slice(&record[start..]);
        self.ends.push(self.bytes.len());
    }

    /// Splits a row with quotes in it: `"a;b"` is one value, `""` within quotes is a quote.
    fn split_quoted(&mut self, record: &[u8], delimiter: u8) {
        self.clear();
        let mut state = State::Start;
        for &byte in record {
            let next = state.after(byte, delimiter);
            match (state, next) {
                (_, State::Start) => self.ends.push(self.bytes.len()),
                // The opening quote, and the first of what may be two.
                (State::Start, State::Quoted) | (State::Quoted, State::Quote) => {}
                _ => self.bytes.push(byte),
            }
            state = next;
        }
        self.ends.push(self.bytes.len());
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    Quote,
}

impl State {
    fn after(self, byte: u8, delimiter: u8) -> Self {
        match self {
            Self::Quoted if byte == b'"' => Self::Quote,
            Self::Quoted => Self::Quoted,
            Self::Quote if byte == b'"' => Self::Quoted,
            _ if byte == delimiter => Self::Start,
            Self::Start if byte == b'"' => Self::Quoted,
            Self::Start | Self::Plain | Self::Quote => Self::Plain,
        }
    }

    fn over(self, bytes: &[u8], delimiter: u8) -> Self {
        bytes.iter().fold(self, |state, &byte| state.after(byte, delimiter))
    }
}

/// Where the next line ends.
enum End {
    /// This far from the beginning of the row.
    At(usize),
    TooFar,
    Nowhere,
}

/// The rows of a text.
pub struct Rows<R> {
    input: R,
    buffer: Vec<u8>,
    unread: Range<usize>,
    ended: bool,
    /// Lines before `unread`.
    lines: u64,
    line_end: u8,
    delimiter: u8,
}

impl<R: Read> Rows<R> {
    /// Begins to read; a byte order mark is passed over.
    pub fn new(input: R) -> io::Result<Self> {
        let buffer = vec![0; BUFFER];
        let mut rows = Self { input, buffer, unread: 0..0, ended: false, lines: 0, line_end: b'\n', delimiter: b';' };
        rows.fill()?;
        if rows.buffer[rows.unread.clone()].starts_with(b"\xef\xbb\xbf") {
            rows.unread.start += 3;
        }
        let first = rows.ahead();
        if memchr(b'\n', first).is_none() && memchr(b'\r', first).is_some() {
            rows.line_end = b'\r';
        }
        Ok(rows)
    }

    /// What is between values from here on.
    pub fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// What was read ahead: the beginning of the text, before the first row was taken.
    pub fn ahead(&self) -> &[u8] {
        &self.buffer[self.unread.clone()]
    }

    /// The next line that is not blank, as it stands: for what comes before the rows.
    pub fn line(&mut self) -> io::Result<Option<(u64, Vec<u8>)>> {
        loop {
            let line = self.lines + 1;
            match self.end_from(0)? {
                End::Nowhere => return Ok(None),
                End::TooFar => {
                    self.skip_line()?;
                    return Ok(Some((line, Vec::new())));
                }
                End::At(end) => {
                    let text = self.ahead()[..end].trim_ascii().to_vec();
                    self.pass(end, 1);
                    if !text.is_empty() {
                        return Ok(Some((line, text)));
                    }
                }
            }
        }
    }

    /// Takes the next row that is not blank, into `values` where it can be split.
    pub fn next_row(&mut self, values: &mut Values) -> io::Result<Option<Row>> {
        loop {
            let line = self.lines + 1;
            let first = match self.end_from(0)? {
                End::Nowhere => return Ok(None),
                End::TooFar => {
                    self.skip_line()?;
                    return Ok(Some(Row { line, flaw: Some(Flaw::TooLong) }));
                }
                End::At(first) => first,
            };
            let record = self.ahead()[..first].trim_ascii_end();
            if record.is_empty() {
                // A row that consists of tabs only is trimmed away too: nothing is filled in there either.
                self.pass(first, 1);
                continue;
            }
            let flaw = if memchr(0, record).is_some() {
                self.pass(first, 1);
                Some(Flaw::Zero)
            } else if memchr(b'"', record).is_none() {
                values.split_plain(line_of(self.ahead(), first), self.delimiter);
                self.pass(first, 1);
                None
            } else {
                self.quoted(first, values)?
            };
            return Ok(Some(Row { line, flaw }));
        }
    }

    /// A row with quotes, whose first line ends there: it may go on over more lines.
    fn quoted(&mut self, first: usize, values: &mut Values) -> io::Result<Option<Flaw>> {
        let mut end = first;
        let mut state = State::Start.over(&self.ahead()[..end], self.delimiter);
        let mut count = 1;
        while state == State::Quoted {
            let next = match self.end_from(end + 1)? {
                End::At(next) if count < MOST_LINES => next,
                _ => {
                    self.pass(first, 1);
                    return Ok(Some(Flaw::Unclosed));
                }
            };
            state = state.over(&self.ahead()[end..next], self.delimiter);
            end = next;
            count += 1;
        }
        values.split_quoted(line_of(&self.buffer[self.unread.clone()], end), self.delimiter);
        self.pass(end, count as u64);
        Ok(None)
    }

    /// The end of the line that goes on `from` bytes after the beginning of the row.
    fn end_from(&mut self, from: usize) -> io::Result<End> {
        let mut searched = from;
        loop {
            let ahead = self.ahead();
            if let Some(at) = ahead.get(searched..).and_then(|rest| memchr(self.line_end, rest)) {
                let end = searched + at;
                return Ok(if end > LONGEST_ROW { End::TooFar } else { End::At(end) });
            }
            searched = searched.max(ahead.len());
            if searched > LONGEST_ROW {
                return Ok(End::TooFar);
            }
            if self.ended {
                return Ok(if ahead.len() > from { End::At(ahead.len()) } else { End::Nowhere });
            }
            self.fill()?;
        }
    }

    /// Goes on behind the row that ends there.
    fn pass(&mut self, end: usize, lines: u64) {
        self.unread.start = (self.unread.start + end + 1).min(self.unread.end);
        self.lines += lines;
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(at) = memchr(self.line_end, self.ahead()) {
                self.pass(at, 1);
                return Ok(());
            }
            self.unread.start = self.unread.end;
            if self.ended {
                self.lines += 1;
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.unread.clone(), 0);
        self.unread = 0..self.unread.len();
        while self.unread.end < BUFFER {
            match self.input.read(&mut self.buffer[self.unread.end..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(n) => self.unread.end += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }
}

/// A row without its end.
fn line_of(ahead: &[u8], end: usize) -> &[u8] {
    let record = &ahead[..end];
    record.strip_suffix(b"\r").unwrap_or(record)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    type Found = Vec<(u64, Result<Vec<String>, Flaw>)>;

    fn read(text: &[u8]) -> Found {
        let mut rows = Rows::new(text).unwrap();
        let mut values = Values::default();
        let mut all = Vec::new();
        while let Some(row) = rows.next_row(&mut values).unwrap() {
            let texts = values.iter().map(|v| String::from_utf8_lossy(v).into_owned()).collect();
            all.push((row.line, row.flaw.map_or(Ok(texts), Err)));
        }
        all
    }

    fn row(line: u64, values: &[&str]) -> (u64, Result<Vec<String>, Flaw>) {
        (line, Ok(values.iter().map(|v| (*v).to_owned()).collect()))
    }

    #[test]
    fn rows_end_in_any_of_the_three_ways_and_blank_lines_count_as_lines() {
        let expected = vec![row(1, &["a", "b"]), row(3, &["c", ""])];
        assert_eq!(read(b"a;b\n\nc;"), expected);
        assert_eq!(read(b"\xef\xbb\xbfa; b \r\n\r\nc;\r\n"), expected);
        assert_eq!(read(b"a;b\r\rc;\r"), expected);
    }

    #[test]
    fn a_quoted_value_may_hold_the_separator_quotes_and_line_ends() {
        let text = b"\"a;\"\"b\"\"\r\nc\";d\r\nE 5\" pijp;f\r\n";
        assert_eq!(read(text), vec![row(1, &["a;\"b\"\r\nc", "d"]), row(3, &["E 5\" pijp", "f"])]);
    }

    #[test]
    fn a_quote_that_never_closes_costs_its_own_row_only() {
        let mut text = b"a;\"b\n".to_vec();
        text.extend("c;d\n".repeat(3000).bytes());
        let rows = read(&text);
        assert_eq!(rows.len(), 3001);
        assert_eq!(rows[0], (1, Err(Flaw::Unclosed)));
        assert_eq!(rows[1], row(2, &["c", "d"]));
        assert_eq!(read(b"a;\"b"), vec![(1, Err(Flaw::Unclosed))]);
    }

    #[test]
    fn a_line_of_a_hundred_megabytes_costs_its_own_row_only() {
        let long = io::repeat(b'x').take(100 << 20);
        let mut rows = Rows::new(b"a;b\n".as_slice().chain(long).chain(&b"\nc;d\n"[..])).unwrap();
        let mut values = Values::default();
        let mut flaws = Vec::new();
        while let Some(row) = rows.next_row(&mut values).unwrap() {
            flaws.push((row.line, row.flaw));
        }
        assert_eq!(flaws, [(1, None), (2, Some(Flaw::TooLong)), (3, None)]);
        assert_eq!(rows.buffer.len(), BUFFER, "the buffer does not grow");
    }

    #[test]
    fn a_row_with_a_zero_byte_is_a_row_that_cannot_be_read() {
        assert_eq!(read(b"a;b\nc;\0\n"), vec![row(1, &["a", "b"]), (2, Err(Flaw::Zero))]);
    }

    /// Gives what it has in the smallest pieces.
    struct Drops<'a>(&'a [u8]);

    impl io::Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(buffer.len()).min(1);
            let (now, later) = self.0.split_at(n);
            buffer[..n].copy_from_slice(now);
            self.0 = later;
            Ok(n)
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_the_end(text in proptest::collection::vec(any::<u8>(), 0..400)) {
            let all = read(&text);
            prop_assert!(all.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }

        #[test]
        fn what_separates_rows_is_never_lost(text in "[ab;\"\r\n]{0,200}") {
            let one: Vec<u64> = read(text.as_bytes()).iter().map(|(line, _)| *line).collect();
            let mut rows = Rows::new(Drops(text.as_bytes())).unwrap();
            let mut values = Values::default();
            let mut other = Vec::new();
            while let Some(row) = rows.next_row(&mut values).unwrap() {
                other.push(row.line);
            }
            prop_assert_eq!(one, other);
        }

        #[test]
        fn rows_that_were_written_are_read_back(
            table in proptest::collection::vec(proptest::collection::vec("[a-z0-9;\"\n]{1,6}", 1..6), 1..8)
        ) {
            let quoted = |value: &String| format!("\"{}\"", value.replace('"', "\"\""));
            let text: String = table
                .iter()
                .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";") + "\r\n")
                .collect();
            let expected: Vec<Vec<String>> =
                table.iter().map(|row| row.iter().map(|v| v.trim().to_owned()).collect()).collect();
            let found: Vec<Vec<String>> = read(text.as_bytes()).into_iter().map(|(_, row)| row.unwrap()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
