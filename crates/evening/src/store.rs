//! What the browser keeps of the page on this device: one version at a time, and the name of it.
//!
//! `assets/offline.js` reads what stands here: the cache [`NAME`] holds the name of the version at [`VERSION`], and the
//! cache `NAME-version` its files.

use gasvrij3d::{Error, Result};
use js_sys::{Array, Function, Promise, Reflect};
use kit::dom;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, ServiceWorkerContainer};

/// The cache with the name of the version; those with files begin with it.
const NAME: &str = "gasvrij";
/// Where that name stands in it.
const VERSION: &str = "versie";
/// The service worker.
const WORKER: &str = "./offline.js";

/// The caches of this page, and the worker that answers from them.
pub struct Store {
    caches: JsValue,
    worker: ServiceWorkerContainer,
}

/// A cache that is being filled.
pub struct Filling(JsValue);

/// Calls a function of the browser that gives a promise.
async fn call(of: &JsValue, name: &str, values: &[JsValue]) -> Result<JsValue> {
    let done = async {
        let function: Function = Reflect::get(of, &name.into())?.dyn_into()?;
        let values: Array = values.iter().collect();
        JsFuture::from(Promise::resolve(&Reflect::apply(&function, of, &values)?)).await
    };
    done.await.map_err(|why| {
        let why = Reflect::get(&why, &"message".into()).ok().and_then(|text| text.as_string()).unwrap_or_default();
        Error::new(format!("The browser does not keep the page ({name}: {why})."))
    })
}

impl Store {
    /// Those of this browser, where it has any: only a page of a safe address may keep something.
    pub fn of_browser() -> Option<Self> {
        let caches = Reflect::get(dom::window()?.as_ref(), &"caches".into()).ok().filter(JsValue::is_object)?;
        let worker = dom::of_device("serviceWorker")?.dyn_into().ok()?;
        Some(Self { caches, worker })
    }

    async fn open(&self, name: &str) -> Result<JsValue> {
        call(&self.caches, "open", &[name.into()]).await
    }

    /// The version that is whole on this device.
    pub async fn version(&self) -> Option<String> {
        let cache = self.open(NAME).await.ok()?;
        let found = call(&cache, "match", &[VERSION.into()]).await.ok()?.dyn_into::<Response>().ok()?;
        JsFuture::from(found.text().ok()?).await.ok()?.as_string()
    }

    /// A cache for the files of a version. What another version has stays as it is.
    pub async fn fill(&self, version: &str) -> Result<Filling> {
        Ok(Filling(self.open(&format!("{NAME}-{version}")).await?))
    }

    /// From now on this version is what is kept; its files are all there. Others go.
    pub async fn settle(&self, version: &str) -> Result<()> {
        let starting = self.worker.register(WORKER);
        JsFuture::from(starting).await.map_err(|_| Error::new("The browser does not start `offline.js`."))?;
        let name = Response::new_with_opt_str(Some(version)).map_err(|_| Error::new("The browser makes no answer."))?;
        let cache = self.open(NAME).await?;
        call(&cache, "put", &[VERSION.into(), name.into()]).await?;
        self.forget(Some(version)).await
    }

    /// Takes all away but one version.
    pub async fn forget(&self, but: Option<&str>) -> Result<()> {
        let names: Array = call(&self.caches, "keys", &[]).await?.unchecked_into();
        let stay = but.map(|version| [NAME.to_owned(), format!("{NAME}-{version}")]);
        for name in names.iter().filter_map(|name| name.as_string()) {
            let is_ours = name == NAME || name.starts_with(&format!("{NAME}-"));
            if is_ours && !stay.as_ref().is_some_and(|stay| stay.contains(&name)) {
                call(&self.caches, "delete", &[name.as_str().into()]).await?;
            }
        }
        if but.is_none() {
            let found = JsFuture::from(self.worker.get_registration()).await.ok().filter(JsValue::is_object);
            if let Some(registration) = found {
                call(&registration, "unregister", &[]).await?;
            }
        }
        Ok(())
    }
}

impl Filling {
    /// Puts an answer in it, under its path from the page.
    pub async fn put(&self, path: &str, answer: Response) -> Result<()> {
        call(&self.0, "put", &[path.into(), answer.into()]).await.map(|_| ())
    }

    /// Whether that path is in it already.
    pub async fn has(&self, path: &str) -> bool {
        call(&self.0, "match", &[path.into()]).await.is_ok_and(|found| found.is_object())
    }
}
