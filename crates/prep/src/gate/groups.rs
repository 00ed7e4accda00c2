//! Whether a small group follows from what a file tells.

use serde_json::Value as Json;

use crate::allowlist::{FileRule, Nested, Parts};
use crate::groups::{Counts, families, follows};

/// Looks whether a small group follows from what a file tells.
pub fn inspect(json: &Json, rule: &FileRule) -> Result<(), String> {
    for parts in &rule.parts {
        for object in json.get(&parts.of).and_then(Json::as_array).into_iter().flatten() {
            inspect_parts(object, parts)?;
        }
    }
    for parts in &rule.spread {
        let whole = json.get(&parts.whole).and_then(count);
        let list = json.get(&parts.of).and_then(Json::as_array);
        let in_list = list.into_iter().flatten().map(|object| object.get(&parts.split).and_then(count));
        let rest = parts.rest.iter().map(|name| json.get(name).and_then(count));
        if follows(whole, in_list.chain(rest)) {
            return Err(format!(
                "`{}.{}`: a part that is not told follows from the whole `{}` and the other parts: hide one more.",
                parts.of, parts.split, parts.whole
            ));
        }
    }
    for nested in &rule.nested {
        for figure in &nested.counts {
            let counts = of_areas(json, nested, figure);
            for (whole, parts) in families(&counts) {
                if follows(counts[&whole], parts.iter().map(|(_, n)| *n)) {
                    return Err(format!(
                        "`{}.{figure}`: a part of {whole} that is not told follows from the parts that are: hide one more.",
                        nested.at
                    ));
                }
            }
        }
    }
    Ok(())
}

fn count(json: &Json) -> Option<u32> {
    json.as_f64().map(|n| n as u32)
}

fn inspect_parts(object: &Json, parts: &Parts) -> Result<(), String> {
    let whole = object.get(&parts.whole).and_then(count);
    let split = object.get(&parts.split).and_then(Json::as_object);
    if follows(whole, split.into_iter().flat_map(|s| s.values().map(count))) {
        let name = object.get("code").and_then(Json::as_str).unwrap_or_default();
        return Err(format!(
            "`{}.{}` of {name}: a part that is not told follows from the whole `{}` and the other parts: hide one more.",
            parts.of, parts.split, parts.whole
        ));
    }
    Ok(())
}

fn of_areas(json: &Json, nested: &Nested, figure: &str) -> Counts {
    let areas = nested.of.iter().filter_map(|list| json.get(list)?.as_array()).flatten();
    let row = |area: &Json| {
        let code = area.get("code")?.as_str()?.to_owned();
        Some((code, area.get(&nested.at).and_then(|f| f.get(figure)).and_then(count)))
    };
    areas.filter_map(row).collect()
}
