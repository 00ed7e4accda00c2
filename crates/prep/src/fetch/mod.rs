//! `prep fetch`: the open sources of a municipality, from the services that publish them.
//!
//! `services` says whom to ask, `walk` how to get everything, `pages` keeps what came, `bulk` gets large files, `write`
//! leaves one file a source and beside it where it came from. Nothing of a key is ever written or shown.

mod bulk;
mod config;
mod day;
mod http;
mod pages;
mod services;
mod walk;
mod write;

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use crate::fault::{Fault, Result};
use crate::progress::Progress;
use crate::read::sha256_of;
use crate::report::{FileReport, Report};

use bulk::Bulk;
use http::Client;
use pages::Pages;
use services::{Manner, Service};
use walk::Walk;
use write::{Fetched, Objects, beside};

pub use config::Fetch;

/// Pages that are older than this are asked again: two halves of different days are no whole.
const OLDEST_PAGES: Duration = Duration::from_hours(24);

/// Fetches every source that the file asks for, or only those with these ids.
pub fn run(config: &Path, only: &[String], dry: bool, progress: &Progress) -> Result<Report> {
    let fetch = Fetch::read(config)?;
    let services = fetch.services(only)?;
    let mut report = Report::default();
    progress.expect(services.len());
    if dry {
        for service in &services {
            println!("{}", fetch.plan(service));
        }
        return Ok(report);
    }
    fs::create_dir_all(&fetch.folder).map_err(|e| Fault::writing(&fetch.folder, e))?;
    let client = Client::new(fetch.limits, &fetch.user_agent());
    for service in &services {
        progress.step(&format!("fetching {}", service.naam));
        let path = fetch.folder.join(&service.bestand);
        let mut account =
            FileReport { file: service.bestand.clone(), source: service.id.clone(), ..FileReport::default() };
        if is_whole(&path, service, &fetch) {
            "was there already".clone_into(&mut account.form);
        } else {
            account.form = match service.soort {
                Manner::Told | Manner::File => large(&fetch, service, &client, &path, progress)?,
                _ => objects(&fetch, service, &client, &path, progress)?,
            };
        }
        report.files.push(account);
    }
    Ok(report)
}

/// What the file beside a fetched file must say for it to be left alone.
#[derive(Deserialize)]
struct Beside {
    ophalen: Address,
}

#[derive(Deserialize)]
struct Address {
    adres: String,
    sha256: String,
}

fn is_whole(path: &Path, service: &Service, fetch: &Fetch) -> bool {
    let beside: Option<Beside> =
        fs::read_to_string(beside(path, ".bron.toml")).ok().and_then(|text| toml::from_str(&text).ok());
    let fetched = beside.map(|b| b.ophalen).filter(|o| o.adres == fetch.address(service));
    fetched.is_some_and(|o| sha256_of(path).is_ok_and(|hash| hash == o.sha256))
}

fn objects(fetch: &Fetch, service: &Service, client: &Client, path: &Path, progress: &Progress) -> Result<String> {
    let folder = fetch.folder.join(format!(".{}.paginas", service.id));
    if fs::metadata(&folder)
        .and_then(|m| m.created().or_else(|_| m.modified()))
        .is_ok_and(|born| SystemTime::now().duration_since(born).is_ok_and(|age| age > OLDEST_PAGES))
    {
        fs::remove_dir_all(&folder).map_err(|e| Fault::writing(&folder, e))?;
    }
    let told = |pages: usize, count: usize| {
        progress.note(&format!("{}: {count} objects on {pages} pages", service.naam));
    };
    let mut objects = Objects::new(path, service)?;
    let (asked, kept) = Walk::new(service, Pages::new(client, &folder)?, &told).all(fetch.area, &mut objects)?;
    let count = objects.count;
    if count == 0 {
        return Err(Fault::input(format!(
            "{}: the service knows no object in this area. Check `gebied` in [ophalen], and the service.",
            service.id
        )));
    }
    objects.finish()?;
    let day = day::of(SystemTime::now());
    told_beside(fetch, service, path, &day)?;
    fs::remove_dir_all(&folder).map_err(|e| Fault::writing(&folder, e))?;
    Ok(format!("{count} objects on {} pages, {kept} of which were there already", asked + kept))
}

fn told_beside(fetch: &Fetch, service: &Service, path: &Path, date: &str) -> Result<()> {
    let (day, sha256) = (day::of(SystemTime::now()), sha256_of(path)?);
    Fetched { service, date, day: &day, address: &fetch.address(service), sha256: &sha256 }.write(path)
}

fn large(fetch: &Fetch, service: &Service, client: &Client, path: &Path, progress: &Progress) -> Result<String> {
    let (url, date) = match service.soort {
        Manner::Told => download_info(service, client)?,
        _ => (service.adres.clone(), String::new()),
    };
    // What comes after the `?` of a told address opens the file: it stays in memory.
    let shown = url.split(['?', '#']).next().unwrap_or_default();
    let told = |here: u64, all: u64| {
        progress.note(&format!("{}: {} of {} MB", service.naam, here >> 20, all >> 20));
    };
    Bulk { url: &url, shown, path, largest: fetch.largest, told: &told }.fetch(client)?;
    let date = if date.is_empty() { day::of(SystemTime::now()) } else { date };
    told_beside(fetch, service, path, &date)?;
    let length = fs::metadata(path).map_or(0, |m| m.len());
    Ok(format!("{length} bytes"))
}

/// Asks where the file is today. Only this question carries the key.
fn download_info(service: &Service, client: &Client) -> Result<(String, String)> {
    let key = match service.sleutel_uit.as_str() {
        "" => String::new(),
        name => std::env::var(name).ok().filter(|key| !key.trim().is_empty()).ok_or_else(|| {
            Fault::input(format!(
                "{}: a key is needed. Ask the owner of the service for one, and put it in the environment variable {name}.",
                service.id
            ))
        })?,
    };
    let headers: &[(&str, &str)] = &[("Authorization", key.trim()), ("Accept", "application/json")];
    let headers = if key.is_empty() { &headers[1..] } else { headers };
    let shown = service.adres.split('?').next().unwrap_or_default();
    let (_, told) = client.page(&service.adres, headers, shown, |body| {
        let json: Value = serde_json::from_slice(body).map_err(|_| "the answer is no JSON".to_owned())?;
        let text = |name: &str| {
            let fields = json.as_object().into_iter().flatten();
            fields.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, v)| v.as_str())
        };
        let url = text("downloadUrl").ok_or("the answer does not say `downloadUrl`")?.to_owned();
        let date = text("datum").or_else(|| text("publicatieDatum")).unwrap_or_default();
        Ok((url, date.get(..10).unwrap_or_default().to_owned()))
    })?;
    Ok(told)
}
