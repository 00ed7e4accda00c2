// The search box beyond a whole address: neighbourhoods, the place of the visitor, and that nobody's home opens by guess.
import { createHash } from "node:crypto";
import { aSingleHome, cardHeading, expect, readTown, searchBox, searchFor, test } from "./support.mjs";

const options = (page) => page.locator("#zoek-lijst [role=option]");

/** RD metres to degrees, near enough to stand at a front door (the same series as in the heart, first terms). */
function degrees([x, y]) {
  const [dx, dy] = [(x - 155000) * 1e-5, (y - 463000) * 1e-5];
  const latitude = 52.1551744 + (3235.65389 * dy - 32.58297 * dx ** 2 - 0.2475 * dy ** 2 - 0.84978 * dx ** 2 * dy - 0.0655 * dy ** 3) / 3600;
  const longitude = 5.38720621 + (5260.52916 * dx + 105.94684 * dx * dy + 2.45656 * dx * dy ** 2 - 0.81885 * dx ** 3) / 3600;
  return { latitude, longitude };
}

/** A file of the data set. */
const fileOf = async (entry) => (await fetch(new URL(`data/${entry.file}`, process.env.GASVRIJ_URL))).json();

/** Code and name of the first neighbourhood, and where the names are. */
async function anArea() {
  const { manifest } = await readTown();
  const { buurten } = await fileOf(manifest.figures.buurten);
  return { ...buurten[0], file: manifest.figures.buurten.file };
}

test("a neighbourhood is found by its name and leads to its page", async ({ page }) => {
  const { code, naam } = await anArea();
  const named = page.waitForResponse((answer) => answer.url().includes("buurten"));
  await page.goto("/");
  await named;
  await searchBox(page).fill(naam);
  const found = options(page).filter({ hasText: "buurt" }).first();
  await expect(found).toContainText(naam);
  await found.click();
  expect(new URL(page.url()).hash).toBe(`#/buurt/${code}`);
});

test("Enter opens no home that was not named just so", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto("/");
  const box = searchBox(page);
  const wrong = home.straat.replace(/^(.)(.)/, "$2$1").toLowerCase();
  for (const typed of [`${wrong} ${home.nummer}`, `${home.straat} ${home.nummer} Verweggistad`, `${home.straat}`]) {
    await box.fill(typed);
    await expect(options(page).first()).toBeVisible();
    await box.press("Enter");
    await expect(page.getByText("Kies uw adres uit de lijst").first()).toBeVisible();
    await expect(cardHeading(page)).toHaveCount(0);
  }
  await box.fill(home.name);
  await expect(options(page).first()).toContainText(home.name);
  await box.press("Enter");
  await expect(cardHeading(page)).toHaveText(home.name);
});

test("the place of the visitor gives the addresses around, to choose from", async ({ page, context }) => {
  const home = await aSingleHome();
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(degrees(home.at));
  await page.goto("/");
  await page.getByRole("button", { name: "Gebruik mijn locatie" }).click();
  await expect(options(page).filter({ hasText: home.straat }).first()).toBeVisible();
  await expect(cardHeading(page)).toHaveCount(0);
  await searchBox(page).press("Escape");
  await context.setGeolocation({ latitude: 0, longitude: 0 });
  await page.getByRole("button", { name: "Gebruik mijn locatie" }).click();
  await expect(page.getByText("kennen wij geen adressen")).toBeVisible();
});

test("a place that may not be known is answered in a sentence, and nothing is asked before the press", async ({ page, context }) => {
  await context.clearPermissions();
  await page.addInitScript(() => {
    window.asked = 0;
    const real = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
    navigator.geolocation.getCurrentPosition = (...rest) => {
      window.asked++;
      real(...rest);
    };
  });
  await page.goto("/");
  await expect(page.locator("body[data-view=zoeken]")).toBeVisible();
  expect(await page.evaluate(() => window.asked)).toBe(0);
  await page.getByRole("button", { name: "Gebruik mijn locatie" }).click();
  await expect(page.getByText("Uw browser mag uw plek niet geven")).toBeVisible();
  expect(await page.evaluate(() => window.asked)).toBe(1);
});

test("addresses are kept only where the visitor wants it, five at most, and are erased with a press", async ({ page }) => {
  const { homes } = await readTown();
  const six = homes.filter((h) => h.woonfunctie !== false).slice(0, 6);
  const visit = async (home) => {
    await page.goto(`/#/huis/${home.id}`);
    await expect(cardHeading(page)).toHaveText(home.name);
  };
  const kept = () => page.evaluate(() => localStorage.getItem("gasvrij-adressen"));
  const field = searchBox(page);
  await visit(six[0]);
  expect(await kept(), "nothing is kept unasked").toBeNull();
  await page.goto("/#/");
  const wish = page.getByRole("checkbox", { name: "Onthoud welke adressen ik bekijk" });
  await expect(wish).toBeEnabled();
  await expect(wish).not.toBeChecked();
  await field.focus();
  await expect(options(page)).toHaveCount(0);
  await wish.check();
  await expect(wish).toBeFocused();
  for (const home of six) await visit(home);
  await page.goto("/#/");
  await page.reload();
  await expect(wish).toBeChecked();
  await field.fill("");
  await field.focus();
  await expect(options(page)).toHaveText([...six].reverse().slice(0, 5).map((home) => new RegExp(`^${home.name}`)));
  await expect(page.getByText("Adressen die u eerder bekeek: 5")).toBeVisible();
  // None is chosen by guess; with the arrow one is.
  await field.press("ArrowDown");
  await field.press("Enter");
  await expect(cardHeading(page)).toHaveText(six[5].name);
  await page.goto("/#/");
  await page.getByRole("button", { name: "Wis de bewaarde adressen (5)" }).click();
  await expect(page.getByText("De adressen zijn gewist.")).toBeVisible();
  expect(await kept()).toBe("");
  await wish.uncheck();
  expect(await kept()).toBeNull();
  await visit(six[1]);
  expect(await kept()).toBeNull();
});

test("a neighbourhood is found as well where a link to a home began it, and where its names did not come at first", async ({ page }) => {
  const home = await aSingleHome();
  const { naam, file } = await anArea();
  const area = options(page).filter({ hasText: naam }).filter({ hasText: "buurt" }).first();
  await page.goto(`/#/huis/${home.id}`);
  await expect(cardHeading(page)).toHaveText(home.name);
  await searchBox(page).fill(naam);
  await expect(area).toBeVisible();
  let gone = true;
  await page.route(`**/${file}`, (route) => (gone ? route.abort() : route.continue()));
  const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith(file));
  await page.goto("about:blank");
  await page.goto("/");
  await failed;
  gone = false;
  await searchBox(page).fill(naam);
  await expect(area).toBeVisible();
  // The browser notes what did not come.
  page.complaints.length = 0;
});

test("Enter opens once more what was chosen", async ({ page }) => {
  const home = await aSingleHome();
  const { code, naam } = await anArea();
  const nothing = page.getByText("Geen adres gevonden");
  const box = searchBox(page);
  await page.goto("/");
  await searchFor(page, home.name);
  await expect(cardHeading(page)).toBeFocused();
  // It is on screen: to its heading, and no word of an address that is not there.
  await box.press("Enter");
  await expect(cardHeading(page)).toBeFocused();
  await page.goBack();
  await expect(cardHeading(page)).toHaveCount(0);
  await box.press("Enter");
  await expect(cardHeading(page)).toHaveText(home.name);
  await expect(nothing).toHaveCount(0);
  await box.fill(naam);
  await options(page).filter({ hasText: naam }).filter({ hasText: "buurt" }).first().click();
  await expect(page.locator("#kop")).toHaveText(naam);
  await page.goto("/#/");
  await box.press("Enter");
  await expect(page).toHaveURL(new RegExp(`#/buurt/${code}$`));
  await expect(nothing).toHaveCount(0);
});

test("a press on the button or on a street leaves the list open", async ({ page }) => {
  const { homes } = await readTown();
  const streets = [...new Set(homes.map((h) => h.straat))];
  // Letters with which more than one street begins.
  const letters = streets.map((s) => s.slice(0, 3)).find((all, i, list) => list.indexOf(all) !== i);
  const box = searchBox(page);
  await page.goto("/");
  await box.fill(letters);
  await expect(options(page).first()).toBeVisible();
  await page.getByRole("button", { name: "Zoek", exact: true }).click();
  await expect(page.getByText("Kies uw adres uit de lijst").first()).toBeVisible();
  // Longer than the list waits for a press after the focus left the box.
  await page.waitForTimeout(400);
  await expect(options(page).first()).toBeVisible();
  await expect(box).toBeFocused();
  await options(page).filter({ hasText: "straat," }).first().click();
  await page.waitForTimeout(400);
  await expect(options(page).first()).toBeVisible();
  await expect(box).toBeFocused();
  // A press elsewhere puts it away.
  await page.locator("#zoek-kop").click();
  await expect(options(page).first()).toBeHidden();
});

test("a street of several villages is chosen with its place, and then is that one alone", async ({ page }) => {
  const home = await aSingleHome();
  await page.route("**/data/manifest.json", async (route) => {
    const manifest = await (await route.fetch()).json();
    const list = await fileOf(manifest.search.streets);
    const street = list.streets.find(([name]) => name === home.straat);
    list.places.push("Elders");
    list.streets.push([street[0], list.places.length - 1, ...street.slice(2)]);
    const body = JSON.stringify(list);
    await page.route(`**/${manifest.search.streets.file}`, (other) => other.fulfill({ body, contentType: "application/json" }));
    const sha256 = createHash("sha256").update(body).digest("hex");
    manifest.search.streets = { ...manifest.search.streets, bytes: Buffer.byteLength(body), sha256 };
    await route.fulfill({ json: manifest });
  });
  const box = searchBox(page);
  await page.goto("/");
  await box.fill(home.straat);
  await expect(options(page).filter({ hasText: home.straat })).toHaveText([/, straat/, /Elders, straat/]);
  await options(page).filter({ hasNotText: "Elders" }).filter({ hasText: home.straat }).first().click();
  await expect(box).toHaveValue(`${home.straat}, ${home.plaats} `);
  await expect(options(page).first()).toContainText(new RegExp(`^${home.straat} \\d`));
  await box.pressSequentially(home.name.slice(home.straat.length + 1));
  await expect(options(page).first()).toContainText(home.name);
  await box.press("Enter");
  await expect(cardHeading(page)).toHaveText(home.name);
});

test("the addresses around are also those over the edge of a tile", async ({ page, context }) => {
  const { manifest, homes } = await readTown();
  const far = (a, b) => Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]);
  let pair;
  for (const tile of manifest.tiles) {
    const [here, there] = [0, 1].map((over) => homes.filter((h) => h.tile.col === tile.col + over && h.tile.row === tile.row));
    const both = [...here, ...there];
    // Few enough are as near that the one over the edge is surely in the list.
    const fits = (a, b) => far(a, b) < 50 && both.filter((h) => far(h, a) < far(a, b) + 5).length <= 8;
    pair = here.flatMap((a) => there.filter((b) => fits(a, b)).map((b) => [a, b]))[0];
    if (pair) break;
  }
  const [here, there] = pair;
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation(degrees(here.at));
  await page.goto("/");
  await page.getByRole("button", { name: "Gebruik mijn locatie" }).click();
  await expect(options(page).first()).toBeVisible();
  await expect(options(page).filter({ hasText: there.name }).first()).toBeVisible();
});

test("after a place that is not known the list and the keys go on", async ({ page, context }) => {
  const home = await aSingleHome();
  await context.clearPermissions();
  const box = searchBox(page);
  await page.goto("/");
  await box.fill(home.name);
  await expect(options(page).first()).toContainText(home.name);
  // The open list lies over the button.
  await box.press("Escape");
  await page.getByRole("button", { name: "Gebruik mijn locatie" }).click();
  await expect(page.getByText("Uw browser mag uw plek niet geven")).toBeVisible();
  await box.press("ArrowDown");
  await expect(box).toHaveAttribute("aria-activedescendant", "zoek-keus-0");
  await box.press("Enter");
  await expect(cardHeading(page)).toHaveText(home.name);
});

test("another language leaves nothing below the box in the old one", async ({ page, context }) => {
  const { manifest } = await readTown();
  const home = await aSingleHome();
  const says = page.locator("#zoek-status");
  const fault = page.locator("#zoek-fout");
  const box = searchBox(page);
  await page.goto("/");
  await box.fill("Xyzzyplein 999");
  await expect(says).toContainText("Geen adres gevonden");
  await page.getByRole("button", { name: "English" }).click();
  await expect(says).toContainText("No address found");
  await page.getByRole("button", { name: "Nederlands" }).click();
  await expect(says).toContainText("Geen adres gevonden");
  await context.clearPermissions();
  await box.fill("");
  await page.getByRole("button", { name: "Gebruik mijn locatie" }).click();
  await expect(says).toContainText("Uw browser");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(says).toBeEmpty();
  for (const { file } of manifest.search.shards) await page.route(`**/${file}`, (route) => route.abort());
  await box.fill(home.name);
  await expect(fault).toContainText("cannot be loaded");
  await page.getByRole("button", { name: "Nederlands" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "nl");
  await expect(fault).toBeHidden();
  await expect(says).toBeEmpty();
  page.complaints.length = 0;
});
