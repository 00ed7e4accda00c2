// Search, house card and links: everything that must work with or without the 3D city.
import { aSingleHome, cardHeading, expect, readTown, searchBox, searchFor, suggested, test } from "./support.mjs";

test("the page opens with a search box and says whose data it shows", async ({ page }) => {
  const { manifest } = await readTown();
  await page.goto("/");
  await expect(searchBox(page)).toBeVisible();
  await expect(page.getByText(manifest.municipality.notice.nl).first()).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "nl");
});

test("an address is found while typing, and its card has the facts of the tile", async ({ page }) => {
  const home = await aSingleHome((h) => h.bj && h.typ === "TUSSEN");
  await page.goto("/");
  await searchFor(page, `${home.straat} ${home.nummer}${home.letter ?? ""}`);
  await expect(cardHeading(page)).toHaveText(home.name);
  expect(new URL(page.url()).hash).toBe(`#/huis/${home.id}`);
  const facts = page.locator("article.card");
  await expect(facts).toContainText(String(home.bj));
  await expect(facts).toContainText("Tussenwoning");
  await expect(page).toHaveTitle(new RegExp(home.straat));
});

test("Enter right after typing waits for the list that belongs to it", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto("/");
  await searchBox(page).fill(home.straat);
  await suggested(page, home.straat);
  // Without a pause: the list on the page still answers the street alone.
  await searchBox(page).evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
    field.form.requestSubmit();
  }, home.name);
  await expect(cardHeading(page)).toHaveText(home.name);
});

test("each option has a verdict in words, and its reasons name their source", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto(`/#/huis/${home.id}`);
  const options = page.locator("[data-option]");
  await expect(options.first()).toBeVisible();
  for (const code of ["AEL", "HYB", "NMT", "COL", "NR_ISO", "NR_KOKEN"]) {
    await expect(page.locator(`[data-option=${code}]`)).toHaveAttribute("data-verdict", /^[GNMOX?]$/);
  }
  const heatPump = page.locator("[data-option=AEL]");
  await expect(heatPump.locator(".option-verdict")).not.toBeEmpty();
  await heatPump.locator("summary").click();
  await expect(heatPump.locator(".reason").first()).toBeVisible();
  await expect(heatPump.locator(".source").first()).toContainText(/R\d+/);
  await expect(page.getByText("advies, geen besluit").first()).toBeVisible();
});

test("a link to a house opens its card from cold", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto(`/#/huis/${home.id}`);
  await expect(cardHeading(page)).toHaveText(home.name);
});

test("back goes from the card to the search, and forward to the card", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto("/");
  await searchFor(page, home.name);
  await expect(cardHeading(page)).toHaveText(home.name);
  await page.goBack();
  await expect(cardHeading(page)).toHaveCount(0);
  await page.goForward();
  await expect(cardHeading(page)).toHaveText(home.name);
});

test("a link to a house that is not in the data says so and leaves the search", async ({ page }) => {
  await page.goto("/#/huis/1999019999999999");
  await expect(page.getByRole("heading", { name: "Dit lukte niet" })).toBeVisible();
  await expect(searchBox(page)).toBeVisible();
});

test("the arrows walk through the suggestions and Escape closes them", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto("/");
  const box = searchBox(page);
  await box.fill(home.straat.slice(0, 4));
  await expect(page.locator("#zoek-lijst [role=option]").first()).toBeVisible();
  await expect(box).toHaveAttribute("aria-expanded", "true");
  await box.press("ArrowDown");
  const active = await box.getAttribute("aria-activedescendant");
  await expect(page.locator(`#${active}`)).toHaveAttribute("aria-selected", "true");
  await box.press("Escape");
  await expect(box).toHaveAttribute("aria-expanded", "false");
});

test("what is typed before the program has come is searched when it has", async ({ page }) => {
  const home = await aSingleHome();
  let release;
  const held = new Promise((done) => (release = done));
  await page.route("**/panel-*_bg.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  await searchBox(page).fill(home.name);
  release();
  await suggested(page, home.name);
});

test("an address that does not exist is answered in words", async ({ page }) => {
  await page.goto("/");
  await searchBox(page).fill("Xyzzyplein 999");
  await expect(page.getByText("Geen adres gevonden").first()).toBeVisible();
});

test("nothing that is typed leaves the page, and no cookie is set", async ({ page, context }) => {
  const home = await aSingleHome();
  await page.goto("/");
  await searchFor(page, home.name);
  await expect(cardHeading(page)).toHaveText(home.name);
  const spoken = page.requests.map((url) => decodeURIComponent(url).toLowerCase());
  expect(spoken.filter((url) => url.includes(home.straat.toLowerCase()) || url.includes(home.id))).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});

test("the page speaks English when asked, and remembers it", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto(`/#/huis/${home.id}`);
  await expect(cardHeading(page)).toHaveText(home.name);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("article.card")).toContainText("What we know about this home");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("article.card")).toContainText("What we know about this home");
});

test("the page about method and sources names every source with its licence", async ({ page }) => {
  const { manifest } = await readTown();
  await page.goto("/#/over");
  for (const source of manifest.sources) {
    await expect(page.getByText(source.name).first()).toBeVisible();
    await expect(page.getByText(source.licence).first()).toBeVisible();
  }
});

test("an altered index file is refused with its name, and trying again helps", async ({ page }) => {
  const home = await aSingleHome();
  let broken = true;
  await page.route("**/data/tiles/**", async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    if (broken) body[body.length >> 1] ^= 1;
    await route.fulfill({ response: answer, body });
  });
  await page.goto(`/#/huis/${home.id}`);
  await expect(page.getByRole("heading", { name: "Dit lukte niet" })).toBeVisible();
  broken = false;
  await page.locator("[data-do=again]").click();
  await expect(cardHeading(page)).toHaveText(home.name);
});

for (const [width, height] of [[360, 740], [1440, 900]]) {
  test(`nothing jumps while a page comes, ${width} pixels wide`, async ({ page, context }) => {
    const { id } = await aSingleHome();
    await page.setViewportSize({ width, height });
    await page.addInitScript(() => {
      window.jumped = 0;
      const add = (list) => list.getEntries().forEach((it) => it.hadRecentInput || (window.jumped += it.value));
      new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    });
    // Slow enough that the parts of a page come one after the other.
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const line = { offline: false, latency: 40, downloadThroughput: 1e6, uploadThroughput: 1e6 };
    await session.send("Network.emulateNetworkConditions", line);
    for (const hash of ["", `#/huis/${id}`, `#/huis/${id}/vergelijk`, "#/buurt", "#/net", "#/vve"]) {
      await page.goto("about:blank");
      await page.goto(`/${hash}`);
      await expect(page.locator("#kaart-huis[data-filled]")).toBeVisible();
      await expect(page.locator("#kaart-huis .waiting")).toHaveCount(0);
      await page.waitForTimeout(500);
      // What the web's own measure calls good.
      expect(await page.evaluate(() => window.jumped), hash).toBeLessThan(0.1);
    }
  });
}
