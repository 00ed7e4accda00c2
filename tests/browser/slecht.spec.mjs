// Tiles that no register should give: what can be drawn is drawn, the rest is left out and counted, and the page goes on.
import { createHash } from "node:crypto";
import { aSingleHome, cardHeading, cityShown, close, expect, inside, patch, placeOnPage, readTown, still, test, toMap } from "./support.mjs";
import { PbfReader, PbfWriter } from "pbf";

/** The fields of a message, as they stand: `[{ tag, bytes | varint }]`. */
function fields(bytes) {
  const reader = new PbfReader(bytes);
  const found = [];
  while (reader.pos < reader.length) {
    const key = reader.readVarint();
    const [tag, kind] = [key >> 3, key & 7];
    const from = reader.pos;
    if (kind === 2) found.push({ tag, bytes: reader.readBytes() });
    else if (kind === 0) {
      while (bytes[reader.pos++] & 0x80);
      found.push({ tag, varint: bytes.subarray(from, reader.pos) });
    } else throw new Error(`a field of kind ${kind}`);
  }
  return found;
}

const varint = (n) => {
  const out = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 0x80);
  return Uint8Array.from([...out, n]);
};

/** The same message again. */
const written = (all) =>
  Buffer.concat(all.flatMap(({ tag, bytes, varint: number }) =>
    bytes ? [varint(tag * 8 + 2), varint(bytes.length), bytes] : [varint(tag * 8), number]));

/** A ring as a tile has it. */
function shape(ring) {
  const pbf = new PbfWriter();
  let [x, y] = [0, 0];
  const step = ([px, py]) => {
    for (const d of [px - x, py - y]) pbf.writeVarint(((d << 1) ^ (d >> 31)) >>> 0);
    [x, y] = [px, py];
  };
  pbf.writeVarint(9);
  step(ring[0]);
  pbf.writeVarint(((ring.length - 1) << 3) | 2);
  ring.slice(1).forEach(step);
  pbf.writeVarint(15);
  return pbf.finish();
}

/** Changes the first panden of a tile: each gets a shape, a height, or both, of `changes`. */
function spoiled(tile, changes) {
  return written(fields(tile).map((layer) => {
    const content = fields(layer.bytes);
    const text = (tag) => content.filter((f) => f.tag === tag).map((f) => Buffer.from(f.bytes).toString());
    if (text(1)[0] !== "pand") return layer;
    const key = text(3).indexOf("hoogte_dm");
    let values = content.filter((f) => f.tag === 4).length;
    const features = content.filter((f) => f.tag === 2);
    const added = [];
    changes.forEach(({ ring, height }, i) => {
      const parts = fields(features[i].bytes);
      const part = (tag) => parts.find((f) => f.tag === tag);
      if (ring) part(4).bytes = shape(ring);
      if (height) {
        const tags = new PbfReader(part(2).bytes);
        const pairs = [];
        while (tags.pos < tags.length) pairs.push(tags.readVarint());
        for (let k = 0; k < pairs.length; k += 2) if (pairs[k] === key) pairs[k + 1] = values;
        part(2).bytes = Buffer.concat(pairs.map(varint));
        added.push({ tag: 4, bytes: Buffer.concat([varint(5 * 8), varint(height)]) });
        values += 1;
      }
      features[i].bytes = written(parts);
    });
    return { tag: 3, bytes: written([...content, ...added]) };
  }));
}

/** Serves the data set with one of its tiles spoiled. */
async function plant(page, entry, changes) {
  const data = new URL("data/", process.env.GASVRIJ_URL);
  const [manifest, tile] = await Promise.all([
    fetch(new URL("manifest.json", data)).then((a) => a.json()),
    fetch(new URL(entry.file, data)).then((a) => a.arrayBuffer()),
  ]);
  const body = spoiled(new Uint8Array(tile), changes);
  const own = manifest.tiles.find((t) => t.file === entry.file);
  own.bytes = body.length;
  own.sha256 = createHash("sha256").update(body).digest("hex");
  await page.route("**/data/manifest.json", (route) => route.fulfill({ json: manifest }));
  await page.route(`**/data/${entry.file}`, (route) => route.fulfill({ body, contentType: "application/octet-stream" }));
}

/** The tile of a home, and its panden in their order. */
async function aTile() {
  const { panden } = await readTown();
  const home = await aSingleHome();
  const { tile } = panden.get(home.pand);
  const own = [...panden].filter(([, pand]) => pand.tile === tile).map(([id, pand]) => ({ id, ...pand }));
  return { home, tile, own, at: own.findIndex((pand) => pand.id === home.pand) };
}

const noise = (count) => Array.from({ length: count }, (_, i) => [(i * 7919) % 4096, (i * 104_729) % 4096]);

test("crossing, empty, endless and far-off footprints are drawn or counted, and the homes beside them are as they were", async ({ page }) => {
  const { home, tile, own, at } = await aTile();
  expect(at, "the home is not one of those that are spoiled").toBeGreaterThan(4);
  await plant(page, tile, [
    { ring: [[100, 100], [400, 400], [400, 100], [100, 400]] },
    { ring: [[1000, 1000], [1100, 1000], [1200, 1000]] },
    { ring: noise(1_000_000) },
    { ring: [[-2_000_000_000, 50], [2_000_000_000, 60], [60, 2_000_000_000]], height: 30 },
    { height: 60_000 },
  ]);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/#/huis/${home.id}`);
  await expect(cardHeading(page)).toHaveText(home.name);
  await cityShown(page);
  await still(page);
  await expect(page.locator("#kaart-rompen")).toHaveText(/Gebouwen waarvan wij alleen de omtrek tekenen: \d+\. Vormen die wij niet kunnen tekenen: 3\./);
  await expect(page.locator("#kaart-status")).toBeEmpty();
  // The tower of six kilometres ends at 400 metres.
  const tower = own[4];
  await toMap(page, { layer: { layer: "namen", shown: false } });
  await toMap(page, { go: { camera: { at: inside(tower), distance: 1_400, heading: 0, tilt: 70 } } });
  await still(page);
  const look = async (z) => (await patch(page, await placeOnPage(page, inside(tower), z), 0))[0];
  const [high, higher] = [await look(300), await look(430)];
  expect(close(high, higher, 4), `${high} in the tower, ${higher} above it`).toBe(false);
});

test("a tile that cannot be read is told, and the rest of the town is there", async ({ page }) => {
  const { tile } = await aTile();
  await plant(page, tile, [{ height: 4_000_000_000 }]);
  await page.goto("/");
  await expect(page.locator("#kaart-status")).toContainText("Een deel van de kaart ontbreekt");
  await page.waitForFunction(() => window.gasvrijCity && window.gasvrijCity.tiles === window.gasvrijCity.total - 1, undefined, { timeout: 60_000 });
  await page.getByText("Meer informatie").or(page.locator("#kaart-status summary")).first().click();
  await expect(page.locator("#kaart-status li")).toContainText("hoogte_dm");
});
