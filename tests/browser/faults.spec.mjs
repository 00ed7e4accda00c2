// What goes wrong on the way: no WebGL, a missing, cut or altered tile. The rest stays, the page says what is missing.
import { aSingleHome, cardHeading, cityShown, expect, readTown, searchFor, test } from "./support.mjs";

const kinds = {
  missing: (route) => route.fulfill({ status: 404, body: "not found" }),
  cut: async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    await route.fulfill({ response: answer, body: body.subarray(0, body.length >> 1) });
  },
  altered: async (route) => {
    const answer = await route.fetch();
    const body = await answer.body();
    body[body.length >> 1] ^= 1;
    await route.fulfill({ response: answer, body });
  },
};

for (const [kind, spoil] of Object.entries(kinds)) {
  test.describe(`a tile that is ${kind}`, () => {
    // The browser notes the failed request; that is the test.
    test.use({ quiet: false });

    test("is named, the rest of the city stays, and it is fetched again", async ({ page }) => {
      const { manifest } = await readTown();
      const victim = manifest.tiles.reduce((a, b) => (a.woningen > b.woningen ? a : b));
      let spoiled = true;
      await page.route("**/data/bundels/**", kinds.missing);
      await page.route(`**/${victim.file}`, (route) => (spoiled ? spoil(route) : route.continue()));
      await page.goto("/");
      await expect(page.getByText(`ontbreekt: ${victim.name}`)).toBeVisible({ timeout: 60_000 });
      await page.waitForFunction(() => window.gasvrijCity.tiles === window.gasvrijCity.total - 1, undefined, {
        timeout: 60_000,
      });
      // It is asked for by itself after a while, and at once by a press.
      const asked = page.waitForRequest(`**/${victim.file}`);
      await page.locator("[data-do=retry-parts]").click();
      await asked;
      spoiled = false;
      await cityShown(page);
      await expect(page.getByText(`ontbreekt: ${victim.name}`)).toHaveCount(0);
    });
  });
}

for (const [kind, spoil] of Object.entries(kinds)) {
  test.describe(`a bundle of tiles that is ${kind}`, () => {
    test.use({ quiet: false });

    test("is not missed: its tiles come one by one", async ({ page }) => {
      const { manifest } = await readTown();
      await page.route("**/data/bundels/**", spoil);
      await page.goto("/");
      await cityShown(page);
      await expect(page.getByText("ontbreekt: ")).toHaveCount(0);
      const asked = (file) => page.requests.some((url) => url.endsWith(file));
      expect(manifest.bundles.some(asked), "they were asked for").toBe(true);
      // A bundle of which one byte is another loses one tile.
      const alone = manifest.tiles.filter(({ file }) => asked(file)).length;
      expect(alone).toBeGreaterThan(kind === "altered" ? 0 : manifest.tiles.length / 3);
    });
  });
}

test("the tiles of a whole town come in a few files", async ({ page }) => {
  const { manifest } = await readTown();
  await page.goto("/");
  await cityShown(page);
  const asked = page.requests.filter((url) => /\/data\/(tiles|bundels)\//.test(url));
  expect(asked.length).toBeLessThan(manifest.tiles.length / 2);
});

test.describe("without WebGL", () => {
  test.use({ quiet: false });

  test("the page says that the map cannot run, and search and card work", async ({ playwright, baseURL }) => {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-software-rasterizer"];
    const browser = await playwright.chromium.launch({ executablePath: process.env.CHROMIUM, args });
    const page = await browser.newPage({ baseURL, locale: "nl-NL" });
    const home = await aSingleHome();
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "De 3D-kaart werkt hier niet" })).toBeVisible({ timeout: 30_000 });
    await searchFor(page, home.name);
    await expect(cardHeading(page)).toHaveText(home.name);
    await expect(page.locator("[data-option]").first()).toBeVisible();
    await browser.close();
  });
});

test.describe("without the engine's file", () => {
  test.use({ quiet: false });

  test("the page says so, and search and card work", async ({ page }) => {
    await page.route("**/city_bg.wasm", (route) => route.abort());
    const home = await aSingleHome();
    await page.goto(`/#/huis/${home.id}`);
    await expect(page.getByRole("heading", { name: "De 3D-kaart werkt hier niet" })).toBeVisible({ timeout: 30_000 });
    await expect(cardHeading(page)).toHaveText(home.name);
  });
});

test.describe("without the manifest", () => {
  test.use({ quiet: false });

  test("the page says what is wrong, and trying again helps", async ({ page }) => {
    let gone = true;
    await page.route("**/data/manifest.json", (route) => (gone ? route.fulfill({ status: 404 }) : route.continue()));
    const home = await aSingleHome();
    await page.goto(`/#/huis/${home.id}`);
    await expect(page.getByRole("heading", { name: "Dit lukte niet" })).toBeVisible();
    gone = false;
    await page.locator("[data-do=again]").click();
    await expect(cardHeading(page)).toHaveText(home.name);
  });
});

test("the whole page is usable before the city has come", async ({ page }) => {
  let release;
  const held = new Promise((done) => (release = done));
  await page.route("**/city_bg.wasm", async (route) => {
    await held;
    await route.continue();
  });
  const home = await aSingleHome();
  await page.goto("/");
  await searchFor(page, home.name);
  await expect(cardHeading(page)).toHaveText(home.name);
  release();
  await cityShown(page);
});

for (const file of ["pages-*.js", "pages-*_bg.wasm", "pages-*.css"]) {
  test.describe(`a part of the page without ${file}`, () => {
    test.use({ quiet: false });

    test("is a sentence with a button, the rest works on, and it comes when it can", async ({ page }) => {
      const home = await aSingleHome();
      let tries = 0;
      const scripts = [];
      page.on("request", (request) => /\/pages-[^/]*\.js/.test(request.url()) && scripts.push(request.url()));
      await page.route(`**/${file}*`, (route) => {
        tries += 1;
        return route.abort();
      });
      await page.goto(`/#/huis/${home.id}/waarom`);
      await expect(page.getByText("Dit deel van de pagina is niet te laden.")).toBeVisible();
      await expect(page.getByRole("heading", { name: "Dit lukte niet" })).toBeFocused();
      // The panel has all it needs.
      await searchFor(page, home.name);
      await expect(cardHeading(page)).toHaveText(home.name);
      // Beside a card the page tries once more by itself: in time, or it would come before the press on the button below.
      await expect.poll(() => tries).toBeGreaterThanOrEqual(2);
      // A press on what the part takes care of says the same.
      await page.getByRole("button", { name: "Kopieer de link" }).click();
      await expect(page.getByText("Dit deel van de pagina is niet te laden.")).toBeVisible();
      await page.goBack();
      // The page's own sentence: that of the press may still be there.
      await expect(page.getByRole("heading", { name: "Dit lukte niet" })).toBeFocused();
      await page.unrouteAll();
      await page.getByRole("button", { name: "Probeer opnieuw" }).click();
      await expect(page.getByRole("heading", { name: "Waarom dit advies?" })).toBeFocused();
      await expect(page).toHaveTitle(new RegExp(home.name));
      await page.goForward();
      await expect(cardHeading(page)).toHaveText(home.name);
      await page.goBack();
      await expect(page.getByRole("heading", { name: "Waarom dit advies?" })).toBeVisible();
      // Each script that came would run on, beside the one that is used.
      if (file === "pages-*.css") expect(scripts).toHaveLength(1);
    });
  });
}

test("a page whose words come late leaves alone what was gone to meanwhile", async ({ page }) => {
  const home = await aSingleHome();
  let release;
  const held = new Promise((done) => (release = done));
  await page.route("**/teksten-pages-nl*", async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest("**/teksten-pages-nl*");
  await page.goto(`/#/huis/${home.id}/waarom`);
  await asked;
  await page.evaluate((id) => (location.hash = `#/huis/${id}`), home.id);
  await expect(cardHeading(page)).toHaveText(home.name);
  const came = page.waitForResponse("**/teksten-pages-nl*");
  release();
  await (await came).finished();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  await expect(cardHeading(page)).toHaveText(home.name);
});

test.describe("without the panel's file", () => {
  test.use({ quiet: false });

  test("the page says that it could not start and whom to call, also in English", async ({ page }) => {
    await page.route("**/panel*_bg.wasm", (route) => route.abort());
    await page.route("**/data/manifest.json", async (route) => {
      const manifest = await (await route.fetch()).json();
      manifest.municipality.contact = { name: "Energieloket", phone: "14 012", email: "", url: "" };
      await route.fulfill({ json: manifest });
    });
    await page.goto("/");
    const fault = page.getByRole("alert").filter({ hasText: "Deze pagina kon niet starten" });
    await expect(fault).toContainText("bel uw gemeente");
    await expect(fault).toContainText("call your municipality");
    await expect(fault).toContainText("Energieloket, 14 012");
  });
});

test("without script the page says what it is and whom to call, also in English", async ({ page }) => {
  // A browser that is driven has script on; what it sends to one without stands in the page itself.
  const html = await (await page.request.get("/")).text();
  const [, said] = html.match(/<noscript>(.*?)<\/noscript>/s);
  await page.setContent(said);
  await expect(page.getByText("Deze pagina heeft JavaScript nodig")).toBeVisible();
  await expect(page.getByText("vraag naar het energieloket")).toBeVisible();
  await expect(page.getByText("ask for the energy desk")).toBeVisible();
});
