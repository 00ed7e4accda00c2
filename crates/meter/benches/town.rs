//! The whole town natively. `GASVRIJ_TOWN` names the prepared folder; `cargo xtask bench` sets it and reads the results.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a bench may fail; its macros write functions"
)]

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, criterion_group, criterion_main};
use meter::Meter;

fn town() -> Meter {
    let folder = PathBuf::from(std::env::var_os("GASVRIJ_TOWN").expect("GASVRIJ_TOWN names a prepared folder"));
    let manifest = std::fs::read(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let mut town = Meter::new();
    for tile in manifest["tiles"].as_array().unwrap() {
        town.add(&std::fs::read(folder.join(tile["file"].as_str().unwrap())).unwrap()).unwrap();
    }
    town
}

fn bench(criterion: &mut Criterion) {
    let mut town = town();
    town.begin();
    town.note(2026);
    println!("homes {} digest {}", town.homes(), town.digest());
    // Another year each time, as when somebody moves the slider.
    let mut turn = 0_u16;
    let mut year = || {
        turn = (turn + 1) % 15;
        2026 + turn
    };
    let mut group = criterion.benchmark_group("town");
    group.sample_size(30);
    group.bench_function("as_is", |b| b.iter(|| town.evaluate(black_box(year()))));
    group.bench_function("changed", |b| b.iter(|| town.evaluate_changed(black_box(year()))));
    group.bench_function("first", |b| {
        b.iter(|| {
            town.begin();
            town.evaluate(black_box(2030))
        });
    });
    group.bench_function("trivial", |b| b.iter(|| black_box(&town).trivial()));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
