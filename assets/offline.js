// The service worker: answers from what a presenter had kept on this device (crates/evening/src/offline.rs), so that a story
// can be told without a connection. It keeps nothing itself, and without anything kept it stays out of the way. All that it
// gives is of one version; where the server has another one, or cannot be asked, the page says so.

const HERE = new URL("./", location).href;
const PAGES = [HERE, `${HERE}index.html`];
const LISTS = ["bestanden.txt", "data/manifest.json"].map((name) => HERE + name);

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

async function kept() {
  const version = await (await caches.open("gasvrij")).match(`${HERE}versie`);
  return version && caches.open(`gasvrij-${await version.text()}`);
}

// Which notice of `index.html` holds: the server has something newer, or it does not answer.
async function notice(cache) {
  try {
    const asked = LISTS.map((url) => fetch(url, { cache: "no-store", signal: AbortSignal.timeout(2_000) }));
    for (const answer of await Promise.all(asked)) {
      if (!answer.ok) return "weg";
      if ((await answer.text()) !== (await (await cache.match(answer.url)).text())) return "nieuwer";
    }
    return "geen";
  } catch {
    return "weg";
  }
}

async function answer(request) {
  const cache = await kept();
  const isPage = request.mode === "navigate" && PAGES.includes(request.url.split(/[?#]/)[0]);
  const found = await cache?.match(isPage ? HERE : request.url, { ignoreSearch: true });
  if (!found || !isPage) return found ?? fetch(request);
  const [html, which] = await Promise.all([found.text(), notice(cache)]);
  const page = html.replace(`id="bewaard-${which}" hidden`, `id="bewaard-${which}"`);
  return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
}

addEventListener("fetch", (event) => {
  const { method, cache, url } = event.request;
  const isOurs = method === "GET" && url.startsWith(HERE) && !["no-store", "reload"].includes(cache);
  if (isOurs) event.respondWith(answer(event.request));
});
