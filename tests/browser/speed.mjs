// How soon a visitor with a slow phone can search, and sees a card: 20 cold visits each, in a line of JSON.
// 1.6 Mbit/s, 150 ms and a processor four times as slow; then keystrokes without any of that.
import { test } from "@playwright/test";
import { readTown, told } from "./support.mjs";

const RUNS = 20;
const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };

/** Milliseconds from the start of the navigation until `there` is true in the page; nothing is cached. */
async function visit(browser, url, there, argument) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "nl-NL" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(url, { waitUntil: "commit" });
  const time = await page.evaluate(
    ([there, argument]) =>
      new Promise((done) => {
        const conditions = {
          // The list answers: the streets are there.
          search: () => {
            const field = document.getElementById("zoek-veld");
            if (field && !field.value) {
              field.value = argument;
              field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }
            return document.querySelector("#zoek-lijst [role=option]");
          },
          card: () => document.querySelector("article.card h1")?.textContent === argument,
        };
        const look = () => (conditions[there]() ? done(performance.now()) : setTimeout(look, 10));
        look();
      }),
    [there, argument],
  );
  await context.close();
  return time;
}

/** Milliseconds from each key of an address to the list that answers it. */
async function keystrokes(browser, names) {
  const page = await browser.newPage();
  await page.goto("/");
  const times = await page.evaluate(async (names) => {
    const field = document.getElementById("zoek-veld");
    const list = document.getElementById("zoek-lijst");
    const type = (text) =>
      new Promise((done) => {
        field.value = text;
        const before = list.dataset.answer;
        const start = performance.now();
        new MutationObserver((_, observer) => {
          if (list.dataset.answer === before) return;
          observer.disconnect();
          done(performance.now() - start);
        }).observe(list, { attributes: true, attributeFilter: ["data-answer"] });
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      });
    const times = [];
    for (const name of names) {
      for (let i = 1; i <= name.length; i++) times.push(await type(name.slice(0, i)));
    }
    return times;
  }, names);
  await page.close();
  return times;
}

test("speed", async ({ browser }) => {
  test.setTimeout(1_200_000);
  const { homes } = await readTown();
  const chosen = [...Array(RUNS).keys()].map((i) => homes[Math.floor(((i + 0.5) * homes.length) / RUNS)]);
  const [search, card] = [[], []];
  for (const home of chosen) {
    search.push(await visit(browser, "/", "search", home.straat));
    card.push(await visit(browser, `/#/huis/${home.id}`, "card", home.name));
  }
  const keys = await keystrokes(browser, chosen.slice(0, 10).map((home) => home.name));
  console.log(`SPEED ${JSON.stringify({ search: told(search), card: told(card), keys: told(keys) })}`);
});
