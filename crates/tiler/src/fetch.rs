//! Gets a tile, from its own file or out of a bundle, and makes sure that it is whole.

use std::fmt::Write as _;

use gasvrij3d::mesh::parcel::Order;
use gloo_net::http::Request;
use sha2::{Digest, Sha256};

use crate::bundles::Bundles;
use web_sys::{AbortSignal, RequestCache};

/// A file that takes longer is tried again: a connection that hangs would hold up all other tiles.
const PATIENCE_MS: u32 = 30_000;

/// The bytes of the tile, or a sentence that says what is wrong with its file. What is wrong with a bundle is not told: its tiles
/// come one by one then.
pub async fn tile(order: &Order, bundles: &Bundles) -> Result<Vec<u8>, String> {
    if let Some(bytes) = bundles.tile(order).await
        && check(&bytes, order).is_ok()
    {
        return Ok(bytes);
    }
    // A cut file may sit in the browser's cache: a second try goes past it.
    let cache = if order.attempt > 1 { RequestCache::Reload } else { RequestCache::Default };
    let bytes = file(&order.url, cache).await?;
    check(&bytes, order)?;
    Ok(bytes)
}

/// The bytes of a file.
pub async fn file(url: &str, cache: RequestCache) -> Result<Vec<u8>, String> {
    let request = Request::get(url).cache(cache).abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let response = request.send().await.map_err(|e| format!("{url} could not be fetched: {e}"))?;
    if !response.ok() {
        return Err(format!("{url} could not be fetched: the server answered {}", response.status()));
    }
    response.binary().await.map_err(|e| format!("{url} broke off: {e}"))
}

fn check(bytes: &[u8], order: &Order) -> Result<(), String> {
    let Order { url, bytes: expected, sha256, .. } = order;
    if bytes.len() as u64 != *expected {
        return Err(format!("{url} has {} bytes, {expected} are expected", bytes.len()));
    }
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a text cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    if hash == *sha256 {
        Ok(())
    } else {
        Err(format!("{url} is not the file the manifest speaks of: its SHA-256 differs"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use gasvrij3d::geo::TileId;

    use super::*;

    fn order(bytes: u64) -> Order {
        Order {
            tile: TileId { col: 452, row: 482 },
            url: "data/tiles/452-482-ba7816bf.mvt".into(),
            bytes,
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into(),
            first: 0,
            panden: 0,
            bundle: None,
            detail: gasvrij3d::mesh::Detail::Full,
            attempt: 1,
        }
    }

    #[test]
    fn a_whole_file_passes() {
        check(b"abc", &order(3)).unwrap();
    }

    #[test]
    fn a_cut_or_altered_file_is_refused_with_its_name() {
        let cut = check(b"ab", &order(3)).unwrap_err();
        assert_eq!(cut, "data/tiles/452-482-ba7816bf.mvt has 2 bytes, 3 are expected");
        let altered = check(b"abd", &order(3)).unwrap_err();
        assert!(altered.contains("452-482-ba7816bf.mvt") && altered.contains("SHA-256"), "{altered}");
    }
}
