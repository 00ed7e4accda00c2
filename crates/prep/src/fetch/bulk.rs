//! One large file, in pieces if need be: a download that was cut goes on where it was, if the file is still the same.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use ureq::http::HeaderMap;

use crate::fault::{Fault, Result};
use crate::fetch::http::{Client, Trouble, length, words_of};
use crate::fetch::write::beside;

/// What is known of a file that is half here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Half {
    /// `ETag`, or `Last-Modified`: with another one it is another file.
    mark: String,
    /// Its whole length.
    total: u64,
}

/// A file to download.
pub struct Bulk<'a> {
    /// Its address, which may hold a secret.
    pub url: &'a str,
    /// The address as people may see it.
    pub shown: &'a str,
    /// Where it goes.
    pub path: &'a Path,
    /// Largest length, bytes.
    pub largest: u64,
    /// Told while it comes: bytes here, bytes in all.
    pub told: &'a dyn Fn(u64, u64),
}

impl Bulk<'_> {
    /// Downloads the file.
    pub fn fetch(&self, client: &Client) -> Result<()> {
        let part = beside(self.path, ".part");
        let mut best = 0;
        loop {
            // As long as each try brings more of the file, there is no reason to give up.
            let done = client.patiently(self.shown, || {
                let ended = self.attempt(client, &part);
                let here = fs::metadata(&part).map_or(0, |m| m.len());
                match ended {
                    Err(Trouble::Again(..)) if here > best => {
                        best = here;
                        Ok(false)
                    }
                    Err(trouble) => Err(trouble),
                    Ok(()) => Ok(true),
                }
            })?;
            if done {
                break;
            }
        }
        check_form(&part, self.path).map_err(|why| {
            // The next try begins anew; a file that cannot be removed is refused again.
            let _ = fs::remove_file(&part);
            Fault::input(format!("{}: {why}. Start `prep fetch` again.", self.shown))
        })?;
        // Without this note the file is whole: what is left of it does no harm.
        let _ = fs::remove_file(beside(self.path, ".part.toml"));
        fs::rename(&part, self.path).map_err(|e| Fault::writing(self.path, e))
    }

    fn attempt(&self, client: &Client, part: &Path) -> std::result::Result<(), Trouble> {
        let note = beside(self.path, ".part.toml");
        let half: Half = fs::read_to_string(&note).ok().and_then(|text| toml::from_str(&text).ok()).unwrap_or_default();
        let here = fs::metadata(part).map_or(0, |m| m.len());
        let go_on = here > 0 && !half.mark.is_empty() && here <= half.total;
        if go_on && here == half.total {
            return Ok(());
        }
        let range = format!("bytes={here}-");
        let headers: &[(&str, &str)] = &[("Range", &range), ("If-Range", &half.mark)];
        let answer = client.ask(self.url, if go_on { headers } else { &[] }, self.shown)?;
        let mark = mark(answer.headers());
        let begins = if answer.status().as_u16() == 206 {
            let (begins, total) = content_range(answer.headers()).unwrap_or_default();
            if !go_on || begins != here || total != half.total || mark != half.mark {
                // Another file than the one that was begun.
                fs::remove_file(part).map_err(|e| Fault::writing(part, e))?;
                return Err(Trouble::again("the file changed while it was fetched"));
            }
            begins
        } else {
            let total = length(answer.headers()).unwrap_or_default();
            let text = toml::to_string(&Half { mark, total }).map_err(|e| Fault::writing(&note, e))?;
            fs::write(&note, text).map_err(|e| Fault::writing(&note, e))?;
            0
        };
        let total = if begins > 0 { half.total } else { length(answer.headers()).unwrap_or_default() };
        if total > self.largest {
            return Err(self.too_large().into());
        }
        let mut file = OpenOptions::new()
            .create(true)
            .write(true)
            .append(begins > 0)
            .truncate(begins == 0)
            .open(part)
            .map_err(|e| Fault::writing(part, e))?;
        let mut body = answer.into_body().into_reader();
        let mut piece = vec![0; 1 << 16];
        let mut written = begins;
        loop {
            let n = match body.read(&mut piece) {
                Ok(0) => break,
                Ok(n) => n,
                Err(_) => return Err(Trouble::again("the connection was cut")),
            };
            written += n as u64;
            if written > self.largest {
                return Err(self.too_large().into());
            }
            file.write_all(&piece[..n]).map_err(|e| Fault::writing(part, e))?;
            (self.told)(written, total);
        }
        file.sync_all().map_err(|e| Fault::writing(part, e))?;
        if total > 0 && written != total {
            return Err(Trouble::again(format!("{written} of {total} bytes came")));
        }
        Ok(())
    }

    fn too_large(&self) -> Fault {
        Fault::input(format!(
            "{}: the file is larger than {} MB. Raise `hoogstens_mb` in [ophalen] if that is right.",
            self.shown,
            self.largest >> 20
        ))
    }
}

fn mark(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    // A weak mark does not promise equal bytes.
    let strong = text("etag").filter(|tag| !tag.starts_with("W/"));
    strong.or_else(|| text("last-modified")).unwrap_or_default()
}

/// Where the piece begins, and the whole length.
fn content_range(headers: &HeaderMap) -> Option<(u64, u64)> {
    let text = headers.get("content-range")?.to_str().ok()?;
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    Some((range.split_once('-')?.0.parse().ok()?, total.parse().ok()?))
}

/// Whether the file is what its name says.
fn check_form(part: &Path, path: &Path) -> std::result::Result<(), String> {
    let mut head = Vec::new();
    let file = File::open(part).map_err(|e| format!("cannot be read again: {e}"))?;
    file.take(2048).read_to_end(&mut head).map_err(|e| format!("cannot be read again: {e}"))?;
    if head.trim_ascii_start().starts_with(b"<") {
        let words = words_of(&head).unwrap_or_default();
        return Err(format!("a page of HTML or XML came in place of the file (`{words}`)"));
    }
    let is_zip = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
    if is_zip {
        let file = File::open(part).map_err(|e| format!("cannot be read again: {e}"))?;
        zip::ZipArchive::new(file).map_err(|e| format!("the zip is not whole ({e})"))?;
    }
    Ok(())
}
