// For everyone: axe finds nothing on any view, text may be wide and the screen narrow, the keyboard reaches all and is
// trapped nowhere.
//
// By default each view is tried in three of its settings. GASVRIJ_WHOLE=1 tries all: both languages, three widths, light,
// dark and forced colours.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cityShown, expect, test } from "./support.mjs";
import { goTo, views, withoutCity } from "./views.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const schemes = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "dark", forcedColors: "active" },
};
const whole = ["nl", "en"].flatMap((lang) =>
  [320, 768, 1440].flatMap((width) => Object.keys(schemes).map((scheme) => [lang, width, scheme])),
);
const settings = process.env.GASVRIJ_WHOLE
  ? whole
  : [
      ["nl", 320, "light"],
      ["en", 1440, "dark"],
      ["nl", 768, "forced"],
    ];

async function violations(page) {
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), tags);
  return found.violations.map((v) => `${v.id}: ${v.help} → ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
}

async function speak(page, lang) {
  if ((await page.locator("html").getAttribute("lang")) !== lang) await page.locator("#taal").click();
  await expect(page.locator("html")).toHaveAttribute("lang", lang);
}

const openAll = (page) =>
  page.evaluate(() => document.querySelectorAll("#kaart-huis details").forEach((details) => (details.open = true)));

test("axe finds nothing on any view", async ({ page }) => {
  test.setTimeout(20 * 60_000);
  const { all } = await views();
  await withoutCity(page);
  // Evaluated, not added as a script: the policy of the page allows its own scripts only.
  await page.evaluate(axe);
  const found = [];
  for (const [lang, width, scheme] of settings) {
    await page.emulateMedia({ ...schemes[scheme], reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    await speak(page, lang);
    for (const [name, hash] of all) {
      await goTo(page, hash);
      await openAll(page);
      for (const violation of await violations(page)) found.push(`${name} ${lang} ${width} ${scheme}: ${violation}`);
    }
  }
  expect(found).toEqual([]);
});

test("axe finds nothing with the map beside the page", async ({ page }) => {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ ...schemes[scheme], reducedMotion: "reduce" });
    await page.goto("/");
    await cityShown(page);
    await page.evaluate(axe);
    expect(await violations(page), scheme).toEqual([]);
  }
});

test("nothing is lost at 320 pixels, which is 400 per cent of 1280, nor with wide text", async ({ page }) => {
  test.setTimeout(5 * 60_000);
  const { all } = await views();
  await withoutCity(page);
  await page.setViewportSize({ width: 320, height: 256 });
  const lost = [];
  for (const spacing of [false, true]) {
    // The spacing of WCAG 1.4.12.
    if (spacing) {
      await page.evaluate(() => {
        const wide = new CSSStyleSheet();
        wide.replaceSync(
          "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
        );
        document.adoptedStyleSheets = [wide];
      });
    }
    for (const [name, hash] of all) {
      await goTo(page, hash);
      await openAll(page);
      const found = await page.evaluate(() => {
        const wrong = [];
        if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);
        for (const element of document.querySelectorAll("#kaart-huis *, .find *, .top *")) {
          const box = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          if (box.width < 2 || style.visibility === "hidden" || element.closest(".hidden, .skip, svg")) continue;
          // A table of numbers may scroll by itself, where the keyboard can reach it.
          if (element.parentElement.closest("[role='region'][tabindex='0'], section[aria-label][tabindex='0']")) continue;
          if (box.right > innerWidth + 1 || box.left < -1) wrong.push(`${element.tagName}.${element.className} sticks out`);
          const cut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
          if (style.overflow === "hidden" && cut) wrong.push(`${element.tagName}.${element.className} is cut off`);
        }
        return [...new Set(wrong)];
      });
      for (const what of found) lost.push(`${name}${spacing ? ", wide text" : ""}: ${what}`);
    }
  }
  expect(lost).toEqual([]);
});

test("nothing is wider than the screen at any size", async ({ page }) => {
  const { all } = await views();
  await withoutCity(page);
  for (const width of [360, 768, 1440, 3840]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [name, hash] of all) {
      await goTo(page, hash);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} at ${width}`).toBeLessThanOrEqual(width);
    }
  }
});

test("on a wall of 3840 pixels text is large and the page is no strip", async ({ page }) => {
  const { area } = await views();
  await withoutCity(page);
  await page.setViewportSize({ width: 3840, height: 2160 });
  await goTo(page, `#/buurt/${area.code}`);
  const size = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("#kaart-huis p")).fontSize));
  expect(size).toBeGreaterThanOrEqual(20);
  const box = await page.locator("#kaart-huis").boundingBox();
  expect(box.width).toBeGreaterThanOrEqual(3840 / 5);
});

test("nothing moves when the page is told to keep still", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await withoutCity(page);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e);
      return style.animationName !== "none" || style.transitionDuration.split(",").some((d) => parseFloat(d) > 0);
    }).length,
  );
  expect(moving).toBe(0);
});

test("on a phone Tab goes by the map where the eye does", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/");
  await cityShown(page);
  await page.locator("#zoek-veld").focus();
  const seen = [];
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute("href") || ""));
  }
  const [map, below] = [seen.indexOf("city"), seen.indexOf("#/vve")];
  expect(map, `map in ${seen}`).toBeGreaterThanOrEqual(0);
  expect(below, `what stands below it in ${seen}`).toBeGreaterThan(map);
});

test("Tab reaches search, map and legend, and leaves the map again", async ({ page }) => {
  await page.goto("/");
  await cityShown(page);
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  const seen = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName || ""));
  }
  const [search, map, themes] = ["zoek", "city", "thema"].map((part) => seen.findIndex((id) => id.startsWith(part)));
  expect(search, `search in ${seen}`).toBeGreaterThanOrEqual(0);
  expect(map, `map in ${seen}`).toBeGreaterThanOrEqual(0);
  expect(themes, `legend in ${seen}`).toBeGreaterThanOrEqual(0);
  expect(seen[map + 1], "the element after the map").not.toBe("city");
});
