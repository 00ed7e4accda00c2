// An evening on a laptop without a connection: made ready, browser closed, server stopped, browser opened again.
import { chromium } from "@playwright/test";
import { join } from "node:path";
import { relay } from "./relay.mjs";
import { aSingleHome, cardHeading, cityShown, expect, searchBox, searchFor, shots, still, test } from "./support.mjs";

const SIZE = { width: 1920, height: 1080 };
const READY = /Klaar\. Alles staat op dit apparaat: versie [0-9a-f]{8}\./;

/** A browser that remembers what it kept, with a page that notes what goes wrong. */
async function openBrowser(folder, use) {
  const { launchOptions, locale } = use;
  const context = await chromium.launchPersistentContext(folder, { ...launchOptions, locale, viewport: SIZE });
  const page = context.pages()[0] ?? (await context.newPage());
  page.away = [];
  context.on("request", (request) => page.away.push(request.url()));
  await page.addInitScript(() => {
    window.paints = 0;
    addEventListener("gasvrij:paint", (e) => (window.paints += e.detail.length));
  });
  return { context, page };
}

const kept = (page) =>
  page.evaluate(async () => ({
    caches: (await caches.keys()).filter((name) => name.startsWith("gasvrij-")),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));

async function makeReady(page, origin) {
  await page.goto(`${origin}/#/verhaal/plannen/1`);
  await page.getByText("Zonder internet", { exact: true }).click();
  await expect(page.locator("#offline")).toContainText(/Dit is [\d.,]+ MB, in [\d.]+ bestanden\./);
  // Nobody gets a service worker by looking.
  expect(await kept(page)).toEqual({ caches: [], workers: 0 });
  await page.getByRole("button", { name: "Maak klaar voor zonder internet" }).click();
}

const stepOf = (page) => page.locator(".story > .hint").first();

test("an evening of eight steps and a question is told from a cold start without a server", async ({}, info) => {
  test.setTimeout(600_000);
  const { use } = info.project;
  const folder = info.outputPath("profiel");
  const server = await relay();
  const home = await aSingleHome();
  {
    const { context, page } = await openBrowser(folder, use);
    await makeReady(page, server.origin);
    await expect(page.locator("#offline")).toContainText(READY, { timeout: 240_000 });
    expect(await kept(page)).toMatchObject({ workers: 1 });
    // A story of eight steps: the one of the plans, made longer or shorter in the page.
    await page.getByText("Verhaal maken").click();
    const count = async () => Number((await stepOf(page).textContent()).match(/van (\d+)/)[1]);
    for (let had = await count(); had !== 8; had = await count()) {
      await page.getByRole("button", { name: had < 8 ? "Stap erbij" : "Deze stap weg" }).click();
      await expect(stepOf(page)).not.toContainText(`van ${had}`);
      if (had < 8) {
        await page.locator("#verhaal-titel-nl").fill(`Vraag ${had}`);
        await page.locator("#verhaal-titel-nl").blur();
      }
    }
    // What is made is kept on the device too.
    await page.locator("#verhaal-titel-nl").fill("Welkom in de zaal");
    await page.locator("#verhaal-titel-nl").blur();
    await expect(page).toHaveURL(/#\/verhaal\/eigen\/\d$/);
    await context.close();
  }
  await server.stop();

  const { context, page } = await openBrowser(folder, use);
  await page.goto(`${server.origin}/#/zaal`);
  await expect(page.locator("#bewaard-weg")).toBeVisible();
  await expect(page.locator("#bewaard-nieuwer")).toBeHidden();
  await cityShown(page);
  await page.getByRole("button", { name: "Begin in de zaal" }).click();
  await page.waitForFunction(() => window.paints > 0, undefined, { timeout: 120_000 });
  await still(page);
  await page.screenshot({ path: join(shots, "avond-0-zaal.png") });
  await page.evaluate(() => (location.hash = "#/verhaal/eigen/1"));
  for (let step = 1; step <= 8; step++) {
    await expect(stepOf(page)).toContainText(`Stap ${step} van 8`);
    await still(page);
    await page.screenshot({ path: join(shots, `avond-${step}.png`) });
    await page.locator("#kop").focus();
    if (step < 8) await page.keyboard.press("PageDown");
  }
  // Someone asks about their own home.
  await page.evaluate(() => (location.hash = "#/zaal"));
  await expect(page.locator("article.hall")).toBeVisible();
  const asked = Date.now();
  await searchFor(page, home.name);
  await expect(cardHeading(page)).toHaveText(home.name);
  expect(Date.now() - asked, "ms from typing to the card").toBeLessThan(10_000);
  await still(page);
  await page.screenshot({ path: join(shots, "avond-9-vraag.png") });
  await expect(page.getByRole("timer")).toContainText(/Dit huis gaat over (60|[1-5]\d) seconden weg\./);
  await expect(page).toHaveURL(/#\/zaal$/, { timeout: 65_000 });
  await expect(searchBox(page)).toHaveValue("");
  await page.screenshot({ path: join(shots, "avond-10-leeg.png") });
  expect(page.away.filter((url) => !/^(blob|data):/.test(url) && !url.startsWith(server.origin))).toEqual([]);
  await context.close();
});

test("a newer version on the server is told of, and comes when it is asked for", async ({}, info) => {
  test.setTimeout(400_000);
  const { use } = info.project;
  const folder = info.outputPath("profiel");
  const server = await relay();
  const { context, page } = await openBrowser(folder, use);
  await makeReady(page, server.origin);
  await expect(page.locator("#offline")).toContainText(READY, { timeout: 240_000 });
  await page.reload();
  await expect(page.locator("#kop")).toBeVisible();
  for (const notice of ["#bewaard-weg", "#bewaard-nieuwer"]) await expect(page.locator(notice)).toBeHidden();
  // The style of whoever publishes the page is no other version; another program is.
  server.change("/bestanden.txt", (list) => `${list}${"0".repeat(64)} 3 nieuw.js\n`);
  await page.goto(`${server.origin}/#/over`);
  await page.reload();
  await expect(page.locator("#bewaard-nieuwer")).toBeVisible();
  await page.screenshot({ path: join(shots, "offline-nieuwer.png") });
  await page.evaluate(() => (location.hash = "#/verhaal/plannen/1"));
  await page.getByText("Zonder internet", { exact: true }).click();
  await expect(page.locator("#offline")).toContainText("Er is een nieuwere");
  await page.screenshot({ path: join(shots, "offline-blok.png") });
  await page.getByRole("button", { name: "Haal de nieuwe versie" }).click();
  await expect(page.locator("#bewaard-nieuwer")).toBeHidden();
  await expect(page.locator("#kop")).toBeVisible();
  await expect.poll(() => kept(page)).toEqual({ caches: [], workers: 0 });
  await context.close();
  await server.stop();
});

test("a file that does not come leaves what was kept as it was, and all of it can be wiped", async ({}, info) => {
  test.setTimeout(400_000);
  const { use } = info.project;
  const server = await relay();
  const { context, page } = await openBrowser(info.outputPath("profiel"), use);
  const { tiles } = await (await fetch(new URL("data/manifest.json", process.env.GASVRIJ_URL))).json();
  const last = `/data/${tiles.at(-1).file}`;
  server.change(last, 500);
  await makeReady(page, server.origin);
  await expect(page.locator("#offline-melding")).toContainText("Het is niet gelukt.", { timeout: 240_000 });
  await expect(page.locator("#offline-melding")).toContainText(tiles.at(-1).file);
  expect((await kept(page)).workers).toBe(0);
  // A file that was altered on the way is as good as none.
  server.change(last, (content) => content.fill(0));
  await page.getByRole("button", { name: "Maak klaar voor zonder internet" }).click();
  await expect(page.locator("#offline-melding")).toContainText("was altered or cut", { timeout: 60_000 });
  server.change(last, undefined);
  await page.getByRole("button", { name: "Maak klaar voor zonder internet" }).click();
  await expect(page.locator("#offline")).toContainText(READY, { timeout: 120_000 });
  await page.getByRole("button", { name: "Wis van dit apparaat" }).click();
  await expect(page.locator("#offline-melding")).toHaveText("Er staat niets meer op dit apparaat.");
  expect(await kept(page)).toEqual({ caches: [], workers: 0 });
  await context.close();
  await server.stop();
});
