// What the map says to later parts of the page and does for them, what is written on it, its switches and its picture.
import {
  aSingleHome,
  cityShown,
  close,
  expect,
  furthest,
  inside,
  patch,
  picture,
  placeOnPage,
  readTown,
  share,
  still,
  test,
  toMap,
} from "./support.mjs";

/** Opens the town and gives what the map says from now on. */
async function open(page, hash = "#/") {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`/${hash}`);
  await cityShown(page);
  await still(page);
  await page.evaluate(() => {
    window.said = [];
    addEventListener("gasvrij:from-map", (event) => said.push(JSON.parse(event.detail)));
  });
}

const said = (page, name) => page.evaluate((name) => said.filter((m) => m[name]).map((m) => m[name]), name);

/** How much is written on the map: pixels of the picture over the city that are not empty. */
const written = (page) =>
  page.evaluate(() => {
    const canvas = document.querySelector(".map-names");
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 128) count += 1;
    return count;
  });

const ROUTE = [0xd6, 0x00, 0x6c];

test("a line that a part lays over the map is drawn where it should be, and is taken away again", async ({ page }) => {
  const { manifest } = await readTown();
  const [x, y] = manifest.centre;
  await open(page);
  await toMap(page, { go: { camera: { at: [x, y], distance: 300, heading: 0, tilt: 0 } } });
  await still(page);
  const at = await placeOnPage(page, [x + 20, y], 0);
  // High buildings would hide it: a point is drawn over everything, and beside it the line lies on the ground.
  await toMap(page, { overlay: { name: "route", features: [{ shape: "point", at: [[[x + 20, y]]], colour: "route" }] } });
  await still(page);
  expect(share(await patch(page, at, 3), ROUTE)).toBeGreaterThan(0.9);
  await toMap(page, { overlay: { name: "route", features: [] } });
  await still(page);
  expect(share(await patch(page, at, 3), ROUTE)).toBe(0);
});

test("a line lies on the ground and an area has a tint", async ({ page }) => {
  const { manifest } = await readTown();
  const [, , east, north] = manifest.bounds;
  // Outside the town there is nothing that hides it.
  const [x, y] = [east + 60, north - 20];
  await open(page);
  await toMap(page, { layer: { layer: "namen", shown: false } });
  await toMap(page, { go: { camera: { at: [east, north], distance: 500, heading: 0, tilt: 30 } } });
  await still(page);
  const [bare] = await patch(page, await placeOnPage(page, [x + 12, y - 12], 0), 0);
  const square = [[x, y], [x + 40, y], [x + 40, y - 40], [x, y - 40]];
  await toMap(page, { overlay: { name: "vak", features: [
    { shape: "line", at: [[[x - 60, y], [x - 10, y]]], colour: "route" },
    { shape: "area", at: [square], colour: "route" },
  ] } });
  await still(page);
  expect(share(await patch(page, await placeOnPage(page, [x - 35, y], 1.6), 1), ROUTE)).toBeGreaterThan(0.5);
  const [tinted] = await patch(page, await placeOnPage(page, [x + 12, y - 12], 0), 0);
  expect(close(tinted, bare, 3), `${tinted} on ${bare}`).toBe(false);
  expect(close(tinted, ROUTE, 40)).toBe(false);
});

test("while drawing, presses give places in RD metres and open nothing", async ({ page }) => {
  const home = await aSingleHome();
  await open(page);
  await toMap(page, { go: { camera: { at: home.at, distance: 300, heading: 30, tilt: 40 } } });
  await still(page);
  await toMap(page, { draw: { on: true } });
  const at = await placeOnPage(page, home.at, 0);
  await page.mouse.move(at[0] - 5, at[1]);
  await page.mouse.click(...at);
  const places = await said(page, "ground");
  expect(places.map((p) => p.what)).toContain("move");
  const press = places.find((p) => p.what === "press");
  expect(Math.hypot(press.at[0] - home.at[0], press.at[1] - home.at[1])).toBeLessThan(1);
  expect(new URL(page.url()).hash).toBe("#/");
  // By keyboard: the middle of the map.
  await page.locator("#city").focus();
  await page.keyboard.press("Enter");
  const middle = (await said(page, "ground")).at(-1);
  expect(Math.hypot(middle.at[0] - home.at[0], middle.at[1] - home.at[1])).toBeLessThan(1);
});

test("the camera goes where it is sent and says where it came to rest", async ({ page }) => {
  const { manifest } = await readTown();
  const camera = { at: manifest.centre.map(Math.round), distance: 420, heading: 90, tilt: 35 };
  await open(page);
  await toMap(page, { go: { camera } });
  await still(page);
  const rest = (await said(page, "camera")).at(-1);
  for (const key of ["distance", "heading", "tilt"]) expect(rest[key]).toBeCloseTo(camera[key], 3);
  expect(rest.at[0]).toBeCloseTo(camera.at[0], 3);
});

test("a page about a neighbourhood has the map look at all of it, and a page about all of them at the whole town", async ({ page }) => {
  const { homes } = await readTown();
  const { buurt } = await aSingleHome((h) => h.buurt);
  const here = homes.filter((h) => h.buurt === buurt);
  // Of so many homes all over the town.
  const all = homes.filter((_, i) => i % 20 === 0);
  const inSight = async (homes) => {
    await still(page);
    const box = await page.locator("#city").boundingBox();
    const on = await Promise.all(homes.map((h) => placeOnPage(page, h.at, 0)));
    return on.filter((p) => p && p[0] > box.x && p[0] < box.x + box.width && p[1] > box.y && p[1] < box.y + box.height).length;
  };
  const distance = () => page.evaluate(() => window.gasvrijCity.distance);
  await open(page);
  const whole = await distance();
  await page.goto(`/#/buurt/${buurt}`);
  await expect.poll(distance).toBeLessThan(whole * 0.6);
  expect(await inSight(here)).toBe(here.length);
  expect(await inSight(all)).toBeLessThan(all.length);
  await page.goto("/#/buurt");
  await expect.poll(distance).toBeGreaterThan(whole * 0.9);
  expect(await inSight(all)).toBe(all.length);
  // By a link too, when the map comes after the page.
  await page.goto(`/#/buurt/${buurt}`);
  await page.reload();
  await cityShown(page);
  await expect.poll(distance).toBeLessThan(whole * 0.6);
  expect(await inSight(here)).toBe(here.length);
});

test("panden that stand out keep their colour while the others fade, and paint goes over a theme", async ({ page }) => {
  const { panden } = await readTown();
  const home = await aSingleHome();
  const pand = panden.get(home.pand);
  await open(page);
  await toMap(page, { layer: { layer: "namen", shown: false } });
  await toMap(page, { go: { camera: { at: home.at, distance: 150, heading: 0, tilt: 0 } } });
  await still(page);
  const at = await placeOnPage(page, inside(pand), pand.hoogte_dm / 10);
  const before = await patch(page, at, 3);
  const tile = { col: pand.tile.col, row: pand.tile.row };
  await toMap(page, { highlight: { panden: [{ tile, panden: [home.pand] }] } });
  await still(page);
  expect(await patch(page, at, 3)).toEqual(before);
  await toMap(page, { highlight: { panden: [{ tile, panden: ["0000000000000001"] }] } });
  await still(page);
  expect(close((await patch(page, at, 0))[0], before[24], 20)).toBe(false);
  await toMap(page, { highlight: { panden: [] } });
  // Category 2 is a heat network.
  await page.evaluate(([col, row, count]) => {
    const bytes = new Uint8Array(count).fill(2);
    dispatchEvent(new CustomEvent("gasvrij:paint", { detail: [[col, row, bytes]] }));
  }, [tile.col, tile.row, pand.tile.panden]);
  await still(page);
  const [red, green, blue] = (await patch(page, at, 0))[0];
  expect(red > 2 * green && red > 2 * blue, `${[red, green, blue]}`).toBe(true);
  await page.evaluate(() => dispatchEvent(new CustomEvent("gasvrij:paint", { detail: [] })));
  await still(page);
  expect(await patch(page, at, 3)).toEqual(before);
});

test("a picture at rest that only changes colour is the one that all of the town drawn anew would be", async ({ page }) => {
  const { manifest, panden } = await readTown();
  const pand = panden.get((await aSingleHome()).pand);
  const one = [{ tile: { col: pand.tile.col, row: pand.tile.row }, panden: ["0000000000000001"] }];
  const camera = { at: manifest.centre, distance: 4_000, heading: 20, tilt: 40 };
  await open(page);
  await toMap(page, { layer: { layer: "namen", shown: false } });
  const box = await page.locator("#city").boundingBox();
  // Where nothing of the page lies over the map.
  const middle = [box.x + box.width * 0.55, box.y + box.height * 0.55];
  const look = async () => {
    await still(page);
    return patch(page, middle, 100);
  };
  const anew = async () => {
    for (const distance of [3_000, camera.distance]) {
      await toMap(page, { go: { camera: { ...camera, distance } } });
      await still(page);
    }
    return look();
  };
  const plain = await anew();
  await toMap(page, { highlight: { panden: one } });
  const faded = await look();
  expect(furthest(plain, faded), "it is another picture").toBeGreaterThan(30);
  await toMap(page, { highlight: { panden: [] } });
  expect(furthest(plain, await look())).toBeLessThanOrEqual(1);
  await toMap(page, { highlight: { panden: one } });
  expect(furthest(faded, await anew())).toBeLessThanOrEqual(1);
});

test("names are written, hidden from screen readers, and go with their switch", async ({ page }) => {
  await open(page);
  expect(await written(page)).toBeGreaterThan(500);
  const layer = page.locator(".map-names");
  expect(await layer.getAttribute("aria-hidden")).toBe("true");
  expect(await layer.evaluate((e) => getComputedStyle(e).pointerEvents)).toBe("none");
  await page.getByText("Toon op de kaart").click();
  await page.getByLabel("Namen en huisnummers").uncheck();
  await still(page);
  expect(await written(page)).toBe(0);
});

test("the switch of the heat networks takes their colours off the map", async ({ page }) => {
  await open(page);
  const reds = async () => {
    const box = await page.locator("#city").boundingBox();
    const pixels = await patch(page, [box.x + box.width * 0.6, box.y + box.height / 2], 200);
    return pixels.filter((p) => close(p, [0xc8, 0x10, 0x2e], 10)).length;
  };
  expect(await reds()).toBeGreaterThan(0);
  await page.getByText("Toon op de kaart").click();
  await page.getByLabel("Warmtenetten").uncheck();
  await still(page);
  expect(await reds()).toBe(0);
});

test("one button lays the map flat and up again, and the needle points north", async ({ page }) => {
  await open(page);
  const flat = page.getByRole("button", { name: "Kaart van bovenaf" });
  await expect(flat).toHaveAttribute("aria-pressed", "false");
  await flat.click();
  await expect(flat).toHaveAttribute("aria-pressed", "true");
  await flat.click();
  await expect(flat).toHaveAttribute("aria-pressed", "false");
  await page.getByRole("button", { name: "Draai naar rechts" }).click();
  await still(page);
  const needle = page.locator("[data-step=north] svg");
  expect(await needle.evaluate((e) => e.style.rotate)).not.toBe("0deg");
  await page.getByRole("button", { name: "Noorden boven" }).click();
  await still(page);
  expect(await needle.evaluate((e) => e.style.rotate)).toBe("0deg");
});

test("the map follows a page that turns dark while it is open, and its categories keep their colours", async ({ page }) => {
  const { manifest, panden } = await readTown();
  const [, , east, north] = manifest.bounds;
  const home = await aSingleHome();
  const roof = panden.get(home.pand);
  await open(page);
  await toMap(page, { layer: { layer: "namen", shown: false } });
  const sum = (colour) => colour.reduce((a, b) => a + b, 0);
  const look = async (at, z) => (await patch(page, await placeOnPage(page, at, z), 0))[0];
  const seen = async () => {
    await toMap(page, { go: { camera: { at: [east, north], distance: 500, heading: 0, tilt: 30 } } });
    await still(page);
    const land = await look([east + 60, north - 20], 0);
    await toMap(page, { go: { camera: { at: home.at, distance: 400, heading: 0, tilt: 0 } } });
    await still(page);
    // The middle of a roof may be its ridge, which is a light line in the dark: the middle colour of what is around it.
    const around = await patch(page, await placeOnPage(page, inside(roof), roof.hoogte_dm / 10), 6);
    return [land, around.sort((a, b) => sum(a) - sum(b))[around.length >> 1]];
  };
  const [lightLand, lightRoof] = await seen();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const [darkLand, darkRoof] = await seen();
  expect(sum(lightLand)).toBeGreaterThan(600);
  expect(sum(darkLand)).toBeLessThan(200);
  expect(close(darkRoof, lightRoof, 6), `${darkRoof} and ${lightRoof}`).toBe(true);
});

test("a map that is thrown goes on, and stays where it is let go of for who wants little motion", async ({ page }) => {
  await open(page);
  const { manifest } = await readTown();
  const throwIt = async () => {
    const box = await page.locator("#city").boundingBox();
    // A quick hand: this browser, drawing in software, is slower than one.
    await page.evaluate(async ([x, y]) => {
      const canvas = document.querySelector("#city");
      const tell = (kind, x) =>
        canvas.dispatchEvent(new PointerEvent(kind, { pointerId: 1, pointerType: "mouse", button: 0, clientX: x, clientY: y, bubbles: true }));
      tell("pointerdown", x);
      for (let i = 1; i <= 5; i++) {
        await new Promise((done) => setTimeout(done, 5));
        tell("pointermove", x + i * 25);
      }
      tell("pointerup", x + 125);
    }, [box.x + box.width * 0.55, box.y + box.height * 0.5]);
    const released = await placeOnPage(page, manifest.centre, 0);
    await page.waitForTimeout(1_000);
    await still(page);
    const rests = await placeOnPage(page, manifest.centre, 0);
    return rests[0] - released[0];
  };
  expect(Math.abs(await throwIt())).toBeLessThan(1);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await throwIt()).toBeGreaterThan(10);
});

test("the picture to keep is larger than the screen and holds the map, the legend and the sources", async ({ page }) => {
  await open(page);
  const box = await page.locator("#city").boundingBox();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Bewaar als plaatje" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("gasvrij3d.png");
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const seen = await picture(page, Buffer.concat(chunks));
  expect(Math.max(seen.width, seen.height)).toBeGreaterThan(Math.max(box.width, box.height) * 1.2);
  expect(seen.at(Math.round(seen.width / 2), seen.height - 3), "the strip below").toEqual([255, 255, 255]);
  const ratio = seen.width / box.width;
  const legend = [15, box.height - 15].map((v) => Math.round(v * ratio));
  expect(seen.at(...legend), "the lower left corner of the legend").toEqual([255, 255, 255]);
  expect(seen.at(Math.round(4 * ratio), legend[1]), "the map beside it").not.toEqual([255, 255, 255]);
  expect(seen.colours).toBeGreaterThan(1_000);
  // And the map on the page is as it was.
  await still(page);
  expect((await page.locator("#city").boundingBox()).width).toBe(box.width);
});
