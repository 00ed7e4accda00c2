// The only script of the page that is not compiled: it starts the panel, then the parts and the city that the panel asks
// for, and tells the panel when one of them cannot be shown. The page works without the city.

const names = document.querySelector("script[data-js]").dataset;
const here = (path) => new URL(path, document.baseURI).href;
const tell = (name, detail) => dispatchEvent(new CustomEvent(name, { detail }));
const tellPanel = (reason) => tell("gasvrij:to-panel", JSON.stringify({ failed: { reason } }));
const start = async (js, wasm) => (await import(here(js))).default({ module_or_path: here(wasm) });
// What the panel asks for first is on its way before the panel is there to ask.
let texts = names.nl;
try {
  texts = localStorage.getItem("gasvrij-taal") === "en" ? names.en : names.nl;
} catch {} // A browser may forbid it.
const ask = (url, cache) => fetch(url, { cache }).then((answer) => (answer.ok ? answer.arrayBuffer() : null), () => null);
window.gasvrijVroeg = { "data/manifest.json": ask("data/manifest.json", "no-cache"), [texts]: ask(texts, "default") };
// A part of the page: with its styles, so that nothing jumps. A browser remembers a script that did not come by its address.
addEventListener("gasvrij:start-module", async ({ detail: name }) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${names[name]}.css` });
  const styled = new Promise((done, failed) => Object.assign(link, { onload: done, onerror: failed }));
  document.querySelector('link[href$="thema.css"]').before(link);
  try {
    await Promise.all([styled, start(`${names[name]}.js${names.again ?? ""}`, `${names[name]}_bg.wasm`)]);
    tell("gasvrij:module", name);
  } catch (error) {
    console.error(error);
    link.remove();
    names.again = `?${Date.now()}`;
    tell("gasvrij:module", `${name} failed`);
  }
});
// A city that crashed or lost its graphics card begins anew, three times, on another canvas: the address says what it shows.
let tries = 0, soon = 0;
async function startCity() {
  const canvas = document.getElementById("city");
  // The first call decides which graphics card is used; the engine gets this same context.
  if (!canvas?.getContext("webgl2", { antialias: false, powerPreference: "high-performance" }))
    return tellPanel(tries ? "context-lost" : "no-webgl2");
  canvas.addEventListener("webglcontextlost", (event) => event.preventDefault() ?? tellPanel("context-lost"));
  // At most this many pixels for a CSS pixel: more cannot be seen and halves the speed. The engine asks these two.
  const sharpest = matchMedia("(pointer: coarse)").matches ? 1.5 : 2;
  if (devicePixelRatio > sharpest) delete ResizeObserverEntry.prototype.devicePixelContentBoxSize;
  if (devicePixelRatio > sharpest) Object.defineProperty(window, "devicePixelRatio", { get: () => sharpest });
  await start(tries ? `city.js?${tries}` : "city.js", "city_bg.wasm").catch((error) => {
    console.error(error);
    tellPanel(error instanceof WebAssembly.RuntimeError ? "panic" : "load");
  });
}
addEventListener("gasvrij:start-city", startCity, { once: true });
addEventListener("gasvrij:to-panel", ({ detail }) => {
  if (soon || !/"(panic|context-lost)"/.test(detail) || ++tries > 3) return;
  const map = document.getElementById("map");
  const again = () => map.replaceChildren(document.getElementById("city").cloneNode()) ?? startCity();
  soon = setTimeout(() => tell("gasvrij:stop-city") && again((soon = 0)), 200 * tries);
});
await start(names.js, names.wasm).catch(async (error) => {
  console.error(error);
  document.getElementById("storing").hidden = false;
  const { name, phone, email } = (await (await fetch("data/manifest.json")).json()).municipality.contact ?? {};
  document.getElementById("storing-contact").textContent = [name, phone, email].filter(Boolean).join(", ");
});
