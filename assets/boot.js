// The only script of the page that is not compiled: it starts the panel, then the city when the panel asks for it, and
// tells the panel when the city cannot be shown. The page works without the city.

const { js, wasm, nl, en } = document.querySelector("script[data-js]").dataset;
const here = (path) => new URL(path, document.baseURI).href;

// What the panel asks for first is on its way before the panel is there to ask.
let texts = nl;
try {
  texts = localStorage.getItem("gasvrij-taal") === "en" ? en : nl;
} catch {} // A browser may forbid it.
const ask = (url, cache) => fetch(url, { cache }).then((answer) => (answer.ok ? answer.arrayBuffer() : null), () => null);
window.gasvrijVroeg = { "data/manifest.json": ask("data/manifest.json", "no-cache"), [texts]: ask(texts, "default") };
// The city draws at most this many pixels for a CSS pixel: more cannot be seen and halves the speed.
const SHARPEST = matchMedia("(pointer: coarse)").matches ? 1.5 : 2;

function tellPanel(reason) {
  const detail = JSON.stringify({ failed: { reason } });
  dispatchEvent(new CustomEvent("gasvrij:to-panel", { detail }));
}

// The engine takes its size from these two; there is no setting for it.
function capPixelRatio() {
  if (devicePixelRatio <= SHARPEST) return;
  delete ResizeObserverEntry.prototype.devicePixelContentBoxSize;
  Object.defineProperty(window, "devicePixelRatio", { get: () => SHARPEST });
}

async function startCity() {
  const canvas = document.getElementById("city");
  // The first call decides which graphics card is used; the engine gets this same context.
  if (!canvas?.getContext("webgl2", { antialias: false, powerPreference: "high-performance" })) {
    tellPanel("no-webgl2");
    return;
  }
  canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault();
    tellPanel("context-lost");
  });
  capPixelRatio();
  try {
    const city = await import(here("city.js"));
    await city.default();
  } catch (error) {
    console.error(error);
    tellPanel(error instanceof WebAssembly.RuntimeError ? "panic" : "load");
  }
}

addEventListener("gasvrij:start-city", startCity, { once: true });

try {
  const panel = await import(here(js));
  await panel.default({ module_or_path: here(wasm) });
} catch (error) {
  console.error(error);
  document.getElementById("storing").hidden = false;
  const { name, phone, email } = (await (await fetch("data/manifest.json")).json()).municipality.contact ?? {};
  document.getElementById("storing-contact").textContent = [name, phone, email].filter(Boolean).join(", ");
}
