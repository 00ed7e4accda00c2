//! Files as they travel: beside each file of the page the same one compressed at its best, for hosts that send what lies
//! ready (`brotli_static` and `gzip_static` of nginx, `precompressed` of Caddy). Compressing at every visit gives less for
//! more.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};

use crate::say::Step;
use crate::{Outcome, listing};

/// What is made smaller; pictures and fonts are so already.
const KINDS: &[&str] = &["css", "html", "js", "svg", "txt", "wasm"];
/// Files under this many bytes fit in the first answer of any host.
const SMALL: u64 = 1_000;
/// How many are worked on at once.
const AT_ONCE: usize = 2;

/// Bytes to fewer bytes.
type Way = fn(&[u8]) -> std::io::Result<Vec<u8>>;
/// The ways, by the end that a host looks for.
const WAYS: [(&str, Way); 2] = [(BROTLI, brotli), (GZIP, gzip)];
/// The end of a file made by [`brotli`].
pub const BROTLI: &str = "br";
/// The end of a file made by [`gzip`].
pub const GZIP: &str = "gz";

/// Lays `name.br` and `name.gz` beside each file of the page for which it helps.
pub fn put(dist: &Path, step: &Step) -> Outcome<()> {
    let mut files = Vec::new();
    listing::collect(dist, &mut files)?;
    // Whoever publishes the page may change this one afterwards: another beside it would then be an old one.
    files.retain(|file| is_packed(file) && !file.ends_with(listing::THEME));
    // The largest first, so that it is not what is waited for at the end.
    files.sort_by_key(|file| file.metadata().map_or(0, |m| m.len()));
    let left = Mutex::new(files);
    let next = || left.lock().ok()?.pop();
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        let workers: Vec<_> = std::iter::repeat_n(tell, AT_ONCE)
            .map(|tell| {
                scope.spawn(move || {
                    while let Some(file) = next() {
                        let _ = tell.send(file.display().to_string());
                        pack(&file)?;
                    }
                    Ok(())
                })
            })
            .collect();
        // Until the last worker has ended.
        for file in told {
            step.line(&file);
        }
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| Err("Compressing stopped.".into())))
    })
}

fn is_packed(file: &Path) -> bool {
    file.extension().is_some_and(|end| KINDS.iter().any(|kind| end == *kind))
        && file.metadata().is_ok_and(|m| m.len() >= SMALL)
}

fn pack(file: &Path) -> Outcome<()> {
    let fault = |e| format!("{}: cannot be compressed ({e}).", file.display());
    let bytes = std::fs::read(file).map_err(fault)?;
    for (end, way) in WAYS {
        let place = beside(file, end);
        let part = beside(&place, "part");
        std::fs::write(&part, way(&bytes).map_err(fault)?)
            .and_then(|()| std::fs::rename(&part, &place))
            .map_err(fault)?;
    }
    Ok(())
}

/// The name of what lies beside a file, with this end.
pub fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".");
    name.push(end);
    name.into()
}

/// With gzip, which every host can send; zopfli takes its time and makes it a twentieth smaller than others.
pub fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, bytes, &mut out)?;
    Ok(out)
}

/// With brotli, at its best.
pub fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_compressions_make_a_text_that_repeats_itself_small() {
        let text = "advies, geen besluit ".repeat(1_000);
        for (end, way) in WAYS {
            let small = way(text.as_bytes()).unwrap().len();
            assert!((20..400).contains(&small), "{end}: {small}");
        }
    }

    #[test]
    fn what_a_host_can_send_lies_beside_what_it_was_made_from() {
        let dist = tempfile::tempdir().unwrap();
        let long = "advies, geen besluit ".repeat(100);
        std::fs::create_dir(dist.path().join("fonts")).unwrap();
        for name in ["panel-1.js", "fonts/licentie.txt", "fonts/a.woff2", listing::THEME] {
            std::fs::write(dist.path().join(name), &long).unwrap();
        }
        std::fs::write(dist.path().join("kort.txt"), "advies").unwrap();
        put(dist.path(), &Step::begin("Compressing", "a test")).unwrap();
        let mut made = Vec::new();
        listing::collect(dist.path(), &mut made).unwrap();
        let mut made: Vec<_> = made.iter().filter_map(|f| f.strip_prefix(dist.path()).ok()?.to_str()).collect();
        made.retain(|name| [BROTLI, GZIP].iter().any(|end| name.ends_with(end)));
        made.sort_unstable();
        assert_eq!(made, ["fonts/licentie.txt.br", "fonts/licentie.txt.gz", "panel-1.js.br", "panel-1.js.gz"]);
        let mut back = Vec::new();
        let packed = std::fs::read(dist.path().join("panel-1.js.br")).unwrap();
        brotli::BrotliDecompress(&mut &packed[..], &mut back).unwrap();
        assert_eq!(back, long.as_bytes());
    }
}
