// The only script that is not compiled: it starts the panel, then the parts and the city when the panel asks for them, and tells the panel when one of them cannot be shown. The page works without the city.
const names = document.querySelector("script[data-js]").dataset;
const tell = (name, detail) => dispatchEvent(new CustomEvent(name, { detail }));
const tellPanel = (reason) => tell("gasvrij:to-panel", JSON.stringify({ failed: { reason } }));
const logged = (promise) => promise.catch(console.error) && promise;
const start = (js, wasm) => logged(import(new URL(js, document.baseURI)).then((it) => it.default({ module_or_path: wasm })));
// What the panel asks for first is on its way before the panel is there. It checks each file, and asks for what is not here.
const early = (window.gasvrijVroeg = {});
const ask = (url, cache) => (early[url] = fetch(url, { cache }).then((it) => (it.ok ? it.arrayBuffer() : null), () => null));
const read = async (file, cache) => JSON.parse(new TextDecoder().decode(await ask(`data/${file}`, cache)));
const home = location.hash.match(/^#\/huis\/(\d{16})/)?.[1];
read("manifest.json", "no-cache").then(async ({ tiles, search: { streets, ids } }) => {
  if (!home) return location.hash.length > 2 || ask(`data/${streets.file}`);
  const [at] = (await read(ids[BigInt(home) % BigInt(ids.length)].file)).find(([, homes]) => homes.some(([id]) => id === home));
  ask(`data/${tiles.find(({ col, row }) => `${col}-${row}` === at).file}`);
}).catch(() => {});
(async () => localStorage.getItem("gasvrij-taal"))().catch(() => "nl").then((lang) => ask(names[lang] ?? names.nl));
// Further: the start is not what was asked for. And whether the line is quick.
document.documentElement.dataset.link = location.hash.length > 2 ? "verder" : "start";
document.documentElement.toggleAttribute("data-vlot", performance.getEntriesByType("navigation").every((it) => it.responseEnd - it.requestStart < 140));
// A part of the page, once its styles are there: without them it is not to run. A browser remembers a script that did not come by its address.
addEventListener("gasvrij:start-module", ({ detail: name }) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${names[name]}.css` });
  const styled = new Promise((onload, onerror) => Object.assign(link, { onload, onerror }));
  document.querySelector('link[href$="thema.css"]').before(link);
  const came = Promise.all([fetch(`${names[name]}_bg.wasm`), styled]).then(([program]) => start(`${names[name]}.js${names.again ?? ""}`, program));
  came.then(() => tell("gasvrij:module", name), () => {
    link.remove(); names.again = `?${Date.now()}`;
    tell("gasvrij:module", `${name} failed`);
  });
});
// A city that crashed or lost its graphics card begins anew, three times, on another canvas: the address says what it shows. It is compiled once; where it is in sight from the start, beside the panel: whoever starts it hears of a fault.
let tries = 0, soon = 0, program, seen = {};
const engine = () => (program ??= fetch("city_bg.wasm", { priority: "low" }).then((it) => WebAssembly.compileStreaming(it.clone()).catch(async () => WebAssembly.compile(await it.arrayBuffer()))));
if (matchMedia("(min-width: 60rem)").matches) engine().catch(() => {});
const sight = (share, rootMargin) => (seen[share] ??= new Promise((yes) => new IntersectionObserver((all) => all.at(-1).intersectionRatio < share || yes(), { threshold: share, rootMargin }).observe(document.getElementById("toneel"))));
async function startCity() {
  // On a phone it lies below the answer: near, it comes when that has been read a while; half in sight, it takes the processor.
  await sight(0.01, "50%");
  await Promise.race([sight(0.5, "0%"), new Promise((yes) => setTimeout(yes, 5_000))]);
  engine().catch(() => {});
  await sight(0.5, "0%");
  // The first call decides which graphics card is used; the engine gets this same context. A lost one is not to be restored: another canvas takes its place.
  const canvas = document.getElementById("city");
  if (!canvas?.getContext("webgl2", { antialias: false, powerPreference: "high-performance" })) return tellPanel(tries ? "context-lost" : "no-webgl2");
  canvas.addEventListener("webglcontextlost", () => tellPanel("context-lost"));
  await start(tries ? `city.js?${tries}` : "city.js", engine()).catch((e) => tellPanel(e instanceof WebAssembly.RuntimeError ? "panic" : "load"));
}
addEventListener("gasvrij:start-city", startCity, { once: true });
addEventListener("gasvrij:to-panel", ({ detail }) => {
  if (soon || !/"(panic|context-lost)"/.test(detail) || ++tries > 3) return;
  const again = (canvas) => canvas.parentNode.replaceChildren(canvas.cloneNode()) ?? startCity();
  soon = setTimeout(() => tell("gasvrij:stop-city") && again(document.getElementById("city"), (soon = 0)), 200 * (tries - 1));
});
if (document.readyState === "loading") await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed));
await start(names.js, names.wasm).catch(async () => {
  document.getElementById("storing").hidden = false;
  const { name, phone, email } = (await read("manifest.json")).municipality.contact ?? {};
  document.getElementById("storing-contact").textContent = [name, phone, email].filter(Boolean).join(", ");
});
