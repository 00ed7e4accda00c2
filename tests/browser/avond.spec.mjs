// The programme's evening: a network is drawn, plans by year, the hall, and a story that needs no network connection.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reached, within } from "./reach.mjs";
import { aSingleHome, cardHeading, cityShown, expect, placeOnPage, readTown, searchBox, searchFor, shots, still, test } from "./support.mjs";

const DRAW = "Teken op de kaart";

/** Notes what goes between the page and the map. */
const listenIn = (page) =>
  page.addInitScript(() => {
    window.points = [];
    window.paints = 0;
    addEventListener("gasvrij:from-map", (e) => {
      const { ground } = JSON.parse(e.detail);
      if (ground?.what === "press") window.points.push(ground.at);
    });
    window.colours = new Set();
    addEventListener("gasvrij:paint", (e) => {
      window.paints += e.detail.length;
      for (const [, , bytes] of e.detail) bytes.forEach((byte) => window.colours.add(byte));
    });
  });

async function openNet(page) {
  await listenIn(page);
  await page.goto("/#/net");
  await cityShown(page);
  await expect(page.locator("#net-melding")).toHaveText("De kaart is geladen. U kunt tekenen.", { timeout: 60_000 });
  await still(page);
}

/** Presses on the map at these parts of its width and height, one after the other, and gives the places in RD metres. */
async function press(page, places) {
  const box = await page.locator("#city").boundingBox();
  for (const [x, y] of places) {
    const before = await page.evaluate(() => window.points.length);
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    await page.waitForFunction((n) => window.points.length > n, before);
  }
  return page.evaluate(() => window.points);
}

test("a network that is drawn reaches the homes within its distance, exactly, and they change colour", async ({ page }) => {
  await openNet(page);
  await page.getByRole("button", { name: DRAW }).click();
  const line = await press(page, [[0.45, 0.3], [0.55, 0.5], [0.7, 0.45]]);
  await expect(reached(page)).toHaveText(await within(line, 100));
  expect(await page.evaluate(() => window.paints), "tiles that were painted").toBeGreaterThan(0);
  // Further from the main more homes can join; the figures follow the slider.
  await page.locator("#net-bereik").fill("200");
  await expect(reached(page)).toHaveText(await within(line, 200));
  // The last point away: the rest of the line stays.
  await page.getByRole("button", { name: "Laatste punt weg" }).click();
  await expect(reached(page)).toHaveText(await within(line.slice(0, 2), 200));
  await still(page);
  await page.screenshot({ path: join(shots, "net-getekend.png") });
  await page.keyboard.press("Escape");
  await expect(page.locator("#net-melding")).toHaveText("Het tekenen is gestopt.");
});

test("a network is drawn without a mouse", async ({ page }) => {
  await openNet(page);
  const middle = page.getByRole("button", { name: "Punt in het midden van de kaart" });
  await middle.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#net-lijn")).toHaveText("1 punten, 0 meter.");
  await page.locator("#city").focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  await still(page);
  await middle.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#net-lijn")).toHaveText(/^2 punten, [1-9]/);
});

test("a sketch is kept as a file and comes back from it; a file that does not fit changes nothing", async ({ page }, info) => {
  await openNet(page);
  const { manifest } = await readTown();
  const [x, y] = manifest.centre;
  const file = info.outputPath("lijn.geojson");
  const line = [[x - 300, y], [x + 300, y]];
  writeFileSync(file, JSON.stringify({ type: "LineString", coordinates: line }));
  const open = page.getByLabel("Open een bestand (GeoJSON)");
  await open.setInputFiles(file);
  const count = await within(line, 100);
  await expect(reached(page)).toHaveText(count);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Sla op als bestand (GeoJSON)" }).click(),
  ]);
  const kept = info.outputPath("bewaard.geojson");
  await saved.saveAs(kept);
  const read = JSON.parse(readFileSync(kept, "utf8"));
  expect(read.features[0].properties).toMatchObject({ net_soort: "MT", deel: 0.7, bereik_m: 100 });
  await page.getByRole("button", { name: "Onthoud als schets A" }).click();
  await page.getByRole("button", { name: "Alles weg" }).click();
  await expect(page.locator("#net-lijn")).toHaveText("0 punten, 0 meter.");
  for (const [name, text] of [["stuk.geojson", "{"], ["elders.geojson", '{"type":"LineString","coordinates":[[0,0],[1,1]]}']]) {
    const wrong = info.outputPath(name);
    writeFileSync(wrong, text);
    await open.setInputFiles(wrong);
    await expect(page.locator("#net-bestand-melding")).toContainText("Dit bestand past niet. Uw schets is niet veranderd.");
    await expect(page.locator("#net-bestand-melding")).toContainText(name);
  }
  // A hundred megabytes are refused by their size, before anything of them is read.
  const large = info.outputPath("groot.geojson");
  writeFileSync(large, Buffer.alloc(100_000_000, " "));
  await open.setInputFiles(large);
  await expect(page.locator("#net-bestand-melding")).toContainText("(groot.geojson: 100 MB are too many: at most 5 MB are read)");
  rmSync(large);
  await open.setInputFiles(kept);
  await expect(reached(page)).toHaveText(count);
  await page.locator("#net-bereik").fill("50");
  await expect(reached(page)).toHaveText(await within(line, 50));
  await page.getByRole("button", { name: "Onthoud als schets B" }).click();
  await expect(page.getByRole("table", { name: "Schets A en B naast elkaar" })).toContainText("Huizen binnen bereik");
});

test("the plans of a year colour the town and stand in a list", async ({ page }) => {
  await listenIn(page);
  await page.goto("/#/plannen");
  await page.getByRole("link", { name: "Plannen op de kaart" }).click();
  await cityShown(page);
  const slider = page.getByLabel("Plannen tot en met");
  await page.waitForFunction(() => window.paints > 0, undefined, { timeout: 60_000 });
  await slider.fill("2040");
  await expect(page).toHaveURL(/#\/tijdlijn\/2040$/);
  await expect(page.locator("#tijd-lijst h2").first()).toHaveText("Gestart tot en met 2040");
  const all = await page.locator("#tijd-lijst .planned").first().locator("li").count();
  expect(all).toBeGreaterThan(0);
  await slider.fill("2026");
  await still(page);
  await page.screenshot({ path: join(shots, "tijdlijn.png") });
  await page.getByRole("button", { name: "Speel af" }).click();
  await expect(page).toHaveURL(/#\/tijdlijn\/202[78]$/, { timeout: 20_000 });
  await page.getByRole("button", { name: "Stop" }).click();
});

test("in the hall no home opens by a press, and one that was asked for goes away again", async ({ page }) => {
  const home = await aSingleHome();
  await listenIn(page);
  await page.goto("/#/zaal");
  await cityShown(page);
  await page.getByRole("button", { name: "Begin in de zaal" }).click();
  await expect(page.locator("#zaal-melding")).toHaveText("De kaart toont nu alleen buurten.");
  await page.waitForFunction(() => window.paints > 0, undefined, { timeout: 60_000 });
  // Not a home, not known, and at least one thing that suits a neighbourhood.
  expect(await page.evaluate(() => window.colours.size), "colours in the hall").toBeGreaterThanOrEqual(3);
  const at = await placeOnPage(page, home.at, 3);
  await page.mouse.click(...at);
  await page.waitForTimeout(1_000);
  await expect(page).toHaveURL(/#\/zaal$/);
  // Someone asks: the answer is there within ten seconds.
  const asked = Date.now();
  await searchFor(page, home.name);
  await expect(cardHeading(page)).toHaveText(home.name);
  expect(Date.now() - asked, "ms from typing to the card").toBeLessThan(10_000);
  await expect(page.getByRole("timer")).toContainText(/Dit huis gaat over (60|5\d) seconden weg\./);
  const distance = () => page.evaluate(() => window.gasvrijCity.distance);
  await expect.poll(distance, { timeout: 20_000 }).toBeLessThan(400);
  await page.screenshot({ path: join(shots, "zaal-huis.png") });
  await page.clock.install();
  await page.getByRole("button", { name: "Nog 60 seconden" }).click();
  await page.getByRole("button", { name: "Nu weg" }).click();
  await expect(page).toHaveURL(/#\/zaal$/);
  await expect(page.getByRole("timer")).toHaveCount(0);
  await expect(searchBox(page)).toHaveValue("");
  // The map does not stay in the street either.
  await expect.poll(distance, { timeout: 20_000 }).toBeGreaterThan(800);
  // And by itself.
  await searchFor(page, home.name);
  await expect(cardHeading(page)).toHaveText(home.name);
  await page.clock.runFor(61_000);
  await expect(page).toHaveURL(/#\/zaal$/);
});

test("a story is told offline, step by step, with the presenter's screen beside it", async ({ page, context }) => {
  await listenIn(page);
  await page.goto("/#/verhaal/plannen/1");
  await cityShown(page);
  await expect(page.locator("#kop")).toHaveText("Zo wordt Modelstad aardgasvrij");
  const steps = Number((await page.locator(".story > .hint").first().textContent()).match(/van (\d+)/)[1]);
  expect(steps).toBeGreaterThanOrEqual(3);
  const own = await context.newPage();
  await own.goto("/#/verhaal/plannen/1~o=spreker");
  await expect(own.locator(".presenter h2").first()).toHaveText("Notitie voor de spreker");
  await page.bringToFront();
  // The homes are needed for the colours of the plans.
  await page.locator("#kop").focus();
  await page.keyboard.press("PageDown");
  await page.waitForFunction(() => window.paints > 0, undefined, { timeout: 60_000 });
  await context.setOffline(true);
  for (let step = 3; step <= steps; step++) {
    await page.keyboard.press("ArrowRight");
    await expect(page.locator(".story > .hint").first()).toContainText(`Stap ${step} van ${steps}`);
    await expect(own.locator(".story > .hint").first()).toContainText(`Stap ${step} van ${steps}`);
  }
  await expect(page.locator("#kop")).toHaveText("En uw eigen huis?");
  await page.screenshot({ path: join(shots, "verhaal-slot.png") });
  await page.keyboard.press("PageUp");
  await expect(page).toHaveURL(new RegExp(`#/verhaal/plannen/${steps - 1}$`));
  await own.close();
  await context.setOffline(false);
});

test("a story is made in the page, kept as a file and opened again; an unknown step changes nothing", async ({ page }, info) => {
  await page.goto("/#/verhaal/plannen/1");
  await page.getByText("Verhaal maken").click();
  await page.locator("#verhaal-titel-nl").fill("Welkom <b>allemaal</b>");
  await page.locator("#verhaal-titel-nl").blur();
  await expect(page).toHaveURL(/#\/verhaal\/eigen\/1$/);
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Bewaar als bestand" }).click()]);
  const kept = info.outputPath("verhaal.json");
  await saved.saveAs(kept);
  const story = JSON.parse(readFileSync(kept, "utf8"));
  expect(story.stappen[0].titel.nl).toBe("Welkom <b>allemaal</b>");
  const wrong = info.outputPath("vreemd.json");
  writeFileSync(wrong, JSON.stringify({ naam: "x", stappen: [...story.stappen, { film: "a.mp4" }] }));
  await page.getByLabel("Open een verhaal").setInputFiles(wrong);
  await expect(page.locator("#verhaal-melding")).toContainText("Uw verhaal is niet veranderd.");
  await expect(page.locator("#verhaal-melding")).toContainText(`stap ${story.stappen.length + 1}`);
  await page.getByLabel("Open een verhaal").setInputFiles(kept);
  await expect(page.locator("#kop")).toHaveText("Welkom <b>allemaal</b>");
});

test("limits of clusters are moved beside those of the municipality, and the homes follow", async ({ page }) => {
  await openNet(page);
  await page.getByText("Clusters voor kleine netten").click();
  await page.getByRole("button", { name: "Zoek clusters" }).click();
  const table = page.getByRole("table", { name: "Clusters voor kleine netten" });
  const cells = () => table.locator("tbody td").allTextContents();
  await expect(table).toBeVisible({ timeout: 30_000 });
  // By the same limits both are the same.
  const usual = await cells();
  for (let row = 0; row < usual.length; row += 3) expect(usual[row + 1]).toBe(usual[row]);
  await expect(page.locator(".clusters")).toContainText("Gemeente: 100 meter (aanname, 24 november 2026).");
  await page.getByLabel("Kleur de huizen op de kaart naar hun cluster").check();
  await page.waitForFunction(() => window.paints > 0);
  await still(page);
  await page.screenshot({ path: join(shots, "clusters.png") });
  const painted = await page.evaluate(() => window.paints);
  const slider = page.getByLabel("Zo ver mogen panden uit elkaar staan");
  await slider.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowLeft");
  await expect(slider).toHaveValue("20");
  await expect.poll(cells, { timeout: 20_000 }).not.toEqual(usual);
  const moved = await cells();
  // What the municipality's limits give stays, and the difference is that of the two.
  const number = (text) => text.match(/[+−]?[\d.]+/g).map((n) => Number(n.replace("−", "-").replace(".", "")));
  for (let row = 0; row < moved.length; row += 3) {
    expect(moved[row]).toBe(usual[row]);
    const [from, to, by] = [0, 1, 2].map((i) => number(moved[row + i]));
    expect([to[0] - from[0], to[1] - from[1]]).toEqual(by);
  }
  expect(await page.evaluate(() => window.paints)).toBeGreaterThan(painted);
  await still(page);
  await page.screenshot({ path: join(shots, "clusters-20m.png") });
  await page.getByRole("button", { name: "Terug naar de grenzen van de gemeente" }).click();
  await expect(slider).toHaveValue("100");
  await expect.poll(cells).toEqual(usual);
});

test("a neighbourhood is kept as a table and as a picture, with where it comes from", async ({ page }, info) => {
  const { manifest } = await readTown();
  const { buurten } = await (await fetch(new URL(`data/${manifest.figures.buurten.file}`, process.env.GASVRIJ_URL))).json();
  const area = buurten.filter((b) => b.woningen).sort((a, b) => b.woningen - a.woningen)[0];
  await page.goto(`/#/buurt/${area.code}`);
  await expect(page.locator("#kop")).toHaveText(area.naam);
  for (const chart of ["Wat het best past", "Soorten woningen", "Bouwjaren", "Energielabels", "Warmtevraag", "Woningen per plan"]) {
    await expect(page.getByRole("heading", { name: chart, exact: true })).toBeVisible();
    await expect(page.getByRole("table", { name: chart, exact: true })).toBeVisible();
  }
  const [table] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Als tabel (CSV)" }).click()]);
  expect(table.suggestedFilename()).toBe(`buurt-${area.code.toLowerCase()}.csv`);
  const rows = readFileSync(await table.path(), "utf8").split("\r\n");
  expect(rows).toContain(`"Woningen";;${area.woningen}`);
  expect(rows.join()).toContain(manifest.data_version.slice(0, 12));
  // Nothing about fewer than ten homes: each count is none, or ten and more.
  for (const row of rows.filter((row) => row.split(";").length === 3 && /;\d+$/.test(row))) {
    const count = Number(row.split(";")[2]);
    expect(count === 0 || count >= 10, row).toBe(true);
  }
  const [picture] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Als plaatje (PNG)" }).click()]);
  await picture.saveAs(join(shots, "buurt.png"));
  const png = readFileSync(join(shots, "buurt.png"));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16), "pixels wide").toBe(3_200);
  expect(png.length, "bytes of what is drawn").toBeGreaterThan(50_000);
  await expect(page.locator("#buurt-melding")).toHaveText("Het plaatje is bewaard.");
});

test.describe("without all tiles", () => {
  // A tile that does not come is an error in the console too.
  test.use({ quiet: false });

  test("a story whose homes do not come says so, and is told on", async ({ page }) => {
    const { manifest } = await readTown();
    const last = manifest.tiles.at(-1).file;
    await page.route("**/data/bundels/**", (route) => route.abort());
    await page.route(`**/${last}`, (route) => route.abort());
    await page.goto("/#/verhaal/plannen/2");
    await expect(page.locator("#verhaal-huizen")).toContainText("De huizen zijn niet geladen.", { timeout: 60_000 });
    await expect(page.locator("#verhaal-huizen")).toContainText(last);
    await page.unroute(`**/${last}`);
    await page.locator("#kop").focus();
    await page.keyboard.press("PageUp");
    await page.keyboard.press("PageDown");
    await expect(page.locator("#verhaal-huizen")).toBeEmpty();
  });
});
