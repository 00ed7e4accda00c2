// What the tests share: the town as another reader sees it, a page that watches itself, and the city's answers.
import { VectorTile } from "@mapbox/vector-tile";
import { test as base, expect } from "@playwright/test";
import { PbfReader } from "pbf";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export { expect };

const ORIGIN = { x: -285401.92, y: 903401.92 };
const MATRIX_WIDTH = 880803.84;
const id16 = (id) => String(id).padStart(16, "0");

/** Where pictures for people go. */
export const shots = join(process.env.GASVRIJ_MADE ?? "/tmp", "shots");
mkdirSync(shots, { recursive: true });

/** Ids have 16 digits, and those of the model town are past what a float holds: such numbers become a BigInt. */
class ExactReader extends PbfReader {
  readVarint(isSigned) {
    const start = this.pos;
    const float = super.readVarint(isSigned);
    if (Math.abs(float) < Number.MAX_SAFE_INTEGER) return float;
    let exact = 0n;
    for (let i = this.pos - 1; i >= start; i--) exact = (exact << 7n) | BigInt(this.buf[i] & 0x7f);
    return exact;
  }
}

let town;

/** The served data set, read with a tile reader that is not ours: `{ manifest, homes, panden }`. */
export async function readTown() {
  if (town) return town;
  const data = new URL("data/", process.env.GASVRIJ_URL);
  const get = async (path) => {
    const answer = await fetch(new URL(path, data));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  };
  const manifest = await (await get("manifest.json")).json();
  const width = MATRIX_WIDTH / 2 ** manifest.zoom;
  const unit = width / manifest.extent;
  const homes = [];
  const panden = new Map();
  for (const entry of manifest.tiles) {
    const { layers } = new VectorTile(new ExactReader(new Uint8Array(await (await get(entry.file)).arrayBuffer())));
    const rd = (p) => [ORIGIN.x + entry.col * width + p.x * unit, ORIGIN.y - entry.row * width - p.y * unit];
    for (let i = 0; i < (layers.pand?.length ?? 0); i++) {
      const f = layers.pand.feature(i);
      panden.set(id16(f.id), { ...f.properties, tile: entry, rings: f.loadGeometry().map((ring) => ring.map(rd)) });
    }
    for (let i = 0; i < (layers.woning?.length ?? 0); i++) {
      const f = layers.woning.feature(i);
      const { pand, ...facts } = f.properties;
      const name = `${facts.straat} ${facts.nummer}${facts.letter ?? ""}${facts.toevoeging ? `-${facts.toevoeging}` : ""}`;
      homes.push({ ...facts, id: id16(f.id), pand: pand && id16(pand), name, at: rd(f.loadGeometry()[0][0]), tile: entry });
    }
  }
  homes.sort((a, b) => (a.id < b.id ? -1 : 1));
  town = { manifest, homes, panden };
  return town;
}

/** A home alone in its building, near the middle of the town, so that a press on its roof opens its card. */
export async function aSingleHome(wanted = () => true) {
  const { manifest, homes, panden } = await readTown();
  const single = homes.filter((h) => h.woonfunctie !== false && panden.get(h.pand)?.nvbo === 1 && wanted(h));
  const far = (h) => Math.hypot(h.at[0] - manifest.centre[0], h.at[1] - manifest.centre[1]);
  return single.sort((a, b) => far(a) - far(b))[0];
}

/** A point well inside a footprint: of a grid over its box, the point farthest from any edge. */
export function inside(pand) {
  const ring = pand.rings[0];
  const xs = ring.map((p) => p[0]);
  const ys = ring.map((p) => p[1]);
  let best = { room: -1 };
  for (let i = 1; i < 20; i++) {
    for (let j = 1; j < 20; j++) {
      const p = [
        Math.min(...xs) + ((Math.max(...xs) - Math.min(...xs)) * i) / 20,
        Math.min(...ys) + ((Math.max(...ys) - Math.min(...ys)) * j) / 20,
      ];
      const room = pand.rings.reduce((in_, r) => in_ !== contains(r, p), false) ? roomAround(pand.rings, p) : -1;
      if (room > best.room) best = { room, at: p };
    }
  }
  return best.at;
}

function contains(ring, [x, y]) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

function roomAround(rings, [x, y]) {
  const corners = rings.flat();
  return Math.min(...corners.map((c) => Math.hypot(c[0] - x, c[1] - y)));
}

/** A page that notes every request and every complaint; after the test neither may hold anything wrong. */
export const test = base.extend({
  quiet: [true, { option: true }],
  page: async ({ page, quiet }, use) => {
    const requests = [];
    const complaints = [];
    page.on("request", (r) => requests.push(r.url()));
    page.on("console", (m) => {
      if (["error", "warning"].includes(m.type())) complaints.push(`${m.type()}: ${m.text()} (${m.location().url})`);
    });
    page.on("pageerror", (e) => complaints.push(`uncaught: ${e.message}`));
    page.requests = requests;
    page.complaints = complaints;
    await use(page);
    // A test may be done while tiles are still coming: what answers for them then has nobody to tell.
    await page.unrouteAll({ behavior: "ignoreErrors" });
    const own = new URL(process.env.GASVRIJ_URL).origin;
    const away = requests.filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== own);
    expect(away, "nothing is asked of another origin").toEqual([]);
    if (quiet) expect(complaints.filter((c) => !isHarmless(c)), "the browser has nothing to complain about").toEqual([]);
  },
});

// Drawing in software is slow on purpose here, and Chromium says so.
function isHarmless(complaint) {
  return /GL Driver Message \(OpenGL, Performance|GPU stall due to ReadPixels|software WebGL|swiftshader|GroupMarkerNotSet/i.test(complaint);
}

/** What measured times are told by, ms: the middle, and what three of four and nineteen of twenty are within. */
export function told(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  return { median: at(0.5), p75: at(0.75), p95: at(0.95), runs: sorted.length };
}

/** Waits until the city runs and shows every tile. */
export async function cityShown(page) {
  await page.waitForFunction(
    () => window.gasvrijCity && window.gasvrijCity.total > 0 && window.gasvrijCity.tiles === window.gasvrijCity.total,
    undefined,
    { timeout: 90_000 },
  );
}

/** Waits until the city has nothing more to do and has not drawn for a second. */
export async function still(page) {
  await page.waitForFunction(
    async () => {
      const before = window.gasvrijCity.frames;
      await new Promise((done) => setTimeout(done, 1_000));
      return window.gasvrijCity.ready && window.gasvrijCity.frames === before;
    },
    undefined,
    { timeout: 60_000 },
  );
}

/** Has the page that comes run what `window.afterDrawn` holds after each frame in which the map drew. */
export const listenToFrames = (page) =>
  page.addInitScript(() => {
    window.afterDrawn = [];
    let frames = 0;
    const known = window.requestAnimationFrame;
    window.requestAnimationFrame = (run) =>
      known.call(window, (now) => {
        run(now);
        const drawn = window.gasvrijCity?.frames ?? 0;
        if (drawn !== frames) window.afterDrawn.forEach((one) => one());
        frames = drawn;
      });
  });

/** The search box, in either language. */
export const searchBox = (page) => page.getByRole("combobox", { name: /Adres of postcode|Address or postcode/ });

/** Waits until the first suggestion is what was asked for, and no longer one for half of it. */
export const suggested = (page, words) => expect(page.locator("#zoek-lijst [role=option]").first()).toContainText(words);

/** Types an address as a person does and takes the first suggestion. */
export async function searchFor(page, words) {
  const box = searchBox(page);
  await box.fill(words);
  await suggested(page, words);
  await box.press("ArrowDown");
  await box.press("Enter");
}

/** The heading of the card that is open. */
export const cardHeading = (page) => page.locator("article.card h1");

/** Where a place in RD metres and height above ground is on the page, CSS pixels; on the second of two maps if asked. */
export async function placeOnPage(page, [x, y], z, second = false) {
  return page.evaluate(
    ([x, y, z, second]) => {
      const on = window.gasvrijCity.project(x, y, z, second);
      const box = document.querySelector("#city").getBoundingClientRect();
      return on && [on[0] + box.left, on[1] + box.top];
    },
    [x, y, z, second],
  );
}

/** The pixels of a PNG: `{ width, height, bytes }`, red, green, blue and opacity in rows from the top. */
async function decode(page, png) {
  const { width, height, text } = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, image.width, image.height).data;
    const parts = [];
    for (let i = 0; i < bytes.length; i += 8_192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8_192)));
    return { width: image.width, height: image.height, text: btoa(parts.join("")) };
  }, png.toString("base64"));
  return { width, height, bytes: Buffer.from(text, "base64") };
}

/** The picture in a PNG: its size, how many colours it has, and the colour at a place, `[r, g, b]`. */
export async function picture(page, png) {
  const { width, height, bytes } = await decode(page, png);
  const colours = new Set();
  for (let i = 0; i < bytes.length; i += 4) colours.add(bytes.readUIntBE(i, 3));
  const at = (x, y) => [...bytes.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
  return { width, height, colours: colours.size, at };
}

/** The pixels of the page around a place: `[[r, g, b], …]`. */
export async function patch(page, [x, y], reach = 6) {
  const side = 2 * reach + 1;
  const clip = { x: Math.round(x) - reach, y: Math.round(y) - reach, width: side, height: side };
  const { bytes } = await decode(page, await page.screenshot({ clip }));
  return Array.from({ length: bytes.length / 4 }, (_, i) => [...bytes.subarray(4 * i, 4 * i + 3)]);
}

/** The colour that most of the page around a place has: on a roof, what lies between the lines of a pattern. */
export async function mostColour(page, at, reach = 10) {
  const counts = new Map();
  for (const colour of await patch(page, at, reach)) counts.set(colour.join(), (counts.get(colour.join()) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0][0].split(",").map(Number);
}

/** Whether two colours are nearly the same. */
export const close = (a, b, off = 12) => a.every((v, i) => Math.abs(v - b[i]) <= off);

/** The most that a pixel of one picture differs from the same one of another, of 255. Drawn anew and kept at rest, the same
 * picture may differ by one. */
export function furthest(a, b) {
  return a.reduce((most, colour, i) => Math.max(most, ...colour.map((v, k) => Math.abs(v - b[i][k]))), 0);
}

/** The part of these pixels that have nearly this colour. */
export const share = (pixels, colour) => pixels.filter((p) => close(p, colour)).length / pixels.length;

/** The colours of the categories, from the palette itself: `{ geschikt: [53, 119, 89], … }`. */
export function palette() {
  const text = readFileSync(new URL("../../data/palette.toml", import.meta.url), "utf8");
  const found = text.matchAll(/\[category\.([a-z-]+)\]\s+colour = "#(..)(..)(..)"/g);
  return Object.fromEntries([...found].map(([, name, ...bytes]) => [name, bytes.map((byte) => parseInt(byte, 16))]));
}

/** Sends the map what a later part of the page would send. */
export const toMap = (page, message) =>
  page.evaluate((detail) => dispatchEvent(new CustomEvent("gasvrij:to-map", { detail })), JSON.stringify(message));
