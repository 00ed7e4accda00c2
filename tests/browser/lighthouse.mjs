// A house card under Lighthouse, as a phone of the middle class gets it: its scores and what it found fault with, in a line
// of JSON. Of the performance the median of three visits; of the rest what the last one found.
import { chromium, test } from "@playwright/test";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { aSingleHome } from "./support.mjs";

const VISITS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices"];

const freePort = () =>
  new Promise((done, failed) => {
    const server = createServer();
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** What an audit says against the page; one that weighs nothing takes no points. */
function faults({ categories, audits }) {
  const counted = CATEGORIES.flatMap((name) => categories[name].auditRefs.filter(({ weight }) => weight > 0));
  return counted
    .map(({ id }) => audits[id])
    .filter(({ score }) => score !== null && score < 0.9)
    .map(({ id, title, displayValue }) => [id, title, displayValue].filter(Boolean).join(": "));
}

test("lighthouse", async ({}, { project }) => {
  test.setTimeout(600_000);
  // A set of packages of its own, which is large: only this needs it.
  const require = createRequire(new URL("../lighthouse/package.json", import.meta.url));
  const { default: lighthouse } = await import(require.resolve("lighthouse"));
  const home = await aSingleHome();
  const port = await freePort();
  const { executablePath, args } = project.use.launchOptions;
  const browser = await chromium.launch({ executablePath, args: [...args, `--remote-debugging-port=${port}`] });
  const scores = Object.fromEntries(CATEGORIES.map((name) => [name, []]));
  let found = [];
  for (let i = 0; i < VISITS; i++) {
    const url = new URL(`#/huis/${home.id}`, process.env.GASVRIJ_URL).href;
    const { lhr } = await lighthouse(url, { port, logLevel: "error", onlyCategories: CATEGORIES, locale: "en" });
    for (const name of CATEGORIES) scores[name].push(Math.round(lhr.categories[name].score * 100));
    found = faults(lhr);
  }
  await browser.close();
  const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const said = Object.fromEntries(CATEGORIES.map((name) => [name, middle(scores[name])]));
  console.log(`LIGHTHOUSE ${JSON.stringify({ ...said, found, visits: VISITS })}`);
});
