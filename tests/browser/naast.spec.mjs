// Two sketches of a heat network on two maps side by side, which move together.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  aSingleHome,
  cardHeading,
  cityShown,
  close,
  expect,
  inside,
  mostColour,
  palette,
  patch,
  placeOnPage,
  readTown,
  share,
  shots,
  still,
  test,
  toMap,
} from "./support.mjs";

const ROUTE = [0xd6, 0x00, 0x6c];
const stage = (page) => page.locator("#toneel");
const beside = (page) => page.getByRole("button", { name: "Naast elkaar op de kaart" });

/** A home that one sketch reaches and another does not, and the middle of each sketch. */
async function aHomeBetween() {
  const { manifest } = await readTown();
  // Without a network of its own: then only a sketch can make it suit.
  const home = await aSingleHome((h) => h.net_status === "geen");
  const middle = manifest.centre;
  const away = Math.hypot(home.at[0] - middle[0], home.at[1] - middle[1]) < 600 ? 900 : 0;
  return { home, near: home.at, far: [middle[0] + away, middle[1]] };
}

/** Opens a sketch from a file: a main of 40 m along a place; and keeps it. */
async function keep(page, info, name, [x, y]) {
  const file = info.outputPath(`${name}.geojson`);
  writeFileSync(file, JSON.stringify({ type: "LineString", coordinates: [[x - 20, y + 12], [x + 20, y + 12]] }));
  await page.getByLabel("Open een bestand (GeoJSON)").setInputFiles(file);
  await expect(page.locator("#net-bestand-melding")).toHaveText("De schets uit het bestand staat op de kaart.");
  await page.locator("#net-bereik").fill("50");
  await page.getByRole("button", { name: `Onthoud als schets ${name}` }).click();
}

async function openBoth(page, info) {
  const places = await aHomeBetween();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/#/net");
  await cityShown(page);
  await expect(page.locator("#net-melding")).toHaveText("De kaart is geladen. U kunt tekenen.", { timeout: 60_000 });
  const isPhone = !(await page.locator("#thema").isVisible());
  if (isPhone) await page.locator("#legenda-blad > summary").click();
  await page.locator("#thema").selectOption({ label: "Warmtenet van 70 graden" });
  await keep(page, info, "A", places.near);
  await expect(page.getByText("Onthoud ook een schets B.")).toBeVisible();
  await keep(page, info, "B", places.far);
  return places;
}

async function roofs(page, home) {
  const pand = (await readTown()).panden.get(home.pand);
  const at = (second) => placeOnPage(page, inside(pand), pand.hoogte_dm / 10, second);
  return [await at(false), await at(true)];
}

const OF_A_NETWORK = ["geschikt", "na-stap", "mogelijk"];

test("each map shows its own sketch, both look from the same place, and one button brings one map back", async ({ page }, info) => {
  const { home, near } = await openBoth(page, info);
  // Names would hide roofs.
  await toMap(page, { layer: { layer: "namen", shown: false } });
  await toMap(page, { go: { camera: { at: home.at, distance: 180, heading: 0, tilt: 0 } } });
  await still(page);
  await beside(page).focus();
  await page.keyboard.press("Enter");
  await expect(beside(page)).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator("#net-melding")).toHaveText("U ziet twee kaarten: schets A en schets B. Zij bewegen samen.");
  await expect(stage(page)).toHaveAttribute("data-kaarten", "naast");
  await still(page);
  const [first, second] = await page.locator(".twins p").all();
  await expect(first).toContainText("Schets A");
  await expect(second).toContainText("Schets B");
  const map = await page.locator("#city").boundingBox();
  expect((await first.boundingBox()).x).toBeLessThan(map.x + map.width / 2);
  expect((await second.boundingBox()).x).toBeGreaterThan(map.x + map.width / 2);

  // The same home twice, half a map apart: with the network of A it suits, without one it has none.
  const [left, right] = await roofs(page, home);
  expect(right[0] - left[0]).toBeCloseTo(map.width / 2, 0);
  const colours = palette();
  const [withNet, without] = [await mostColour(page, left), await mostColour(page, right)];
  expect(OF_A_NETWORK.some((name) => close(withNet, colours[name], 40)), `${withNet} on the left`).toBe(true);
  expect(close(without, colours["niet-beschikbaar"], 40), `${without} on the right`).toBe(true);
  // The main of A is on its map only.
  const mains = async (second) => share(await patch(page, await placeOnPage(page, near, 0, second), 160), ROUTE);
  expect(await mains(false)).toBeGreaterThan(0);
  expect(await mains(true)).toBe(0);
  await page.screenshot({ path: join(shots, "net-naast.png") });

  // What is done on one map moves both.
  await page.mouse.move(right[0], right[1]);
  await page.mouse.down();
  await page.mouse.move(right[0] - 60, right[1] + 40, { steps: 4 });
  await page.mouse.up();
  await still(page);
  const [movedLeft, movedRight] = await roofs(page, home);
  expect(Math.abs(movedRight[0] - (right[0] - 60))).toBeLessThan(12);
  expect(movedRight[0] - movedLeft[0]).toBeCloseTo(map.width / 2, 0);
  expect(close(await mostColour(page, movedLeft), withNet, 30)).toBe(true);
  expect(close(await mostColour(page, movedRight), without, 30)).toBe(true);

  await beside(page).click();
  await expect(beside(page)).toHaveAttribute("aria-pressed", "false");
  await expect(stage(page)).not.toHaveAttribute("data-kaarten");
  await expect(page.locator(".twins")).toHaveCount(0);
});

test("a press on the second map opens the home there, and the page has one map again", async ({ page }, info) => {
  const { home } = await openBoth(page, info);
  await toMap(page, { go: { camera: { at: home.at, distance: 180, heading: 0, tilt: 0 } } });
  await beside(page).click();
  await expect(stage(page)).toHaveAttribute("data-kaarten", "naast");
  await still(page);
  const [, right] = await roofs(page, home);
  await page.mouse.click(...right);
  await expect(cardHeading(page)).toHaveText(home.name);
  await expect(stage(page)).not.toHaveAttribute("data-kaarten");
  await expect(page.locator(".twins")).toHaveCount(0);
});

test("on a phone the maps lie one above the other, and drawing on brings one map back", async ({ page }, info) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const { home } = await openBoth(page, info);
  await toMap(page, { go: { camera: { at: home.at, distance: 150, heading: 0, tilt: 0 } } });
  await beside(page).click();
  await expect(stage(page)).toHaveAttribute("data-kaarten", "onder");
  await page.evaluate(() => scrollTo(0, 0));
  await still(page);
  const map = await page.locator("#city").boundingBox();
  const [upper, lower] = await roofs(page, home);
  expect(lower[1] - upper[1]).toBeCloseTo(map.height / 2, 0);
  expect(close(await mostColour(page, upper, 4), await mostColour(page, lower, 4), 30)).toBe(false);
  await page.screenshot({ path: join(shots, "net-onder.png") });
  await page.getByRole("button", { name: "Teken op de kaart" }).click();
  await expect(stage(page)).not.toHaveAttribute("data-kaarten");
});
