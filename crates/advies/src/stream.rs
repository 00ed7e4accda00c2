//! From lines with homes to lines with advice, one at a time and in order.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};

use gasvrij3d::rules::{Advice, rules};
use gasvrij3d::verdict::HeatOption;

use crate::record::Record;

/// A longer line is no home; it is passed over without being kept.
const LONGEST_LINE: u64 = 1 << 20;

/// What was wrong with the lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Lines that are no record.
    pub lines: u64,
    /// For each fact in how many homes it was not understood, and the first line with such a one.
    pub facts: BTreeMap<&'static str, (u64, u64)>,
}

/// Writes an advice for each line but the blank ones, and gives what was wrong.
pub fn advise(mut homes: impl BufRead, out: &mut impl Write) -> io::Result<Faults> {
    let (mut line, mut number, mut faults) = (Vec::new(), 0_u64, Faults::default());
    loop {
        line.clear();
        number += 1;
        if homes.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(faults);
        }
        let is_whole = (line.len() as u64) < LONGEST_LINE || line.last() == Some(&b'\n');
        if is_whole && line.iter().all(|byte| b" \t\r\n".contains(byte)) {
            continue;
        }
        let said = if is_whole {
            of(&line, number, out, &mut faults)?
        } else {
            homes.skip_until(b'\n')?;
            Err(format!("longer than {LONGEST_LINE} bytes; one home a line is expected"))
        };
        if let Err(sentence) = said {
            faults.lines += 1;
            serde_json::to_writer(&mut *out, &serde_json::json!({ "error": sentence, "line": number }))?;
        }
        out.write_all(b"\n")?;
    }
}

/// The advice for one line, or a sentence.
fn of(line: &[u8], number: u64, out: &mut impl Write, faults: &mut Faults) -> io::Result<Result<(), String>> {
    let Ok(text) = str::from_utf8(line) else {
        return Ok(Err("not UTF-8 text; save the file as UTF-8".to_owned()));
    };
    // Some programs open a file with this mark.
    let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text };
    match Record::parse(text) {
        Err(sentence) => Ok(Err(sentence)),
        Ok(record) => {
            for fact in &record.faults {
                faults.facts.entry(fact).or_insert((0, number)).0 += 1;
            }
            write(out, record.id, &rules().evaluate_facts(&record, record.year)).map(Ok)
        }
    }
}

fn write(out: &mut impl Write, id: &str, advice: &Advice) -> io::Result<()> {
    // Pieces as they are, without a formatter between them: this is most of the work for a home.
    let mut line = Vec::with_capacity(1024);
    let mut add = |pieces: &[&str]| pieces.iter().for_each(|piece| line.extend_from_slice(piece.as_bytes()));
    add(&[r#"{"id":"#, id, r#","opties":{"#]);
    for (i, &option) in HeatOption::INTERCHANGE.iter().enumerate() {
        let said = advice.option(option);
        let comma = if i == 0 { "\"" } else { ",\"" };
        add(&[comma, option.code(), r#"":{"v":""#, said.verdict.code(), r#"","regels":["#]);
        for (j, rule) in said.rules().enumerate() {
            add(&[if j == 0 { "\"" } else { ",\"" }, rule.id, "\""]);
        }
        add(&["]}"]);
    }
    add(&["}}"]);
    out.write_all(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &str) -> (Vec<String>, Faults) {
        let mut out = Vec::new();
        let faults = advise(input.as_bytes(), &mut out).unwrap();
        (String::from_utf8(out).unwrap().lines().map(str::to_owned).collect(), faults)
    }

    #[test]
    fn the_example_of_the_record_gives_its_advice_to_the_letter() {
        let home = r#"{"id":"T6","bj":1972,"typ":"FLAT","nvbo":24,"own":"vve","block":"nee","garage":"ja","net_soort":"MT","net_status":"gepland","net_start":2030}"#;
        let advice = concat!(
            r#"{"id":"T6","opties":{"AEL":{"v":"M","regels":["R06","R09","R10","R14"]},"AEG":{"v":"M","regels":["R16","R09","R10","R49"]},"#,
            r#""HYB":{"v":"M","regels":["R22","R10","R24","R25"]},"NMT":{"v":"N","regels":["R30","R10","R49"]},"NLT":{"v":"X","regels":["R38","R10"]},"#,
            r#""NZLT":{"v":"X","regels":["R42","R10"]},"COL":{"v":"N","regels":["R45","R10","R49"]},"GAS2":{"v":"X","regels":["R51"]},"BIO":{"v":"O","regels":["R52"]},"#,
            r#""IR":{"v":"O","regels":["R53"]},"AIR":{"v":"O","regels":["R54"]},"NR_ISO":{"v":"G","regels":["R55","R49","R59"]},"NR_KOKEN":{"v":"G","regels":["R58"]}}}"#,
        );
        assert_eq!(run(home), (vec![advice.to_owned()], Faults::default()));
    }

    #[test]
    fn faults_keep_their_place_among_the_lines() {
        let (lines, faults) = run("{\"id\":\"a\",\"bj\":\"oud\"}\r\n \t\r\n\nzomaar\n{\"id\":\"\\ud800\",\"bj\":1.5}");
        assert_eq!((lines.len(), faults.lines), (3, 1));
        assert_eq!(faults.facts, BTreeMap::from([("bj", (2, 1))]));
        assert!(lines[0].starts_with(r#"{"id":"a","opties""#) && lines[2].starts_with(r#"{"id":"\ud800","opties""#));
        assert!(lines[1].contains(r#""line":4"#) && lines[1].contains(r#""error":"not valid JSON"#));
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let long = format!("{}\n{{\"id\":\"b\"}}\n", "x".repeat(3 << 20));
        let (lines, faults) = run(&long);
        assert_eq!((lines.len(), faults.lines), (2, 1));
        assert!(lines[0].contains("longer than") && lines[1].contains(r#""id":"b""#));
    }
}
