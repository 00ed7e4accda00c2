// The 3D city: it appears whole, in the right colours, answers a press, and rests when nothing moves.
import {
  aSingleHome,
  cardHeading,
  cityShown,
  expect,
  furthest,
  inside,
  mostColour,
  palette,
  patch,
  picture,
  placeOnPage,
  readTown,
  still,
  test,
} from "./support.mjs";

// What the heat-pump theme is called in the list of themes.
const HEAT_PUMP = "Luchtwarmtepomp";

const OF_VERDICT = { G: "geschikt", N: "na-stap", M: "mogelijk", O: "ongeschikt", X: "niet-beschikbaar", "?": "onbekend" };

/** Opens a house, waits until the city has flown there and rests, and gives the place of its roof on the page. */
async function atHome(page, home) {
  const { panden } = await readTown();
  const pand = panden.get(home.pand);
  await page.goto(`/#/huis/${home.id}`);
  await expect(cardHeading(page)).toHaveText(home.name);
  await cityShown(page);
  await page.waitForTimeout(1_500);
  await still(page);
  return placeOnPage(page, inside(pand), pand.hoogte_dm / 10);
}

/** A roof shows the colour of the palette, or a sloping one up to a fifth darker. */
function expectColour(seen, wanted, what) {
  const light = Math.min(1, seen.reduce((sum, v, i) => sum + v * wanted[i], 0) / wanted.reduce((sum, v) => sum + v * v, 0));
  expect(light, `${what}: ${seen} on screen, ${wanted} in the palette`).toBeGreaterThanOrEqual(0.79);
  for (let i = 0; i < 3; i++) {
    expect(Math.abs(seen[i] - wanted[i] * light), `${what}: ${seen} on screen, ${wanted} in the palette`).toBeLessThanOrEqual(8);
  }
}

test("every part of the town comes on screen, and then nothing is drawn any more", async ({ page }) => {
  const { manifest } = await readTown();
  await page.goto("/");
  await cityShown(page);
  expect(await page.evaluate(() => window.gasvrijCity.total)).toBe(manifest.tiles.length);
  await still(page);
  const before = await page.evaluate(() => window.gasvrijCity.frames);
  await page.waitForTimeout(5_000);
  expect(await page.evaluate(() => window.gasvrijCity.frames), "frames in 5 s at rest").toBe(before);
});

test("the map is a picture with many colours, not an empty canvas", async ({ page }) => {
  await page.goto("/");
  await cityShown(page);
  await still(page);
  const { colours } = await picture(page, await page.locator("#city").screenshot());
  expect(colours).toBeGreaterThan(200);
});

test("another theme paints each roof in the colour that the legend gives its verdict", async ({ page }) => {
  // Two homes with other facts, and neither is the selected one: a selection is marked on top of its colour.
  const { homes, panden } = await readTown();
  const chosen = await aSingleHome();
  const [x, y] = await atHome(page, chosen);
  await page.getByLabel("Kleur de huizen naar").selectOption({ label: HEAT_PUMP });
  await still(page);
  const near = (h) => Math.hypot(h.at[0] - chosen.at[0], h.at[1] - chosen.at[1]);
  const around = homes
    .filter((h) => h.woonfunctie !== false && panden.get(h.pand)?.nvbo === 1 && h.pand !== chosen.pand && near(h) < 60)
    .sort((a, b) => near(a) - near(b));
  const map = await page.locator("#city").boundingBox();
  let checked = 0;
  for (const home of around) {
    const pand = panden.get(home.pand);
    const at = await placeOnPage(page, inside(pand), pand.hoogte_dm / 10);
    const onMap = at && at[0] > map.x + 80 && at[0] < map.x + map.width - 80 && at[1] > map.y + 80 && at[1] < map.y + map.height - 80;
    const covered = onMap && (await page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.id !== "city", at));
    if (!onMap || covered) continue;
    const seen = await mostColour(page, at);
    const verdict = await verdictOf(page, home, "AEL");
    expectColour(seen, palette()[OF_VERDICT[verdict]], home.name);
    if (++checked === 4) break;
  }
  expect(checked, "roofs that could be looked at").toBeGreaterThan(1);
  expect(x + y).toBeGreaterThan(0);
});

/** What the panel says of a home, asked on a page of its own so that the map stays as it is. */
async function verdictOf(page, home, option) {
  const other = await page.context().newPage();
  await other.goto(`/#/huis/${home.id}`);
  const verdict = await other.locator(`[data-option=${option}]`).getAttribute("data-verdict");
  await other.close();
  return verdict;
}

test("another theme changes the picture, and the first one brings it back", async ({ page }) => {
  await page.goto("/");
  await cityShown(page);
  await still(page);
  const map = await page.locator("#city").boundingBox();
  // A part of the map beside the legend and the buttons: those show the focus.
  const part = [map.x + map.width * 0.62, map.y + map.height * 0.55];
  const shot = async () => {
    await page.mouse.move(2, 2);
    await still(page);
    return patch(page, part, 160);
  };
  const first = await shot();
  const themes = page.getByLabel("Kleur de huizen naar");
  await themes.selectOption({ label: HEAT_PUMP });
  expect(furthest(await shot(), first)).toBeGreaterThan(60);
  await themes.selectOption({ index: 0 });
  expect(furthest(await shot(), first)).toBeLessThanOrEqual(1);
});

test("a press on a roof opens the card of that house", async ({ page }) => {
  const home = await aSingleHome();
  const roof = await atHome(page, home);
  await page.goto("/#/");
  await expect(cardHeading(page)).toHaveCount(0);
  await still(page);
  await page.mouse.click(...roof);
  await expect(cardHeading(page)).toHaveText(home.name);
  expect(new URL(page.url()).hash).toBe(`#/huis/${home.id}`);
});

test("dragging moves the map and opens nothing", async ({ page }) => {
  const home = await aSingleHome();
  const [x, y] = await atHome(page, home);
  await page.goto("/#/");
  await still(page);
  const before = await placeOnPage(page, home.at, 0);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 6 });
  await page.mouse.up();
  await still(page);
  const after = await placeOnPage(page, home.at, 0);
  expect(Math.hypot(after[0] - before[0], after[1] - before[1])).toBeGreaterThan(30);
  await expect(cardHeading(page)).toHaveCount(0);
});

test("the buttons do what the gestures do", async ({ page }) => {
  await page.goto("/");
  await cityShown(page);
  await still(page);
  const { manifest } = await readTown();
  const [x, y] = manifest.centre;
  const apart = async () => {
    const [a, b] = [await placeOnPage(page, [x, y], 0), await placeOnPage(page, [x + 100, y], 0)];
    return Math.hypot(b[0] - a[0], b[1] - a[1]);
  };
  const before = await apart();
  await page.getByRole("button", { name: "Dichterbij" }).click();
  await still(page);
  expect(await apart()).toBeGreaterThan(before * 1.1);
  await page.getByRole("button", { name: "Hele stad" }).click();
  await still(page);
  expect(Math.abs((await apart()) - before) / before).toBeLessThan(0.02);
});

test("on a phone the buttons pressed most are one row, and the others are a press away", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto("/");
  await page.locator("#toneel").scrollIntoViewIfNeeded();
  await cityShown(page);
  await still(page);
  const buttons = page.getByRole("group", { name: "Kaart bedienen" });
  await expect(buttons.getByRole("button")).toHaveCount(4);
  expect((await buttons.boundingBox()).height, "one row").toBeLessThan(60);
  const distance = () => page.evaluate(() => gasvrijCity.distance);
  await buttons.getByRole("button", { name: "Dichterbij" }).click();
  await still(page);
  const near = await distance();
  await buttons.getByTitle("Meer knoppen").click();
  await expect(buttons.getByRole("button")).toHaveCount(10);
  for (const button of await buttons.getByRole("button").all()) {
    const { x, width, height } = await button.boundingBox();
    expect(Math.min(width, height), "room for a finger").toBeGreaterThanOrEqual(44);
    expect(x + width, "on the page").toBeLessThanOrEqual(360);
  }
  await buttons.getByRole("button", { name: "Hele stad" }).click();
  await still(page);
  expect(await distance()).toBeGreaterThan(near * 1.1);
});

test("when the last tile is drawn, the picture is not drawn again", async ({ page }) => {
  await page.addInitScript(() => {
    const known = window.requestAnimationFrame;
    window.requestAnimationFrame = (run) =>
      known.call(window, (now) => {
        run(now);
        if (window.gasvrijCity?.ready) window.framesAtReady ??= window.gasvrijCity.frames;
      });
  });
  await page.goto("/");
  await cityShown(page);
  await still(page);
  expect(await page.evaluate(() => gasvrijCity.frames)).toBe(await page.evaluate(() => framesAtReady));
});
