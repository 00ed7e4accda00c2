// The search box beyond a whole address: neighbourhoods, the place of the visitor, and that nobody's home opens by guess.
import { aSingleHome, cardHeading, expect, readTown, searchBox, test } from "./support.mjs";

const options = (page) => page.locator("#zoek-lijst [role=option]");

/** RD metres to degrees, near enough to stand at a front door (the same series as in the heart, first terms). */
function degrees([x, y]) {
  const [dx, dy] = [(x - 155000) * 1e-5, (y - 463000) * 1e-5];
  const latitude = 52.1551744 + (3235.65389 * dy - 32.58297 * dx ** 2 - 0.2475 * dy ** 2 - 0.84978 * dx ** 2 * dy - 0.0655 * dy ** 3) / 3600;
  const longitude = 5.38720621 + (5260.52916 * dx + 105.94684 * dx * dy + 2.45656 * dx * dy ** 2 - 0.81885 * dx ** 3) / 3600;
  return { latitude, longitude };
}

test("a neighbourhood is found by its name and leads to its page", async ({ page }) => {
  const { manifest } = await readTown();
  const data = new URL("data/", process.env.GASVRIJ_URL);
  const { buurten } = await (await fetch(new URL(manifest.figures.buurten.file, data))).json();
  const { code, naam } = buurten[0];
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
