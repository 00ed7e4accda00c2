//! All objects of an area, however few a service gives at a time: by pages, by links, or by cutting the area.

use std::collections::HashSet;

use serde_json::Value;

use crate::fault::{Fault, Result};
use crate::fetch::http::origin_of;
use crate::fetch::pages::{Page, Pages};
use crate::fetch::services::{Manner, Service};
use crate::geometry::Bounds;

/// An area this narrow, in metres, is not cut again.
const NARROWEST: f64 = 1.0;

/// Where the objects go: each comes once.
pub trait Sink {
    /// An object, with the page it was on.
    fn take(&mut self, feature: Value, page: &PageOf) -> Result<()>;
}

/// What a page says of all objects on it.
pub struct PageOf {
    /// `transform` of CityJSON.
    pub transform: Option<Value>,
}

/// Walks through a service.
pub struct Walk<'a> {
    service: &'a Service,
    pages: Pages<'a>,
    seen: HashSet<String>,
    /// Told after each page: pages and objects so far.
    told: &'a dyn Fn(usize, usize),
}

/// What an area gave.
enum Answer {
    All(Vec<(Value, Option<Value>)>),
    TooMany,
}

impl<'a> Walk<'a> {
    /// A walk that has not begun.
    pub fn new(service: &'a Service, pages: Pages<'a>, told: &'a dyn Fn(usize, usize)) -> Self {
        Self { service, pages, seen: HashSet::new(), told }
    }

    /// Gives every object of the area; returns how many pages were asked and how many were there already.
    pub fn all(mut self, area: Bounds, sink: &mut dyn Sink) -> Result<(usize, usize)> {
        match self.service.soort {
            Manner::Wfs | Manner::WfsTiles => self.by_area(area, sink)?,
            _ => self.by_links(area, sink)?,
        }
        Ok((self.pages.asked, self.pages.kept))
    }

    fn give(&mut self, feature: Value, transform: Option<Value>, sink: &mut dyn Sink) -> Result<()> {
        if self.seen.insert(self.key(&feature)) {
            sink.take(feature, &PageOf { transform })?;
        }
        Ok(())
    }

    /// What tells an object apart from others: its property, its id, or all of it.
    fn key(&self, feature: &Value) -> String {
        let property = feature.get("properties").and_then(|p| p.get(&self.service.sleutel));
        match property.or_else(|| feature.get("id")) {
            Some(Value::String(text)) => text.clone(),
            Some(other) if !other.is_null() => other.to_string(),
            _ => feature.to_string(),
        }
    }

    fn by_area(&mut self, area: Bounds, sink: &mut dyn Sink) -> Result<()> {
        let mut open = vec![area];
        while let Some(area) = open.pop() {
            match self.of_area(area)? {
                Answer::All(features) => {
                    for (feature, transform) in features {
                        self.give(feature, transform, sink)?;
                    }
                    (self.told)(self.pages.asked + self.pages.kept, self.seen.len());
                }
                Answer::TooMany => {
                    let [x0, y0, x1, y1] = area;
                    if x1 - x0 < NARROWEST {
                        return Err(Fault::input(format!(
                            "{}: more objects than a page holds in one square metre at {x0} {y0}. The service ignores the \
                             area it is asked for; check its address in the list of services.",
                            self.service.id
                        )));
                    }
                    let (x, y) = (f64::midpoint(x0, x1), f64::midpoint(y0, y1));
                    open.extend([[x, y, x1, y1], [x0, y, x, y1], [x, y0, x1, y], [x0, y0, x, y]]);
                }
            }
        }
        Ok(())
    }

    fn of_area(&mut self, area: Bounds) -> Result<Answer> {
        let service = self.service;
        let mut found: Vec<(Value, Option<Value>)> = Vec::new();
        let mut keys = HashSet::new();
        let mut asked = Vec::new();
        loop {
            let start = found.len();
            let url = service.page(area, start);
            let Page { features, matched, transform, .. } = self.pages.get(&url)?;
            asked.push(url);
            let count = features.len();
            let beyond = |n: usize| service.plafond > 0 && n > service.plafond;
            let one_page = service.soort == Manner::WfsTiles;
            let full = count >= service.per_pagina || matched.is_some_and(|m| m > start + count);
            if matched.is_some_and(beyond) || (full && (one_page || beyond(start + count + service.per_pagina))) {
                return Ok(Answer::TooMany);
            }
            let new = features.iter().filter(|f| keys.insert(self.key(f))).count();
            // A service that does not know `startIndex` gives the first page for ever.
            if count > 0 && new == 0 {
                return Ok(Answer::TooMany);
            }
            found.extend(features.into_iter().map(|f| (f, transform.clone())));
            if !full || count == 0 {
                if let Some(matched) = matched.filter(|m| *m != keys.len()) {
                    for url in &asked {
                        self.pages.forget(url);
                    }
                    return Err(Fault::input(format!(
                        "{}: the service says {matched} objects and gave {} different ones. Something changed while it was \
                         read: start `prep fetch` again.",
                        service.id,
                        keys.len()
                    )));
                }
                return Ok(Answer::All(found));
            }
        }
    }

    fn by_links(&mut self, area: Bounds, sink: &mut dyn Sink) -> Result<()> {
        let first = self.service.page(area, 0);
        let mut url = first.clone();
        let mut visited = HashSet::new();
        let mut came = 0;
        let mut expected = None;
        while visited.insert(url.clone()) {
            let Page { features, matched, next, transform } = self.pages.get(&url)?;
            expected = matched.or(expected);
            let (count, before) = (features.len(), self.seen.len());
            for feature in features {
                self.give(feature, transform.clone(), sink)?;
            }
            came += count;
            if count > 0 && self.seen.len() == before {
                return Err(self.turns_round(&url));
            }
            (self.told)(self.pages.asked + self.pages.kept, self.seen.len());
            let Some(next) = next else {
                return match expected.filter(|m| *m > came) {
                    Some(matched) => {
                        for url in &visited {
                            self.pages.forget(url);
                        }
                        Err(Fault::input(format!(
                            "{}: the service says {matched} objects and gave {came}. Start `prep fetch` again.",
                            self.service.id
                        )))
                    }
                    None => Ok(()),
                };
            };
            if origin_of(&next) != origin_of(&first) {
                return Err(Fault::input(format!(
                    "{}: the link to the next page leads to another host ({}). It is not followed; check the service.",
                    self.service.id,
                    origin_of(&next).unwrap_or("no address")
                )));
            }
            url = next;
        }
        Err(self.turns_round(&url))
    }

    fn turns_round(&self, url: &str) -> Fault {
        self.pages.forget(url);
        Fault::input(format!(
            "{}: the links to the next page go round in a circle. The service is broken; try again later.",
            self.service.id
        ))
    }
}
