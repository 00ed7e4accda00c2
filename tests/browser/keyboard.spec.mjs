// Ten things a visitor does, with the keyboard alone. Every step ends where a person without a mouse can see the focus.
import { aSingleHome, cardHeading, expect, searchBox, suggested, test } from "./support.mjs";
import { goTo, views, withoutCity } from "./views.mjs";

const heading = (page) => page.locator("#kop");

/** Tabs until something fits, as a person does; `tries` is how long a person would go on. */
async function tabTo(page, wanted, tries = 60) {
  for (let i = 0; i < tries; i++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return {
        text: element.textContent.trim(),
        href: element.getAttribute("href") ?? "",
        id: element.id,
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
      };
    });
    if (here.id !== "city" && here.text) {
      expect(here.ring, `the focus shows on ${here.text || here.id}`).toBe(true);
      expect(here.inView, `the focus is in view on ${here.text || here.id}`).toBe(true);
    }
    if (wanted(here)) return here;
  }
  throw new Error("the keyboard does not get there");
}

test.beforeEach(({ page }) => withoutCity(page));

test("1: finds a house and lands on its heading", async ({ page }) => {
  const home = await aSingleHome();
  await searchBox(page).focus();
  await page.keyboard.type(home.name, { delay: 20 });
  await suggested(page, home.name);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(cardHeading(page)).toHaveText(home.name);
  await expect(cardHeading(page)).toBeFocused();
});

test("2: closes the list with Escape and keeps what was typed", async ({ page }) => {
  const home = await aSingleHome();
  await searchBox(page).focus();
  await page.keyboard.type(home.straat, { delay: 20 });
  await suggested(page, home.straat);
  await page.keyboard.press("Escape");
  await expect(page.locator("#zoek-lijst")).toBeHidden();
  await expect(searchBox(page)).toBeFocused();
  await expect(searchBox(page)).toHaveValue(home.straat);
});

test("3: jumps over the header", async ({ page }) => {
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#inhoud")).toBeFocused();
});

test("4: opens an option of the card and reads why", async ({ page }) => {
  const home = await aSingleHome();
  await goTo(page, `#/huis/${home.id}`);
  await heading(page).focus();
  await tabTo(page, (here) => /Luchtwarmtepomp/.test(here.text) && !here.href);
  await page.keyboard.press("Enter");
  await expect(page.locator(".option details[open]").first()).toBeVisible();
});

test("5: goes back to the search and is at its heading", async ({ page }) => {
  const home = await aSingleHome();
  await goTo(page, `#/huis/${home.id}`);
  await heading(page).focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("#zoek-kop")).toBeFocused();
});

test("6: changes the language and stays on the page", async ({ page }) => {
  await goTo(page, "#/begrippen");
  await page.locator(".skip").focus();
  await tabTo(page, (here) => here.id === "taal", 10);
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Difficult words");
  await expect(page.locator("#taal")).toBeFocused();
});

test("7: chooses a neighbourhood and opens a street of it", async ({ page }) => {
  const { area } = await views();
  await goTo(page, "#/buurt");
  await heading(page).focus();
  await tabTo(page, (here) => here.href === `#/buurt/${area.code}`);
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText(area.naam);
  await expect(heading(page)).toBeFocused();
  await tabTo(page, (here) => here.href.endsWith("/huizen"));
  await page.keyboard.press("Enter");
  await expect(page.locator(".street").first()).toBeVisible();
  await expect(heading(page)).toBeFocused();
  await tabTo(page, (here) => /adressen/.test(here.text));
  await page.keyboard.press("Enter");
  await tabTo(page, (here) => here.href.startsWith("#/huis/"));
  await page.keyboard.press("Enter");
  await expect(cardHeading(page)).toBeFocused();
});

test("8: looks at the plans of one year and then at all again", async ({ page }) => {
  const { year } = await views();
  await goTo(page, "#/plannen");
  await heading(page).focus();
  await tabTo(page, (here) => here.href === `#/plannen/${year}`);
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText(`Plannen voor ${year}`);
  await tabTo(page, (here) => here.href === "#/plannen" && here.text === "Alle jaren");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Plannen voor de stad");
});

test("9: follows a difficult word to what it means", async ({ page }) => {
  const { area } = await views();
  await goTo(page, `#/buurt/${area.code}`);
  await heading(page).focus();
  const word = await tabTo(page, (here) => here.href.startsWith("#/begrippen/"));
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Moeilijke woorden");
  const meant = page.locator(`#begrip-${word.href.split("/").pop()}`);
  await expect(meant).toBeFocused();
  await expect(meant).toBeInViewport();
});

test("10: leaves a page that does not exist", async ({ page }) => {
  await goTo(page, "#/buurt/BU00000000");
  await expect(heading(page)).toHaveText("Dit lukte niet");
  await heading(page).focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  // To the neighbourhoods that do exist.
  await expect(page).toHaveURL(/#\/buurt$/);
  await expect(heading(page)).not.toHaveText("Dit lukte niet");
  await expect(heading(page)).toBeFocused();
});
