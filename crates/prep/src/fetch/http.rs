//! One polite client: a pause between questions, patience with a busy server, limits on time and size.

use std::cell::Cell;
use std::io::Read;
use std::time::{Duration, Instant, SystemTime};

use ureq::http::{HeaderMap, Response, StatusCode};
use ureq::{Agent, Body};

use crate::fault::{Fault, Result};

/// How patient and how greedy the client is.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Tries of one question before giving up.
    pub attempts: u32,
    /// Pause after the first failure; each next one is twice as long.
    pub first_pause: Duration,
    /// No pause is longer, not even when the server asks for it: then prep stops and says so.
    pub longest_pause: Duration,
    /// Pause between two questions.
    pub between: Duration,
    /// Time for one answer. A large file that takes longer goes on where it was.
    pub answer: Duration,
    /// Largest page, bytes.
    pub page_bytes: u64,
}

/// Why an answer is no use.
pub enum Trouble {
    /// It may go well the next time, after so long if the server said.
    Again(String, Option<Duration>),
    /// It will not.
    Final(Fault),
}

impl Trouble {
    /// Worth another try.
    pub fn again(why: impl Into<String>) -> Self {
        Self::Again(why.into(), None)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Final(fault)
    }
}

/// The client.
pub struct Client {
    agent: Agent,
    limits: Limits,
    last: Cell<Option<Instant>>,
}

impl Client {
    /// A client that says who it is.
    pub fn new(limits: Limits, user_agent: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(20)))
            .timeout_recv_response(Some(limits.answer))
            .timeout_recv_body(Some(limits.answer))
            .user_agent(user_agent)
            .build();
        Self { agent: config.into(), limits, last: Cell::new(None) }
    }

    /// Asks once and gives the answer if it is one. `shown` is the address as people may see it.
    pub fn ask(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        shown: &str,
    ) -> std::result::Result<Response<Body>, Trouble> {
        check_scheme(url, shown)?;
        if let Some(last) = self.last.get() {
            std::thread::sleep(self.limits.between.saturating_sub(last.elapsed()));
        }
        self.last.set(Some(Instant::now()));
        let mut request = self.agent.get(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = request.call().map_err(|e| match e {
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
                Fault::input(format!("{shown}: this is not an address. Put it right in the list of services.")).into()
            }
            // The message of the library may hold the whole address; its kind is enough.
            ureq::Error::Timeout(_) => Trouble::again("no answer in time"),
            ureq::Error::HostNotFound => Trouble::again("the name of the host is not known"),
            ureq::Error::Io(e) => Trouble::again(format!("the connection failed ({})", e.kind())),
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Trouble::again("no safe connection"),
            _ => Trouble::again("the connection failed"),
        })?;
        let status = answer.status();
        if status == StatusCode::OK || status == StatusCode::PARTIAL_CONTENT {
            return Ok(answer);
        }
        let wait = retry_after(answer.headers());
        let status = status.as_u16();
        match status {
            408 | 425 | 429 | 500 | 502 | 503 | 504 => {
                Err(Trouble::Again(format!("the service is busy or broken (status {status})"), wait))
            }
            401 | 403 => Err(Fault::input(format!(
                "{shown}: the service refuses (status {status}). Check the key, and that it may be used for this."
            ))
            .into()),
            300..=399 => Err(Fault::input(format!(
                "{shown}: the service has moved (status {status}). Put its new address in the list of services."
            ))
            .into()),
            _ => {
                let said = beginning(answer.body_mut());
                Err(Fault::input(format!(
                    "{shown}: the service answers with status {status}{said}. Check the address in the list of services."
                ))
                .into())
            }
        }
    }

    /// Tries until it goes well, it cannot, or patience ends.
    pub fn patiently<T>(&self, shown: &str, mut attempt: impl FnMut() -> std::result::Result<T, Trouble>) -> Result<T> {
        let mut pause = self.limits.first_pause;
        let mut left = self.limits.attempts;
        loop {
            let (why, wait) = match attempt() {
                Ok(done) => return Ok(done),
                Err(Trouble::Final(fault)) => return Err(fault),
                Err(Trouble::Again(why, wait)) => (why, wait),
            };
            left = left.saturating_sub(1);
            let wait = wait.unwrap_or(pause);
            if left == 0 || wait > self.limits.longest_pause {
                let when = if wait > pause { format!(" It asks to wait {} s.", wait.as_secs()) } else { String::new() };
                return Err(Fault::input(format!(
                    "{shown}: {why}, also after {} tries.{when} Start `prep fetch` again later: it goes on where it was.",
                    self.limits.attempts - left
                )));
            }
            std::thread::sleep(wait);
            pause = (pause * 2).min(self.limits.longest_pause);
        }
    }

    /// A page of text, whole and checked.
    pub fn page<T>(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        shown: &str,
        check: impl Fn(&[u8]) -> std::result::Result<T, String>,
    ) -> Result<(Vec<u8>, T)> {
        self.patiently(shown, || {
            let answer = self.ask(url, headers, shown)?;
            let announced = length(answer.headers());
            let mut body = Vec::new();
            let mut reader = answer.into_body().into_reader().take(self.limits.page_bytes + 1);
            reader.read_to_end(&mut body).map_err(|_| Trouble::again("the connection was cut"))?;
            if body.len() as u64 > self.limits.page_bytes {
                return Err(Fault::input(format!(
                    "{shown}: one page is larger than {} MB. Ask for fewer objects a page in the list of services.",
                    self.limits.page_bytes >> 20
                ))
                .into());
            }
            if announced.is_some_and(|announced| announced != body.len() as u64) {
                return Err(Trouble::again("the answer was cut short"));
            }
            let checked = check(&body).map_err(Trouble::again)?;
            Ok((body, checked))
        })
    }
}

/// Only safe connections, but for this computer itself.
fn check_scheme(url: &str, shown: &str) -> Result<()> {
    let loopback = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    if url.starts_with("https://") || loopback.iter().any(|start| url.starts_with(start)) {
        return Ok(());
    }
    Err(Fault::input(format!("{shown}: an address that begins with https:// is expected. Put it right.")))
}

/// The scheme, host and port of an address.
pub fn origin_of(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    url.get(..scheme.len() + 3 + host.len())
}

/// The length that a server announces.
pub fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get("content-length")?.to_str().ok()?.parse().ok()
}

/// `Retry-After`: seconds, or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("retry-after")?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

/// The first words of an answer, for a message.
fn beginning(body: &mut Body) -> String {
    let mut start = Vec::new();
    // What cannot be read is not shown; the status is the message.
    let _ = body.as_reader().take(2048).read_to_end(&mut start);
    words_of(&start).map_or_else(String::new, |words| format!(": `{words}`"))
}

/// The first words of a text, without its tags.
pub fn words_of(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).into_owned();
    let mut plain = String::new();
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' => tag = true,
            '>' => {
                tag = false;
                plain.push(' ');
            }
            _ if !tag => plain.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = plain.split_whitespace().take(16).collect();
    (!words.is_empty()).then(|| words.join(" "))
}
