//! Takes out of a finished WebAssembly module what only a debugger reads: a tenth of the panel's download.
//!
//! Cargo cannot do it (`strip = true` also drops the section that wasm-bindgen needs) and trunk has no setting for it.

use std::path::Path;

use wasm_encoder::Encode;
use wasmparser::{Parser, Payload};

use crate::Outcome;

/// Rewrites every module in the folder without its names.
pub fn modules(dist: &Path) -> Outcome<()> {
    let entries = std::fs::read_dir(dist).map_err(|e| format!("{}: cannot be read ({e}).", dist.display()))?;
    for file in entries.filter_map(Result::ok).map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "wasm"))
    {
        let fault = |e: &dyn std::fmt::Display| format!("{}: cannot be made smaller ({e}).", file.display());
        let module = std::fs::read(&file).map_err(|e| fault(&e))?;
        let slim = without_names(&module).map_err(|e| fault(&e))?;
        let beside = file.with_extension("wasm.part");
        std::fs::write(&beside, slim).and_then(|()| std::fs::rename(&beside, &file)).map_err(|e| fault(&e))?;
    }
    Ok(())
}

/// The module without its `name` and `producers` sections; all else stays byte for byte.
fn without_names(module: &[u8]) -> wasmparser::Result<Vec<u8>> {
    let mut slim = wasm_encoder::Module::HEADER.to_vec();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if matches!(&payload, Payload::CustomSection(custom) if ["name", "producers"].contains(&custom.name())) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            slim.push(id);
            module[range.start as usize..range.end as usize].encode(&mut slim);
        }
    }
    Ok(slim)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, Module};

    use super::*;

    #[test]
    fn names_go_and_the_rest_stays() {
        let mut module = Module::new();
        for name in ["target_features", "name", "producers"] {
            module.section(&CustomSection { name: name.into(), data: b"1234".as_slice().into() });
        }
        let mut kept = Module::new();
        kept.section(&CustomSection { name: "target_features".into(), data: b"1234".as_slice().into() });
        assert_eq!(without_names(&module.finish()).unwrap(), kept.finish());
        assert!(without_names(b"\0asm\x01\0\0\0\x07").is_err());
    }
}
