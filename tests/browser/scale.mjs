// What a town of so many homes costs, in a line of JSON: how long a frame takes while it is turned in sight as a whole and from a
// street, and what the page's own process and the one that draws for it take of memory.
import { chromium, expect, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { aSingleHome, cityShown, listenToFrames, readTown, still, toMap, told } from "./support.mjs";

const TURNS = 120;
const MB = 1_024;

/** Notes when the map drew, frame by frame. */
async function listenIn(page) {
  await listenToFrames(page);
  await page.addInitScript(() => {
    const drawn = (window.drawn = []);
    afterDrawn.push(() => drawn.push(performance.now()));
  });
}

/** Milliseconds between two frames while a hand turns the map without a pause. */
async function turned(page) {
  const { x, y, width, height } = await page.locator("#city").boundingBox();
  const middle = [x + width / 2, y + height / 2];
  await page.mouse.move(...middle);
  await page.mouse.down({ button: "right" });
  await page.evaluate(() => drawn.splice(0));
  for (let i = 1; i <= TURNS; i++) {
    await page.mouse.move(middle[0] + (width / 3) * Math.sin(i / 12), middle[1]);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  const moments = await page.evaluate(() => drawn.splice(0));
  await page.mouse.up({ button: "right" });
  return moments.slice(1).map((moment, i) => moment - moments[i]);
}

/** Megabytes of the processes of a kind, each page of memory that is shared counted in part. */
function memory(processes, kind) {
  const own = processes.filter(({ type }) => type === kind);
  const kb = own.map(({ id }) => Number(readFileSync(`/proc/${id}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1]));
  return kb.reduce((sum, each) => sum + each, 0) / MB;
}

test("scale", async ({}, { project: { use } }) => {
  const { manifest } = await readTown();
  const home = await aSingleHome();
  const browser = await chromium.launch(use.launchOptions);
  const page = await browser.newPage({ baseURL: use.baseURL, viewport: { width: 1_280, height: 800 } });
  await listenIn(page);
  const begin = Date.now();
  await page.goto("/#/buurt");
  await cityShown(page);
  const shown = Date.now() - begin;
  await still(page);
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const taken = ["renderer", "GPU"].map((kind) => memory(processInfo, kind));
  const whole = await turned(page);
  await toMap(page, { go: { camera: { at: home.at, distance: 250, heading: 30, tilt: 60 } } });
  await still(page);
  const street = await turned(page);
  expect(Math.min(whole.length, street.length), "frames").toBeGreaterThan(TURNS / 4);
  await browser.close();
  const homes = manifest.tiles.reduce((sum, tile) => sum + tile.panden, 0);
  console.log(`SCALE ${JSON.stringify({ panden: homes, shown, whole: told(whole), street: told(street), memory: taken[0] + taken[1] })}`);
});
