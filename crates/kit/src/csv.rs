//! Rows as a file for a spreadsheet: with a semicolon between, as Dutch spreadsheets read it.

/// The file, with a mark in front by which a spreadsheet knows its letters.
pub fn file(rows: &[Vec<String>]) -> String {
    let lines: Vec<String> =
        rows.iter().map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(";")).collect();
    format!("\u{feff}{}\r\n", lines.join("\r\n"))
}

/// A text as a cell. One that a spreadsheet would take for a formula gets a sign in front.
fn quoted(cell: &str) -> String {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '-' | ',');
    if cell.chars().all(number) {
        return cell.to_owned();
    }
    let safe = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_one_and_a_formula_is_none() {
        let rows = [vec!["12".to_owned(), "-1,50".into()], vec!["=1+1".into(), "a \"b\"; c".into()], vec![]];
        assert_eq!(file(&rows), "\u{feff}12;-1,50\r\n\"'=1+1\";\"a \"\"b\"\"; c\"\r\n\r\n");
    }
}
