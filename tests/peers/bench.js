// The page that the comparison drives: the city alone, on the harness's town, looking where the address says.

// As the page does: the engine comes and is compiled while the rest begins.
const engine = WebAssembly.compileStreaming(fetch("./city_bg.wasm"));
const script = import("./city.js");

// The harness's views: lng and lat of the target, metres to it, degrees from straight down, direction looked in.
const VIEWS = {
  street: { lng: 5.398928051, lat: 52.159872764, range: 230, pitch: 60, bearing: 30 },
  neighbourhood: { lng: 5.395121086, lat: 52.162387763, range: 1100, pitch: 55, bearing: 20 },
  city: { lng: 5.3878, lat: 52.151787878, range: 7900, pitch: 47, bearing: 0 },
};
// What `convert.mjs` adds to the harness's numbers to make them numbers of panden.
const FIRST_PAND = 307_100_000_000_000;

const view = VIEWS[new URLSearchParams(location.search).get("view")] ?? VIEWS.city;
const canvas = document.getElementById("city");
// As the page does: the engine gets this same context.
canvas.getContext("webgl2", { antialias: false });
canvas.dataset.bench = JSON.stringify(view);

// The city makes `window.peer`; its numbers become the harness's.
let made;
Object.defineProperty(window, "peer", {
  configurable: true,
  get: () => made,
  set: (peer) => {
    made = { ...peer, pick: (x, y) => (peer.pick(x, y) ?? NaN) - FIRST_PAND || null };
  },
});
await (await script).default({ module_or_path: engine });
