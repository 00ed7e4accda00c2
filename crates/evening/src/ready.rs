//! Which files a device has to keep so that the page works without a connection, and by what name that version goes.

use std::fmt::Write as _;

use gasvrij3d::manifest::{FileEntry, Manifest};
use gasvrij3d::{Error, Result};
use kit::hash::sha256;

/// The list of the files of the page, and of those of the data, beside it.
pub const LISTS: [&str; 2] = ["bestanden.txt", "data/manifest.json"];
/// The folder of the data.
const DATA: &str = "data/";

/// All that makes one version of the page with its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// A hash over both lists, of which each line holds the hash of a file: `0a1b2c3d4e5f6071`.
    pub version: String,
    /// The files, by their path from the page; one without a hash may change without another version of the page.
    pub files: Vec<FileEntry>,
}

impl Ready {
    /// Reads both lists.
    pub fn of([page, data]: [&[u8]; 2]) -> Result<Self> {
        let as_text = |bytes, name: &str| {
            std::str::from_utf8(bytes).map_err(|_| Error::new(format!("{name} is not a text file.")))
        };
        let manifest = Manifest::parse(as_text(data, LISTS[1])?)?;
        let mut files = Vec::new();
        for (number, line) in as_text(page, LISTS[0])?.lines().enumerate() {
            files.push(file(line).ok_or_else(|| {
                Error::new(format!(
                    "{}, line {}: `{line}` is not a hash, a length and a path. Build the page again.",
                    LISTS[0],
                    number + 1
                ))
            })?);
        }
        let of_data = manifest.files().into_iter().cloned();
        files.extend(of_data.map(|entry| FileEntry { file: format!("{DATA}{}", entry.file), ..entry }));
        let both = sha256(&[sha256(page), sha256(data)].concat());
        let version = both.iter().take(8).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Ok(Self { version, files })
    }

    /// All files together, bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

fn file(line: &str) -> Option<FileEntry> {
    let mut parts = line.splitn(3, ' ');
    let (hash, bytes, path) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
    let is_inside = !path.is_empty() && !path.starts_with('/') && !path.contains("..") && !path.contains(':');
    let is_hash = hash == "-" || hash.len() == 64;
    let sha256 = if hash == "-" { String::new() } else { hash.to_owned() };
    (is_inside && is_hash).then(|| FileEntry { file: path.to_owned(), bytes, sha256 })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn manifest(version: &str) -> Vec<u8> {
        let entry = |name: &str| format!(r#"{{"file":"{name}","bytes":5,"sha256":"{}"}}"#, "b".repeat(64));
        format!(
            r#"{{"form":{form},"data_version":"{version}","municipality":{{"name":"Modelstad","code":"","model_town":true,
            "notice":{{"nl":"","en":""}},"contact":{{"name":"","phone":"","email":"","url":""}}}},"crs":"EPSG:28992",
            "matrix":"NetherlandsRDNewQuad","zoom":12,"extent":4096,"bounds":[0,0,1,1],"centre":[0,0],
            "tiles":[{{"col":1,"row":2,"file":"tiles/a.mvt","bytes":7,"sha256":"{hash}","panden":1,"woningen":1,"top_dm":1,"name":"x"}}],
            "search":{{"streets":{streets},"shards":[{shard}],"ids":[{ids}]}},"sources":[],"gaps":[],
            "counts":{{"panden":1,"woningen":1,"adressen":1,"with_year":1,"with_height":1}},"report":{report},
            "quality":null,"figures":null,"downloads":[]}}"#,
            form = gasvrij3d::manifest::FORM,
            hash = "c".repeat(64),
            streets = entry("zoek/straten.json"),
            shard = entry("zoek/adressen.json"),
            ids = entry("zoek/ids.json"),
            report = entry("report.json"),
        )
        .into_bytes()
    }

    const PAGE: &str =
        "- 3 thema.css\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 10 fonts/een twee.woff2\n";

    #[test]
    fn all_files_of_page_and_data_are_in_it_and_another_list_is_another_version() {
        let ready = Ready::of([PAGE.as_bytes(), &manifest("1")]).unwrap();
        let names: Vec<_> = ready.files.iter().map(|file| (file.file.as_str(), file.sha256.len())).collect();
        for name in [
            ("thema.css", 0),
            ("fonts/een twee.woff2", 64),
            ("data/tiles/a.mvt", 64),
            ("data/zoek/straten.json", 64),
            ("data/zoek/adressen.json", 64),
            ("data/zoek/ids.json", 64),
        ] {
            assert!(names.contains(&name), "{name:?} {names:?}");
        }
        assert_eq!((ready.version.len(), ready.bytes()), (16, 3 + 10 + 7 + 15));
        let others =
            [Ready::of([PAGE.as_bytes(), &manifest("2")]), Ready::of([&PAGE.as_bytes()[..14], &manifest("1")])];
        assert!(others.into_iter().all(|other| other.unwrap().version != ready.version));
    }

    #[test]
    fn a_list_that_leads_elsewhere_or_is_none_is_refused_with_its_line() {
        for wrong in
            ["<!DOCTYPE html>", "- 3 ../a", "- 3 /a", "- x a", "- 3", "abc 3 a", "- 3 https://elders.example/a"]
        {
            let said =
                Ready::of([format!("- 3 thema.css\n{wrong}\n").as_bytes(), &manifest("1")]).unwrap_err().to_string();
            assert!(said.contains("line 2") && said.contains(wrong), "{said}");
        }
        assert!(Ready::of([b"", b"{}"]).is_err());
    }
}
