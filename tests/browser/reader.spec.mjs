// What a screen reader says on six ways through the page: the title of each page, what has the focus, and what is announced.
// The transcripts are stored; a change in one is read before it is taken over (`--update-snapshots`).
import { aSingleHome, expect, readTown, searchBox, suggested, test } from "./support.mjs";
import { goTo, views, withoutCity } from "./views.mjs";

/** Writes down what is said. */
async function listen(page) {
  await page.evaluate(() => {
    window.said = [];
    const say = (element) => {
      const text = element.textContent.trim();
      const loud = element.closest("[role=status], [role=alert]");
      if (text && loud && !loud.hidden && window.said.at(-1) !== text) window.said.push(text);
    };
    new MutationObserver((changes) => changes.forEach((c) => say(c.target.closest?.("[role]") ?? c.target.parentElement))).observe(
      document.body,
      { subtree: true, childList: true, characterData: true },
    );
  });
}

async function hear(page, step) {
  // Announcements wait until typing has stopped.
  await page.waitForTimeout(1_200);
  const said = await page.evaluate(() => window.said.splice(0));
  const focus = page.locator(":focus");
  const role = (await focus.count()) ? (await focus.ariaSnapshot()).split("\n")[0].replace(/^- /, "") : "nothing";
  const active = await page.evaluate(() => {
    const id = document.activeElement?.getAttribute("aria-activedescendant");
    return id ? document.getElementById(id)?.innerText.replace(/\s+/g, " ").trim() : "";
  });
  return [`${step}`, `  title: ${await page.title()}`, `  focus: ${role}`, ...(active ? [`  option: ${active}`] : []), ...said.map((s) => `  said: ${s}`)].join("\n");
}

test.beforeEach(async ({ page }) => {
  await withoutCity(page);
  await listen(page);
});

test("searching a house", async ({ page }) => {
  const home = await aSingleHome();
  const lines = [];
  await searchBox(page).focus();
  lines.push(await hear(page, "into the search box"));
  await page.keyboard.type(home.name, { delay: 20 });
  await suggested(page, home.name);
  lines.push(await hear(page, "an address is typed"));
  await page.keyboard.press("ArrowDown");
  lines.push(await hear(page, "down"));
  await page.keyboard.press("Enter");
  await expect(page.locator("article.card h1")).toBeFocused();
  lines.push(await hear(page, "enter"));
  expect(lines.join("\n")).toMatchSnapshot("zoeken.txt");
});

test("searching what is not there", async ({ page }) => {
  const lines = [];
  await searchBox(page).focus();
  await page.keyboard.type("xqzw 99999", { delay: 20 });
  lines.push(await hear(page, "nonsense is typed"));
  await page.keyboard.press("Enter");
  lines.push(await hear(page, "enter"));
  expect(lines.join("\n")).toMatchSnapshot("niets.txt");
});

test("a neighbourhood", async ({ page }) => {
  const { area } = await views();
  const lines = [];
  for (const hash of ["#/buurt", `#/buurt/${area.code}`, `#/buurt/${area.code}/huizen`]) {
    await goTo(page, hash);
    lines.push(await hear(page, hash));
  }
  expect(lines.join("\n")).toMatchSnapshot("buurt.txt");
});

test("the plans", async ({ page }) => {
  const { year } = await views();
  const lines = [];
  for (const hash of ["#/plannen", `#/plannen/${year}`, "#/plannen/2099"]) {
    await goTo(page, hash);
    lines.push(await hear(page, hash));
  }
  expect(lines.join("\n")).toMatchSnapshot("plannen.txt");
  await goTo(page, `#/plannen/${year}`);
  await expect(page.locator("#kaart-huis")).toMatchAriaSnapshot({ name: "plannen.aria.yml" });
});

test("a difficult word", async ({ page }) => {
  const lines = [];
  for (const hash of ["#/begrippen", "#/begrippen/vve"]) {
    await goTo(page, "#/");
    await goTo(page, hash);
    await page.waitForTimeout(300);
    lines.push(await hear(page, hash));
  }
  expect(lines.join("\n")).toMatchSnapshot("begrippen.txt");
});

test("a broken link, and the other language", async ({ page }) => {
  await readTown();
  const lines = [];
  await goTo(page, "#/buurt/BU00000000");
  lines.push(await hear(page, "a neighbourhood that is not there"));
  await page.locator("#taal").focus();
  await page.keyboard.press("Enter");
  lines.push(await hear(page, "English"));
  expect(lines.join("\n")).toMatchSnapshot("fout.txt");
});
