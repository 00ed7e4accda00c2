//! The local web server: the page and one prepared data set, on this machine only.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

use crate::Outcome;

/// The policy of the page, as `index.html` has it, and with what only a header can say.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Ports that are tried after the first.
const PORTS: u16 = 20;

/// A server that runs until it is dropped.
pub struct Server {
    /// Where it answers: `http://127.0.0.1:8392/`.
    pub url: String,
    _runtime: Runtime,
}

impl Server {
    /// Serves a page, with `data` under `/data`.
    pub fn start(dist: &Path, data: &Path, port: u16) -> Outcome<Self> {
        Self::of(site(dist, data), port)
    }

    /// The same, as a host on the web does: with what lies ready compressed, and all else compressed on the way.
    pub fn start_compressed(dist: &Path, data: &Path) -> Outcome<Self> {
        Self::of(site(dist, data).layer(CompressionLayer::new()), 0)
    }

    fn of(site: Router, port: u16) -> Outcome<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|e| format!("The local server cannot be started ({e})."))?;
        let listener = runtime.block_on(listen(port))?;
        let address = listener.local_addr().map_err(|e| format!("The local server has no address ({e})."))?;
        runtime.spawn(async move {
            if let Err(e) = axum::serve(listener, site).await {
                eprintln!("The local server stopped ({e}). Run this again.");
            }
        });
        Ok(Self { url: format!("http://{address}/"), _runtime: runtime })
    }
}

/// Serves, prints the address, and stays until it is stopped.
pub fn until_stopped(dist: &Path, data: &Path, port: u16, open: bool) -> Outcome<()> {
    let server = Server::start(dist, data, port)?;
    println!("\n  {}\n\n  Data: {}\n  Stop with Ctrl-C.", server.url, data.display());
    if open {
        let (program, first): (_, &[&str]) = match std::env::consts::OS {
            "macos" => ("open", &[]),
            "windows" => ("cmd", &["/C", "start"]),
            _ => ("xdg-open", &[]),
        };
        if std::process::Command::new(program).args(first).arg(&server.url).spawn().is_err() {
            eprintln!("  No browser could be opened: `{program}` is not there. Open the address yourself.");
        }
    }
    loop {
        std::thread::park();
    }
}

async fn listen(first: u16) -> Outcome<TcpListener> {
    for port in (first..=first.saturating_add(PORTS)).chain([0]) {
        if let Ok(listener) = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            return Ok(listener);
        }
    }
    Err(format!("No port of this machine can be opened, from {first} on. Give another with --port."))
}

fn site(dist: &Path, data: &Path) -> Router {
    Router::new()
        .nest_service("/data", ServeDir::new(data).append_index_html_on_directories(false))
        .fallback_service(ServeDir::new(dist).precompressed_br().precompressed_gzip())
        .layer(from_fn(headers))
}

async fn headers(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let found = response.status().is_success();
    let mut set = |name: HeaderName, value: &'static str| {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(
        header::CACHE_CONTROL,
        if found && is_hashed(&path) { "public, max-age=31536000, immutable" } else { "no-cache" },
    );
    if found && Path::new(&path).extension().is_some_and(|extension| extension == "mvt") {
        set(header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile");
    }
    response
}

/// Whether the file's name holds a part of its hash: then what it holds never changes.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '_', '.']).any(|part| {
        part.len() >= 8 && part.bytes().all(|b| b.is_ascii_hexdigit()) && part.bytes().any(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    fn get(server: &Server, path: &str) -> String {
        ask(server, path, "")
    }

    fn get_packed(server: &Server, path: &str) -> String {
        ask(server, path, "Accept-Encoding: gzip\r\n")
    }

    fn ask(server: &Server, path: &str, wish: &str) -> String {
        let host = server.url.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = std::net::TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{wish}Connection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).to_lowercase()
    }

    #[test]
    fn the_header_holds_the_policy_of_the_page() {
        let page = include_str!("../../../index.html");
        let written = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(POLICY.starts_with(written), "index.html has another policy than the local server sends");
    }

    fn served() -> (tempfile::TempDir, Server) {
        let dir = tempfile::tempdir().unwrap();
        let (dist, data) = (dir.path().join("dist"), dir.path().join("data"));
        std::fs::create_dir_all(data.join("tiles")).unwrap();
        std::fs::create_dir(&dist).unwrap();
        std::fs::write(dist.join("index.html"), "<p>Modelstad").unwrap();
        std::fs::write(dist.join("city_bg.wasm"), "\0asm").unwrap();
        std::fs::write(data.join("manifest.json"), "{}").unwrap();
        std::fs::write(data.join("tiles/3-5-0a1b2c3d4e.mvt"), "tile").unwrap();
        std::fs::write(dir.path().join("secret"), "secret").unwrap();
        let server = Server::start(&dist, &data, 0).unwrap();
        (dir, server)
    }

    #[test]
    fn each_file_comes_with_its_type_and_how_long_it_may_be_kept() {
        let (_dir, server) = served();
        let page = get(&server, "/");
        assert!(page.starts_with("http/1.1 200") && page.contains("text/html") && page.contains("<p>modelstad"));
        assert!(page.contains("cache-control: no-cache") && page.contains("default-src 'none'"));
        assert!(get(&server, "/city_bg.wasm").contains("content-type: application/wasm"));
        assert!(get(&server, "/data/manifest.json").contains("cache-control: no-cache"));
        let tile = get(&server, "/data/tiles/3-5-0a1b2c3d4e.mvt");
        assert!(tile.contains("content-type: application/vnd.mapbox-vector-tile") && tile.contains("immutable"));
    }

    #[test]
    fn a_host_compresses_what_it_sends_where_the_browser_asks_for_it() {
        let (dir, _) = served();
        std::fs::write(dir.path().join("dist/texts.txt"), "advies, geen besluit ".repeat(100)).unwrap();
        let server = Server::start_compressed(&dir.path().join("dist"), &dir.path().join("data")).unwrap();
        let plain = get(&server, "/texts.txt");
        assert!(plain.contains("besluit") && !plain.contains("content-encoding"));
        let answer = get_packed(&server, "/texts.txt");
        assert!(answer.contains("content-encoding: gzip"));
        assert!(answer.len() < 1_500, "{} characters", answer.len());
    }

    #[test]
    fn what_lies_ready_compressed_is_sent_to_who_can_read_it() {
        let (dir, server) = served();
        std::fs::write(dir.path().join("dist/panel.js"), "advies").unwrap();
        std::fs::write(dir.path().join("dist/panel.js.gz"), "klein").unwrap();
        assert!(get(&server, "/panel.js").ends_with("advies"));
        let packed = get_packed(&server, "/panel.js");
        assert!(packed.contains("content-encoding: gzip") && packed.ends_with("klein"), "{packed}");
        assert!(packed.contains("javascript"), "{packed}");
    }

    #[test]
    fn a_missing_file_is_missing_and_nothing_outside_is_served() {
        let (_dir, server) = served();
        for path in ["/data/tiles/none.mvt", "/huis", "/data/", "/../secret", "/data/../../secret", "/%2e%2e/secret"] {
            let answer = get(&server, path);
            assert!(!answer.starts_with("http/1.1 200"), "{path}: {answer}");
            assert!(!answer.contains("\r\n\r\nsecret"), "{path}: {answer}");
        }
    }

    #[test]
    fn a_taken_port_is_passed_over() {
        let (dir, first) = served();
        let port: u16 = first.url.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        let second = Server::start(&dir.path().join("dist"), &dir.path().join("data"), port).unwrap();
        assert_ne!(first.url, second.url);
    }

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        assert!(is_hashed("/panel-1f2e3d4c5b6a7988.js") && is_hashed("/data/zoek/straten-0a1b2c3d.json"));
        assert!(!is_hashed("/city_bg.wasm") && !is_hashed("/data/manifest.json") && !is_hashed("/deadbeef/"));
    }
}
