// How soon the map answers, with the whole town and nothing that slows the browser down, in a line of JSON: from the pointer to
// the pixels while a main of five kilometres is drawn, and from a killed graphics process to the home in sight again.
import { chromium, expect, test } from "@playwright/test";
import { reached, within } from "./reach.mjs";
import { aSingleHome, cityShown, furthest, listenToFrames, patch, placeOnPage, readTown, still, told } from "./support.mjs";

const MOVES = 60;
const KILLS = 5;
const LEAST_M = 5_000;
const STEPS = 9;

/** A main through the middle of the town from west to east, up and down, RD metres. */
function main([x, y]) {
  const line = [[x - 1_200, y + 250]];
  for (let i = 0; i < STEPS; i++) {
    const [px, py] = line.at(-1);
    line.push([px + 250, py + (i % 2 ? 550 : -550)]);
  }
  return line;
}

/** Notes when the pointer moved, and when the picture with the colours that follow from it was drawn to its last pixel. */
async function listenIn(page) {
  await listenToFrames(page);
  await page.addInitScript(() => {
    const answers = (window.answers = []);
    const points = (window.points = []);
    addEventListener("gasvrij:from-map", (event) => {
      const { ground } = JSON.parse(event.detail);
      if (ground?.what === "press") points.push(ground.at);
    });
    let moved;
    let painted = false;
    addEventListener("pointermove", (event) => ([moved, painted] = [event.timeStamp, false]), { capture: true });
    addEventListener("gasvrij:paint", (event) => (painted ||= event.detail.length > 0));
    // Drawn in the same frame or a later one: after each, what the graphics process still had to do.
    afterDrawn.push(() => {
      if (!painted || moved === undefined) return;
      const gl = document.getElementById("city").getContext("webgl2");
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      answers.push(performance.now() - moved);
      moved = undefined;
    });
  });
}

/** Milliseconds from each move of the pointer to the pixels; moves that change no colour do not count. */
async function drawn(page) {
  const { manifest } = await readTown();
  const line = main(manifest.centre);
  await listenIn(page);
  await page.goto("/#/net");
  await cityShown(page);
  await expect(page.locator("#net-melding")).toHaveText("De kaart is geladen. U kunt tekenen.", { timeout: 120_000 });
  const camera = { at: manifest.centre, distance: 5_500, heading: 0, tilt: 30 };
  await page.evaluate((go) => dispatchEvent(new CustomEvent("gasvrij:to-map", { detail: JSON.stringify({ go }) })), { camera });
  await still(page);
  await page.getByRole("button", { name: "Teken op de kaart" }).click();
  for (const place of line) {
    await page.mouse.click(...(await placeOnPage(page, place, 0)));
    await still(page);
  }
  const metres = Number((await page.locator("#net-lijn").textContent()).match(/([\d.]+) meter/)[1].replaceAll(".", ""));
  expect(metres, "the length of the main").toBeGreaterThan(LEAST_M);
  await expect(reached(page), "homes within a hundred metres").toHaveText(await within(await page.evaluate(() => points), 100));
  // As a hand goes on from the last point: back and forth over the town.
  const [x, y] = line.at(-1);
  await page.evaluate(() => answers.splice(0));
  for (let i = 1; i <= MOVES; i++) {
    await page.mouse.move(...(await placeOnPage(page, [x - 40 * i, y - 250 + 500 * Math.sin(i / 4)], 0)));
    await page.waitForTimeout(300);
  }
  return page.evaluate(() => answers);
}

/** Waits until the next picture of the map is drawn to its last pixel. */
const drawnToTheEnd = (page) =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    const gl = document.getElementById("city").getContext("webgl2");
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  });

/** Milliseconds until a home and all that is in sight around it are drawn again after the graphics process was killed, each in a
 * browser of its own: one that has lost a few gives out no more. What is drawn is what was there before. */
async function rebuilt({ launchOptions, baseURL }) {
  const home = await aSingleHome();
  const times = [];
  for (let i = 0; i < KILLS; i++) {
    const browser = await chromium.launch(launchOptions);
    const page = await browser.newPage({ baseURL });
    await page.goto(`/#/huis/${home.id}`);
    await cityShown(page);
    await still(page);
    const { x, y, width, height } = await page.locator("#city").boundingBox();
    const look = () => patch(page, [x + width * 0.6, y + height * 0.6], 120);
    const before = await look();
    await page.evaluate(() => (window.gasvrijCity = undefined));
    const session = await browser.newBrowserCDPSession();
    const begin = Date.now();
    await session.send("Browser.crashGpuProcess");
    await page.waitForFunction(() => window.gasvrijCity?.whole, undefined, { timeout: 60_000, polling: 20 });
    await drawnToTheEnd(page);
    times.push(Date.now() - begin);
    await still(page);
    expect(furthest(await look(), before), "the same picture").toBeLessThanOrEqual(1);
    await browser.close();
  }
  return times;
}

test("map", async ({ page }, { project }) => {
  test.setTimeout(600_000);
  const drawing = await drawn(page);
  expect(drawing.length, "moves that changed colours").toBeGreaterThan(MOVES / 2);
  await page.close();
  const rebuild = await rebuilt(project.use);
  console.log(`MAP ${JSON.stringify({ drawing: told(drawing), rebuild: told(rebuild) })}`);
});
