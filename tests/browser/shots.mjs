// Pictures of the served data set for people to look at, at phone, laptop and projector size.
import { join } from "node:path";
import { aSingleHome, cardHeading, cityShown, readTown, shots, still, test } from "./support.mjs";
import { goTo, views, withoutCity } from "./views.mjs";

const sizes = { phone: [390, 844], laptop: [1440, 900], projector: [1920, 1080] };

test.use({ quiet: false });

for (const [name, [width, height]] of Object.entries(sizes)) {
  test(`at ${name} size`, async ({ page }) => {
    const { manifest } = await readTown();
    const town = manifest.municipality.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const take = (view) => page.screenshot({ path: join(shots, `${town}-${name}-${view}.png`) });
    await page.setViewportSize({ width, height });
    await page.goto("/");
    await cityShown(page);
    await still(page);
    await take("stad");
    const home = await aSingleHome();
    // Footprints without addresses have no card to show.
    if (!home) return;
    await page.goto(`/#/huis/${home.id}`);
    await cardHeading(page).waitFor();
    await page.waitForTimeout(1_500);
    await still(page);
    await take("huis");
    const themes = page.getByLabel("Kleur de huizen naar");
    if (!(await themes.isVisible())) await page.getByText("Legenda").click();
    await themes.selectOption({ index: 1 });
    await still(page);
    await take("thema");
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`every view, ${colorScheme}, without the map`, async ({ page }) => {
    const { all } = await views();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await withoutCity(page);
    for (const [width, height] of [[360, 780], [768, 1024], [1440, 900], [3840, 2160]]) {
      await page.setViewportSize({ width, height });
      for (const [name, hash] of all) {
        await goTo(page, hash);
        await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: width < 960 });
      }
    }
  });
}
