// A board of an owners' association, from its building to the papers for the meeting; and whoever fills in nonsense, or
// sends a link with it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, readTown, shots, test } from "./support.mjs";
import { withoutCity } from "./views.mjs";
import { join } from "node:path";

const amounts = (page) => page.locator("#vve-antwoord").innerText();
const table = (page) => page.locator("#vve-tabel").innerText();
const calculation = (page) => page.evaluate(() => location.hash.split("~r=")[1]);

async function open(page, hash) {
  await page.goto(`/${hash}`);
  await expect(page.locator(".vve")).toBeVisible();
}

/** Types into a field and leaves it. */
async function fill(page, code, text) {
  await page.locator(`#vve-${code}`).fill(text);
  await page.locator(`#vve-${code}`).blur();
}

/** A building with some homes. */
async function aBlock() {
  const { homes, panden } = await readTown();
  const counts = new Map();
  for (const home of homes.filter((h) => h.woonfunctie !== false)) counts.set(home.pand, (counts.get(home.pand) ?? 0) + 1);
  const [id] = [...counts].find(([id, count]) => count >= 6 && count <= 40 && panden.has(id));
  return { id, count: counts.get(id), pand: panden.get(id) };
}

test("a board goes from its building to the papers for the meeting", async ({ page, browser }) => {
  test.setTimeout(180_000);
  const { id, count, pand } = await aBlock();
  await withoutCity(page);
  await page.goto(`/#/pand/${pand.tile.col}-${pand.tile.row}/${id}`);
  await page.getByRole("link", { name: "Bekijk dit gebouw als VvE" }).click();
  await expect(page.locator(".vve")).toBeVisible();
  await expect(page.locator("#kop")).toBeFocused();
  await expect(page.locator("#vve-woningen")).toHaveValue(String(count));
  await expect(page.locator("#vve-bouwjaar")).toHaveValue(String(pand.bouwjaar));
  await expect(page.locator(".vve-note")).toContainText(`${count} woningen`);

  // The answer and what to decide are there before anything is filled in.
  await expect(page.locator("#vve-antwoord")).toContainText("per maand per appartement");
  await expect(page.locator("#vve-besluit")).toContainText("Kijk in uw splitsingsakte");

  // Its own facts and money. Nothing is pressed: each change counts at once.
  await fill(page, "naam", "VvE De Linden");
  await expect(page.locator("#kop")).toContainText("VvE De Linden");
  const before = await amounts(page);
  await fill(page, "kas", "€ 40.000");
  await expect.poll(() => amounts(page)).not.toBe(before);

  // A slider by keyboard: dearer gas raises what is paid now.
  const now = await page.locator(".vve-now").innerText();
  await page.locator("#vve-schuif-gas").focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
  await expect(page.locator("#vve-gas")).toHaveValue("1,50");
  await expect(page.locator("#vve-schuif-gas")).toBeFocused();
  await expect(page.locator(".vve-now")).not.toHaveText(now);

  // Shares, pasted from a spreadsheet: they add up to the whole, to the cent.
  const shares = Array.from({ length: count }, (_, i) => 30 + (i % 3) * 5);
  const sum = shares.reduce((a, b) => a + b);
  await page.locator("#vve-plak").fill(["App\tDeel", ...shares.map((s, i) => `${i + 1}\t${s}/${sum}`)].join("\n"));
  await page.getByRole("button", { name: "Neem over" }).click();
  await expect(page.locator("#vve-delen-status")).toContainText("overgenomen");
  await expect(page.locator("#vve-delen tbody tr")).toHaveCount(3);

  // The same link elsewhere gives the same figures.
  const [said, all] = [await amounts(page), await table(page)];
  const link = await page.locator("#vve-link").inputValue();
  await expect.poll(() => calculation(page)).toBe(link.split("~r=")[1]);
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.locator(".vve")).toBeVisible();
  expect([await amounts(other), await table(other)]).toEqual([said, all]);
  await other.context().close();

  // A file for a spreadsheet: every apartment, together the whole.
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Bewaar als CSV" }).click();
  const csv = readFileSync(await (await coming).path(), "utf8").split("\r\n");
  const first = csv.findIndex((row) => row.startsWith('"Nr."')) + 1;
  const cents = (text) => Number(text.replace(",", ""));
  const column = csv.slice(first, first + count).map((row) => cents(row.split(";")[2]));
  const foot = await page.locator("#vve-delen tfoot td").nth(1).innerText();
  expect(column.reduce((a, b) => a + b)).toBe(Number(foot.replace(/\D/g, "")));

  // The papers: all that they need is there, so they come and are printed without a network too.
  const asked = page.requests.length;
  await page.getByRole("link", { name: "Maak de vergaderstukken" }).click();
  await expect(page.locator("#kop")).toHaveText("Vergaderstukken");
  await expect(page.locator(".blad")).toHaveCount(8);
  await expect(page.locator(".blad-cover")).toContainText("VvE De Linden");
  const pdf = await page.pdf({ path: join(shots, "vve.pdf"), preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
  // Cover, three options, side by side and charts are one sheet each; the others go on where they must.
  expect(pages).toBeGreaterThanOrEqual(8);
  expect(pages).toBeLessThanOrEqual(11);
  // A browser asks for the icon of a page when it likes.
  expect(page.requests.slice(asked).filter((url) => !/\/icon(-\w+)?\.svg$/.test(url))).toEqual([]);
  await page.goBack();
  await expect(page.locator("#vve-naam")).toHaveValue("VvE De Linden");
});

test("each option, the comparison and the charts are one sheet of A4, whatever four options they are of", async ({ page }) => {
  await withoutCity(page);
  await open(page, "#/vve");
  const usual = await calculation(page);
  for (const four of ["COL.NMT.AEL.HYB", "NMT.NLT.AEL.AEG", "COL.AEL.AEG.NR_ISO"]) {
    const hash = `#/vve/stukken~r=${usual.replace("COL.AEL.HYB", four)}`;
    await page.emulateMedia({ media: "screen" });
    await page.evaluate((to) => (location.hash = to), hash);
    await expect(page.locator(".blad")).toHaveCount(9);
    await page.emulateMedia({ media: "print" });
    // What is between the margins of A4, in CSS pixels.
    await page.setViewportSize({ width: Math.floor((180 / 25.4) * 96), height: 1000 });
    const most = (271 / 25.4) * 96;
    for (const kind of ["cover", "option", "compare", "months"]) {
      for (const sheet of await page.locator(`.blad-${kind}`).all()) {
        const { height, wide } = await sheet.evaluate((e) => ({
          height: e.getBoundingClientRect().height,
          wide: e.scrollWidth - e.clientWidth,
        }));
        expect(height, `${kind} of ${four}`).toBeLessThanOrEqual(most);
        expect(wide, `${kind} of ${four}`).toBeLessThanOrEqual(1);
      }
    }
    await page.evaluate(() => (location.hash = "#/vve"));
    await expect(page.locator(".vve")).toBeVisible();
  }
});

test("what cannot be is said in a sentence, and the old figures stay", async ({ page }) => {
  await withoutCity(page);
  await open(page, "#/vve");
  const [said, all] = [await amounts(page), await table(page)];
  for (const [code, text, sentence] of [
    ["gas", "-1,30", "Vul een getal in van € 0,30 per m³ tot € 4 per m³."],
    ["woningen", "1000000", "Vul een getal in van 2 tot 2.000."],
    ["woningen", "veel", "is geen getal"],
    ["lening-rente", "1e9", "is geen getal"],
    ["gas-meting", "60", "Dit is minder gas dan warm water en koken vragen."],
  ]) {
    await fill(page, code, text);
    await expect(page.locator(`#vve-fout-${code}`)).toContainText(sentence);
    await expect(page.locator(`#vve-${code}`)).toHaveAttribute("aria-invalid", "true");
  }
  for (const [text, sentence] of [
    ["40 40 40", "U plakte 3 breukdelen, en er zijn 24 appartementen."],
    ["1/10\n2/20", "Er staan twee soorten breuken"],
    ["24x0", "Alle breukdelen zijn 0"],
    ["99999x1", "geen breukdeel"],
    ["<img src=x onerror=alert(1)>", "geen breukdeel"],
  ]) {
    await page.locator("#vve-plak").fill(text);
    await page.getByRole("button", { name: "Neem over" }).click();
    await expect(page.locator("#vve-fout-delen")).toContainText(sentence);
  }
  const option = (name) => page.getByRole("checkbox", { name });
  for (const name of ["Samen één warmtepomp", "Elk een luchtwarmtepomp"]) await option(name).uncheck();
  await option("Elk een hybride warmtepomp").click();
  await expect(page.locator("#vve-fout-opties")).toContainText("Kies één tot vier opties");
  await expect(option("Elk een hybride warmtepomp")).toBeChecked();
  for (const name of ["Samen één warmtepomp", "Elk een luchtwarmtepomp"]) await option(name).check();
  expect([await amounts(page), await table(page)]).toEqual([said, all]);
});

test("a link with nonsense changes nothing and says so", async ({ page }) => {
  await withoutCity(page);
  await open(page, "#/vve");
  await fill(page, "woningen", "31");
  await expect.poll(() => calculation(page)).toContain("woningen=31");
  const good = await calculation(page);
  const said = await amounts(page);
  for (const bad of [
    "1",
    "9,x=1",
    good.replace("woningen=31", "woningen=-1"),
    good.replace("gas=130", "gas=99999999999999999999"),
    good.replace("naam=", "naam=%3Cscript%3Ealert(1)%3C/script%3E"),
    good.replace("delen=", "delen=31x0"),
    `${good}${",a=1".repeat(9000)}`,
  ]) {
    await page.evaluate((hash) => (location.hash = hash), `#/vve~r=${bad}`);
    await expect(page.locator(".vve .fault")).toContainText("Deze link klopt niet. Uw eigen berekening blijft staan.");
    expect(await amounts(page)).toBe(said);
    await expect.poll(() => calculation(page)).toBe(good);
  }
  await page.goto("about:blank");
  await open(page, "#/vve~r=1,kapot");
  await expect(page.locator(".vve .fault")).toContainText("U ziet een voorbeeld");
});

test("a small building, and one that is not there, is filled in by hand", async ({ page }) => {
  await withoutCity(page);
  const { panden } = await readTown();
  const [id, pand] = [...panden].find(([, pand]) => pand.nvbo === 1);
  await open(page, `#/vve/pand/${pand.tile.col}-${pand.tile.row}/${id}`);
  await expect(page.locator(".vve .fault")).toContainText("minder dan twee woningen");
  await page.evaluate(() => (location.hash = "#/vve/pand/1-1/0392100000000001"));
  await expect(page.locator(".vve .fault")).toContainText("Wij konden dit gebouw niet openen");
});

test("axe finds nothing on the table and the papers, in both languages and at three widths", async ({ page }) => {
  test.setTimeout(240_000);
  await withoutCity(page);
  await open(page, "#/vve");
  // Evaluated, not added as a script: the policy of the page allows its own scripts only.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const found = [];
  for (const lang of ["nl", "en"]) {
    if ((await page.locator("html").getAttribute("lang")) !== lang) await page.locator("#taal").click();
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    for (const width of [320, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      for (const [hash, view] of [["#/vve", ".vve"], ["#/vve/stukken", ".vve-papers"]]) {
        await page.evaluate((to) => (location.hash = to), hash);
        await expect(page.locator(view)).toBeVisible();
        await page.evaluate(() => document.querySelectorAll("#kaart-huis details").forEach((details) => (details.open = true)));
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        found.push(...violations.map((v) => `${hash} ${lang} ${width}: ${v.id}, ${v.nodes[0].target.join(" ")}`));
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wider > 0) found.push(`${hash} ${lang} is ${wider} pixels wider than ${width}`);
      }
    }
  }
  expect(found).toEqual([]);
});
