//! How much memory a file may take that promises more than it holds: counted by the allocator.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]
#![allow(unsafe_code, reason = "an allocator that counts hands the work on to that of the system")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use prep::read::{Options, Origin, read_file};

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(now, Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const MOST: usize = 64 << 20;

/// Reads a file, and gives what it said and the most memory it took, bytes.
fn read(path: &Path) -> (String, usize) {
    let before = NOW.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let said = match read_file(path, &Origin::default(), &Options::default()) {
        Ok(part) => prep::report::Report { files: vec![part.report], ..Default::default() }.to_string(),
        Err(fault) => fault.to_string(),
    };
    (said, PEAK.load(Ordering::Relaxed) - before)
}

fn pand(geometry: &str) -> String {
    format!(
        "<bagStand><objectType>PND</objectType><bagObject><Pand><identificatie>0392100000000001</identificatie><Voorkomen><beginGeldigheid>2010-01-01</beginGeldigheid></Voorkomen>{geometry}</Pand></bagObject></bagStand>"
    )
}

/// One test, so that no other one counts along.
#[test]
fn no_file_takes_more_than_64_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let ring = |list: &str| pand(&format!("<Polygon><exterior><LinearRing>{list}</LinearRing></exterior></Polygon>"));
    let promise = write("belofte.xml", &ring("<posList count='1000000000'>104000 488000 104001 488001</posList>"));
    // As many points as fit in the largest object, each as short as can be.
    let full = write("vol.xml", &ring(&format!("<posList>{}</posList>", "1 1 ".repeat(760_000))));
    let wide = write("breed.xml", &pand(&"<a/>".repeat(700_000)));
    let deep = write("diep.xml", &pand(&"<a>".repeat(700_000)));
    let zip = folder.path().join("bom.zip");
    let mut bomb = zip::ZipWriter::new(File::create(&zip).unwrap());
    bomb.start_file("9999PND.xml", zip::write::SimpleFileOptions::default()).unwrap();
    bomb.write_all(b"<bagStand><objectType>PND</objectType><bagObject><Pand><naam>").unwrap();
    for _ in 0..200 {
        bomb.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    bomb.finish().unwrap();
    assert!(fs::metadata(&zip).unwrap().len() < 1 << 20, "a small file");
    for (path, part) in [(promise, "V22"), (full, "V04"), (wide, "elements"), (deep, "deep"), (zip, "larger than 3 MB")]
    {
        let (said, peak) = read(&path);
        assert!(said.contains(part), "{}: {said}", path.display());
        assert!(peak < MOST, "{}: {peak} bytes", path.display());
    }
}
