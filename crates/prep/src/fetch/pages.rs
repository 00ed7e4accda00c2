//! Pages of objects: kept on disk until all are there, so that a fetch that was stopped goes on where it was.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::fault::{Fault, Result};
use crate::fetch::http::{Client, words_of};
use crate::read::hex;

/// One page as the service gave it.
pub struct Page {
    /// Its objects.
    pub features: Vec<Value>,
    /// How many objects the service says there are for this question.
    pub matched: Option<usize>,
    /// The address of the next page.
    pub next: Option<String>,
    /// `transform` of its CityJSON, where it is that.
    pub transform: Option<Value>,
}

/// Asks pages, and keeps them in a folder.
pub struct Pages<'a> {
    client: &'a Client,
    folder: PathBuf,
    /// Pages asked from the service.
    pub asked: usize,
    /// Pages that were there already.
    pub kept: usize,
}

impl<'a> Pages<'a> {
    /// Pages in this folder.
    pub fn new(client: &'a Client, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|e| Fault::writing(folder, e))?;
        Ok(Self { client, folder: folder.to_owned(), asked: 0, kept: 0 })
    }

    fn path(&self, url: &str) -> PathBuf {
        self.folder.join(format!("{}.json", &hex(&Sha256::digest(url.as_bytes()))[..24]))
    }

    /// The page at an address.
    pub fn get(&mut self, url: &str) -> Result<Page> {
        let path = self.path(url);
        if let Ok(body) = fs::read(&path)
            && let Ok(page) = read(&body)
        {
            self.kept += 1;
            return Ok(page);
        }
        let (body, page) = self.client.page(url, &[], url, read)?;
        let part = path.with_extension("part");
        fs::write(&part, body).and_then(|()| fs::rename(&part, &path)).map_err(|e| Fault::writing(&path, e))?;
        self.asked += 1;
        Ok(page)
    }

    /// Lets a page go: it was not what it should be.
    pub fn forget(&self, url: &str) {
        // Where it cannot be removed it is read again and found wrong again, with the same message.
        let _ = fs::remove_file(self.path(url));
    }
}

/// Reads a page; the reason where it is none.
fn read(body: &[u8]) -> std::result::Result<Page, String> {
    let trimmed = body.trim_ascii_start();
    if trimmed.starts_with(b"<") {
        let words = words_of(trimmed).unwrap_or_default();
        return Err(format!("the service sent a page of HTML or XML in place of objects (`{words}`)"));
    }
    let mut json: Value =
        serde_json::from_slice(body).map_err(|e| format!("the answer is cut short or no JSON ({e})"))?;
    let Some(Value::Array(features)) = json.get_mut("features").map(Value::take) else {
        return Err("the answer has no list `features`".to_owned());
    };
    let number = |key: &str| json.get(key).and_then(Value::as_u64).map(|n| n as usize);
    let links = json.get("links").and_then(Value::as_array);
    let next = links.into_iter().flatten().find(|link| link.get("rel").and_then(Value::as_str) == Some("next"));
    Ok(Page {
        features,
        matched: number("numberMatched").or_else(|| number("totalFeatures")),
        next: next.and_then(|link| link.get("href")).and_then(Value::as_str).map(str::to_owned),
        transform: json.pointer("/metadata/transform").cloned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_page_that_is_none_says_what_it_is() {
        let html = read(b"\n<html><title>Onderhoud</title>tot morgen</html>").err().unwrap();
        assert!(html.contains("Onderhoud tot morgen"), "{html}");
        assert!(read(b"{\"features\":[{}").err().unwrap().contains("cut short"));
        assert!(read(b"{\"error\":\"no\"}").err().unwrap().contains("features"));
    }

    #[test]
    fn the_next_page_and_the_number_of_objects_are_read() {
        let page = read(
            br#"{"features":[{"id":1}],"numberMatched":7,"links":[{"rel":"self","href":"a"},{"rel":"next","href":"b"}]}"#,
        )
        .unwrap();
        assert_eq!((page.features.len(), page.matched, page.next.as_deref()), (1, Some(7), Some("b")));
    }
}
