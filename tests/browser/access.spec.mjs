// For everyone: axe finds nothing on any view, and the keyboard reaches all and is trapped nowhere.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { aSingleHome, cardHeading, cityShown, expect, searchBox, suggested, test } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations(page) {
  // Evaluated, not added as a script: the policy of the page allows its own scripts only.
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return found.violations.map((v) => `${v.id}: ${v.help} → ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
}

for (const scheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    test(`axe finds nothing at ${width} pixels, ${scheme}, in both languages`, async ({ page }) => {
      const home = await aSingleHome();
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      for (const language of ["nl", "en"]) {
        for (const hash of ["#/", `#/huis/${home.id}`, "#/over"]) {
          await page.goto(`/${hash}`);
          if (language === "en" && (await page.locator("html").getAttribute("lang")) === "nl") {
            await page.getByRole("button", { name: "English" }).click();
          }
          await expect(page.locator("html")).toHaveAttribute("lang", language);
          if (hash !== "#/") await expect(cardHeading(page)).toBeVisible();
          for (const details of await page.locator("article.card details").all()) await details.evaluate((d) => (d.open = true));
          expect(await violations(page), `${hash} in ${language}`).toEqual([]);
        }
      }
    });
  }
}

for (const width of [320, 768, 1440]) {
  test(`nothing is wider than a screen of ${width} pixels`, async ({ page }) => {
    const home = await aSingleHome();
    await page.setViewportSize({ width, height: 800 });
    for (const hash of ["#/", `#/huis/${home.id}`, "#/over"]) {
      await page.goto(`/${hash}`);
      if (hash !== "#/") await expect(cardHeading(page)).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), hash).toBeLessThanOrEqual(width);
    }
  });
}

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

test("the keyboard alone finds a house and reads its card", async ({ page }) => {
  const home = await aSingleHome();
  await page.goto("/");
  const box = searchBox(page);
  await box.focus();
  await page.keyboard.type(home.name, { delay: 20 });
  await suggested(page, home.name);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(cardHeading(page)).toHaveText(home.name);
  await expect(cardHeading(page)).toBeFocused();
});
