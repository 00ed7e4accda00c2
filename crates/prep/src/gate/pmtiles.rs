//! The attributes in a `PMTiles` file, read back by the specification (version 3) and not by the library that wrote it.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::GzDecoder;
use gasvrij3d::tile::mvt;

/// What is wrong with a file.
type Fault = String;

/// `layer.attribute` of everything in its tiles.
pub fn columns(file: &[u8]) -> Result<Vec<String>, Fault> {
    let number = |at: usize| -> Result<usize, Fault> {
        let bytes = file.get(at..at + 8).and_then(|b| b.try_into().ok()).ok_or("its header is cut off")?;
        usize::try_from(u64::from_le_bytes(bytes)).map_err(|e| e.to_string())
    };
    let section = |at: usize| -> Result<&[u8], Fault> {
        let (start, length) = (number(at)?, number(at + 8)?);
        start.checked_add(length).and_then(|end| file.get(start..end)).ok_or_else(|| "it is cut off".to_owned())
    };
    if file.get(..8) != Some(b"PMTiles\x03".as_slice()) {
        return Err("it is no PMTiles of version 3".to_owned());
    }
    let (root, leaves, tiles) = (section(8)?, section(40)?, section(56)?);
    let mut found = BTreeSet::new();
    let mut todo = directory(root)?;
    while let Some(Entry { place, length, run }) = todo.pop() {
        let within = if run == 0 { leaves } else { tiles };
        let bytes = place.checked_add(length).and_then(|end| within.get(place..end)).ok_or("an entry is outside it")?;
        if run == 0 {
            todo.extend(directory(bytes)?.into_iter().filter(|entry| entry.run > 0));
        } else {
            tile(&unpacked(bytes)?, &mut found)?;
        }
    }
    Ok(found.into_iter().collect())
}

fn tile(bytes: &[u8], found: &mut BTreeSet<String>) -> Result<(), Fault> {
    for layer in mvt::layers(bytes).map_err(|e| e.to_string())? {
        for feature in layer.features() {
            for (key, _) in &feature.map_err(|e| e.to_string())?.tags {
                let name = format!("{}.{key}", layer.name);
                if !found.contains(&name) {
                    found.insert(name);
                }
            }
        }
    }
    Ok(())
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out).map_err(|e| e.to_string())?;
    Ok(out)
}

/// One entry: tiles, or with no run a further directory.
struct Entry {
    place: usize,
    length: usize,
    run: u64,
}

fn directory(packed: &[u8]) -> Result<Vec<Entry>, Fault> {
    let bytes = unpacked(packed)?;
    let mut rest = bytes.iter();
    let mut next = || -> Result<u64, Fault> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = *rest.next().ok_or("a directory is cut off")?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err("a number in a directory is too long".to_owned())
    };
    let count = next()?;
    if count > bytes.len() as u64 {
        return Err("a directory counts more than it holds".to_owned());
    }
    let mut list = || (0..count).map(|_| next()).collect::<Result<Vec<u64>, Fault>>();
    let (_ids, runs, lengths, places) = (list()?, list()?, list()?, list()?);
    let mut entries: Vec<Entry> = Vec::with_capacity(runs.len());
    for ((run, length), place) in runs.into_iter().zip(lengths).zip(places) {
        let place = match (place, entries.last()) {
            // Nought: right behind the one before.
            (0, Some(before)) => before.place + before.length,
            (0, None) => return Err("the first entry of a directory has no place".to_owned()),
            (place, _) => usize::try_from(place - 1).map_err(|e| e.to_string())?,
        };
        let length = usize::try_from(length).map_err(|e| e.to_string())?;
        entries.push(Entry { place, length, run });
    }
    Ok(entries)
}
