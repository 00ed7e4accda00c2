// The pages of a home: what a resident fills in changes the advice, stays on the device, and goes along where they want it.
import { readFileSync } from "node:fs";
import { aSingleHome, cardHeading, expect, readTown, searchBox, suggested, test } from "./support.mjs";

/** A home whose advice depends on its label: insulated badly, without a network. */
const aBadLabel = () =>
  aSingleHome((h) => ["F", "G", "E"].includes(h.lab) && h.bj > 1945 && h.bj < 2000 && h.own === "koop" && h.net_status === "geen");

const field = (page, key) => page.locator(`#klopt-${key}`);
const outcome = (page) => page.locator("#klopt-uitkomst");
const verdictOf = (page, option) => page.locator(`[data-option=${option}]`).first();

test("a link to a home fetches what its card needs, once, and nothing for searching", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto(`/#/huis/${home.id}`);
  await expect(cardHeading(page)).toHaveText(home.name);
  const asked = page.requests.map((url) => new URL(url).pathname);
  const count = (part) => asked.filter((path) => path.includes(part)).length;
  expect([count("data/manifest"), count("zoek/ids-"), count("data/tiles/"), count("zoek/straten"), count("zoek/adressen")]).toEqual([
    1, 1, 1, 0, 0,
  ]);
});

test("a page that cannot start says so, also where a link led to it", async ({ page }) => {
  await page.route("**/panel*.wasm", (route) => route.abort());
  await page.goto("/#/huis/0000000000000001");
  await expect(page.getByText("Deze pagina kon niet starten.")).toBeVisible();
  page.complaints.length = 0;
});

test("what is about the building is folded, until something of it is filled in", async ({ page }) => {
  const home = await aBadLabel();
  await page.goto(`/#/huis/${home.id}/klopt-niet`);
  await expect(field(page, "lab")).toBeVisible();
  await expect(field(page, "garage")).toBeHidden();
  await page.getByText("Gebouw en grond").click();
  await field(page, "garage").selectOption("ja");
  await expect(page.locator("#klopt-garage-weten")).toContainText("door u ingevuld");
  await page.reload();
  await expect(field(page, "garage")).toHaveValue("ja");
  await expect(field(page, "garage")).toBeVisible();
});

test("a corrected label changes the advice, is marked everywhere, survives a reload, and is erased", async ({ page }) => {
  const home = await aBadLabel();
  await page.goto(`/#/huis/${home.id}`);
  const before = await verdictOf(page, "AEL").getAttribute("data-verdict");
  await page.getByRole("link", { name: "Klopt dit niet?" }).first().click();
  await expect(page).toHaveTitle(/^Klopt dit niet\? · /);
  await expect(cardHeading(page)).toBeFocused();
  await field(page, "lab").focus();
  await field(page, "lab").selectOption("A");
  await expect(outcome(page)).toContainText("Advies met uw antwoorden");
  await expect(page.locator("#klopt-lab-weten")).toContainText("door u ingevuld");
  await expect(field(page, "lab"), "the form stays as it is").toBeFocused();
  await page.getByRole("link", { name: /^Terug naar/ }).click();
  await expect(page.getByText("1 ding dat u zelf invulde")).toBeVisible();
  expect(await verdictOf(page, "AEL").getAttribute("data-verdict")).not.toBe(before);
  await page.reload();
  await expect(page.getByText("1 ding dat u zelf invulde")).toBeVisible();
  await page.goto(`/#/huis/${home.id}/waarom`);
  await expect(page.locator("[data-fact=lab]").last()).toContainText(`door u ingevuld In het register: ${home.lab}`);
  await page.goto(`/#/huis/${home.id}/klopt-niet`);
  await page.getByRole("button", { name: "Wis al uw antwoorden" }).click();
  await expect(page.getByText("Uw antwoorden zijn gewist.")).toBeVisible();
  await page.goto(`/#/huis/${home.id}`);
  await expect(verdictOf(page, "AEL")).toHaveAttribute("data-verdict", before);
  expect(await page.evaluate((id) => localStorage.getItem(`gasvrij-huis-${id}`), home.id)).toBeNull();
  const spoken = page.requests.map((url) => decodeURIComponent(url));
  expect(spoken.filter((url) => url.includes(home.id))).toEqual([]);
});

test("what cannot be is told at its field and changes nothing", async ({ page }) => {
  const home = await aBadLabel();
  await page.goto(`/#/huis/${home.id}/klopt-niet`);
  const advice = await outcome(page).innerText();
  for (const [key, value, sentence] of [
    ["bj", "3000", "van 1200 tot en met"],
    ["area_m2", "-5", "van 8 tot en met"],
    ["area_m2", "\u202e<b>x", "Vul hier een getal in"],
  ]) {
    await field(page, key).fill(value);
    await field(page, key).blur();
    await expect(page.locator(`#klopt-${key}-fout`)).toContainText(sentence);
    await expect(field(page, key)).toHaveAttribute("aria-invalid", "true");
  }
  expect(await outcome(page).innerText()).toBe(advice);
  await field(page, "area_m2").fill("85,5");
  await expect(page.locator("#klopt-area_m2-fout")).toBeEmpty();
});

test("answers go into a file and come back from it, and a file of a stranger changes nothing", async ({ page }) => {
  const home = await aBadLabel();
  await page.goto(`/#/huis/${home.id}/klopt-niet`);
  await field(page, "lab").selectOption("B");
  await field(page, "isolatie").selectOption("standaard");
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Bewaar als bestand" }).click();
  const file = readFileSync(await (await saved).path(), "utf8");
  expect(JSON.parse(file)).toMatchObject({ woning: home.id, door_bewoner_ingevuld: { lab: "B", isolatie: "standaard" } });
  const give = (text) =>
    page.locator("#klopt-bestand").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(text) });
  const told = page.locator("#klopt-melding");
  for (const hostile of [
    "<script>alert(1)</script>",
    "null",
    "[".repeat(4_000),
    "x".repeat(1_000_000),
    "\u0000\ufffd",
    file.replace('"B"', '"<img src=x onerror=alert(1)>"'),
    file.replace('"lab"', '"__proto__"'),
    file.replace('"B"', "3000"),
    file.replace(/"lab"/, '"net_status"'),
  ]) {
    await page.locator("#klopt-melding").evaluate((p) => (p.textContent = ""));
    await give(hostile);
    await expect(told).toContainText("Dit is geen goed bestand met antwoorden. Er is niets veranderd.");
    await expect(field(page, "lab")).toHaveValue("B");
  }
  await give(file.replace(home.id, "0000010000000001"));
  await expect(told).toContainText("Dit bestand hoort bij een ander huis.");
  await page.getByRole("button", { name: "Wis al uw antwoorden" }).click();
  await expect(field(page, "lab")).toHaveValue("");
  await give(file);
  await expect(told).toContainText("Het bestand is geopend.");
  await expect(field(page, "lab")).toHaveValue("B");
  await expect(field(page, "isolatie")).toHaveValue("standaard");
});

test("the answers can be mailed to the municipality where it has an address", async ({ page }) => {
  const home = await aBadLabel();
  await page.route("**/data/manifest.json", async (route) => {
    const manifest = await (await route.fetch()).json();
    manifest.municipality.contact = { name: "Loket", phone: "14 000", email: "loket@voorbeeld.example", url: "" };
    await route.fulfill({ json: manifest });
  });
  await page.goto(`/#/huis/${home.id}/klopt-niet`);
  await field(page, "lab").selectOption("B");
  const link = await page.getByRole("link", { name: "Mail aan de gemeente" }).getAttribute("href");
  expect(link).toMatch(/^mailto:loket@voorbeeld\.example\?subject=/);
  expect(decodeURIComponent(link)).toContain(`Energielabel: B (nu: ${home.lab})`);
  await page.goto(`/#/huis/${home.id}`);
  await expect(page.getByRole("link", { name: "Bel 14 000" })).toHaveAttribute("href", "tel:14000");
});

test("options stand side by side, two to four, and the choice is in the address", async ({ page }) => {
  const home = await aBadLabel();
  await page.goto(`/#/huis/${home.id}/vergelijk`);
  const columns = page.getByRole("columnheader");
  await expect(columns).toHaveCount(3);
  for (const row of ["Oordeel", "Aanschaf", "Subsidie", "Ruimte", "Geluid", "Werk in huis", "Eerst nodig", "Hangt af van", "Tijd"]) {
    await expect(page.getByRole("rowheader", { name: row, exact: true })).toBeVisible();
  }
  // What is not available here is folded away.
  await expect(page.locator("details.elsewhere")).not.toHaveAttribute("open");
  await page.locator("details.elsewhere summary").click();
  const boxes = page.locator("[data-compare]");
  const unchecked = page.locator("[data-compare]:not(:checked)");
  await unchecked.first().check();
  await expect(columns).toHaveCount(4);
  await unchecked.first().click();
  await expect(page.getByText("Kies er hoogstens vier.")).toBeVisible();
  await expect(columns).toHaveCount(4);
  const four = await columns.allInnerTexts();
  await page.reload();
  await expect(columns).toHaveText(four);
  for (let i = 0; i < 3; i++) await page.locator("[data-compare]:checked").last().click();
  await expect(page.getByText("Kies er ten minste twee.")).toBeVisible();
  await expect(columns).toHaveCount(2);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await expect(boxes.first()).toBeVisible();
});

test("a home goes on two pages of paper, with its link as a code", async ({ page }) => {
  const { homes } = await readTown();
  // A home with much to tell, and one in a flat.
  const rich = homes.filter((h) => h.net_status === "gepland" && h.q && h.woonfunctie !== false);
  for (const home of [await aBadLabel(), rich[0], rich.find((h) => h.typ.startsWith("FLAT"))].filter(Boolean)) {
    await page.goto(`/#/huis/${home.id}`);
    await expect(cardHeading(page)).toHaveText(home.name);
    // What makes paper comes right after the card.
    await expect(page.locator("#afdruk")).toHaveAttribute("data-klaar", home.id);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g), home.name).toHaveLength(2);
    const sheet = page.locator("#afdruk");
    await expect(sheet).toContainText(home.name);
    await expect(sheet.locator("svg.qr path")).toHaveAttribute("d", /^M4 4h1v1h-1z/);
    await expect(sheet.locator(".code")).toContainText(`#/huis/${home.id}~v=`);
  }
});

test("another page is printed as it is, and a home with what was filled in", async ({ page }) => {
  const home = await aBadLabel();
  // What a browser does before it prints, from its own menu or by a key.
  const sheet = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    return page.locator("#afdruk").textContent();
  };
  await page.goto(`/#/huis/${home.id}~c=lab=A`);
  await expect(page.locator("#afdruk")).toHaveAttribute("data-klaar", home.id);
  await page.getByRole("button", { name: "Ja, neem over" }).click();
  await expect(page.locator(".filled-in")).toContainText("1 ding");
  expect(await sheet()).toContain("door u ingevuld");
  for (const [hash, heading] of [["#/over", "Uitleg en bronnen"], ["#/plannen", "Plannen voor de stad"]]) {
    await page.goto(`/${hash}`);
    await expect(page.locator("#kop")).toHaveText(heading);
    expect(await sheet(), hash).toBe("");
  }
  await page.goto(`/#/huis/${home.id}`);
  await expect(cardHeading(page)).toHaveText(home.name);
  await expect.poll(sheet).not.toBe("");
});

test("a home that comes late leaves alone the one that was gone to", async ({ page }) => {
  const home = await aBadLabel();
  const { homes, panden } = await readTown();
  const { file } = panden.get(home.pand).tile;
  const other = homes.find((h) => h.pand && h.woonfunctie !== false && panden.get(h.pand).tile.file !== file);
  await page.goto(`/#/huis/${other.id}`);
  await expect(cardHeading(page)).toHaveText(other.name);
  await page.goto("/#/over");
  let release;
  const held = new Promise((done) => (release = done));
  await page.route(`**/${file}`, async (route) => {
    await held;
    await route.continue();
  });
  await page.evaluate((id) => (location.hash = `#/huis/${id}/klopt-niet`), home.id);
  await page.waitForTimeout(500);
  await page.evaluate((id) => (location.hash = `#/huis/${id}/klopt-niet`), other.id);
  await expect(page.locator("#klopt-bj")).toBeVisible();
  release();
  await page.waitForTimeout(1_000);
  await page.locator("#klopt-bj").fill("1987");
  await page.locator("#klopt-bj").blur();
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("gasvrij-huis-")));
  expect(kept).toEqual([`gasvrij-huis-${other.id}`]);
});

test("a link tells what changed since, and what its sender filled in counts only when it is taken over", async ({ page }) => {
  const home = await aBadLabel();
  await page.goto(`/#/huis/${home.id}~v=00000000-2025.1~b=NMT-G~c=lab=A,bj=1990`);
  await expect(page.getByText("Deze link is gemaakt met versie 00000000-2025.1.")).toBeVisible();
  await expect(page.getByText(/Toen paste het best: warmtenet van 70 graden \(geschikt\)\. Nu: /)).toBeVisible();
  expect(new URL(page.url()).hash, "the address bar keeps the view only").toBe(`#/huis/${home.id}`);
  await expect(page.locator(".filled-in")).toHaveCount(0);
  await page.getByRole("button", { name: "Ja, neem over" }).click();
  await expect(page.locator(".filled-in")).toContainText("2 dingen");
  await page.locator("#deel-met").check();
  await expect(page.locator("#deel-link")).toHaveValue(/~c=lab=A,bj=1990$/);
  await page.goto("/#/");
  await page.goto(`/#/huis/${home.id}~c=lab=<script>`);
  await expect(page.getByText("iets ingevuld dat wij niet kunnen lezen")).toBeVisible();
  await expect(page.locator(".filled-in")).toContainText("2 dingen");
});

test("the pages of a home have their own title and place in the history", async ({ page }) => {
  const home = await aBadLabel();
  await page.goto(`/#/huis/${home.id}`);
  for (const [name, title] of [["Waarom dit advies?", /^Waarom dit advies\? · /], ["Vergelijk opties", /^Vergelijk opties · /]]) {
    await page.getByRole("navigation", { name: "Meer over dit huis" }).getByRole("link", { name }).click();
    await expect(page).toHaveTitle(title);
    await expect(cardHeading(page)).toHaveText(name);
    await page.goBack();
    await expect(cardHeading(page)).toHaveText(home.name);
  }
  await page.locator(".best a:not(.term)").click();
  await expect(page.locator("details[open] h3", { hasText: "Wat kost het?" })).toBeFocused();
  await expect(page.locator(".figures li").first()).toContainText(/\(\d{4}\)/);
});

test("from search to paper with the keyboard alone", async ({ page }) => {
  const home = await aBadLabel();
  await page.addInitScript(() => (window.print = () => (window.printed = true)));
  await page.goto("/");
  await searchBox(page).focus();
  await page.keyboard.type(home.name, { delay: 10 });
  await suggested(page, home.name);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(cardHeading(page)).toBeFocused();
  const button = page.getByRole("button", { name: "Print of PDF" });
  for (let i = 0; i < 12 && !(await button.evaluate((b) => b === document.activeElement)); i++) await page.keyboard.press("Tab");
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => window.printed);
  await expect(page.locator("#afdruk")).toContainText(home.name);
});
