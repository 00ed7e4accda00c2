// Two scenes from start to end on the screen of a hall, with a picture of each step to look at: somebody with a home, and the
// board of an owners' association. The third, an evening, is in offline.spec.mjs: it is told without a connection.
import { join } from "node:path";
import { aSingleHome, cardHeading, cityShown, expect, inside, placeOnPage, readTown, searchFor, shots, still, test } from "./support.mjs";

test.use({ viewport: { width: 1920, height: 1080 } });

const picture = (page, name) => page.screenshot({ path: join(shots, `scene-${name}.png`) });

test("somebody with a home goes from the address to what to do first, and tells what the register has wrong", async ({ page }) => {
  test.setTimeout(300_000);
  const home = await aSingleHome((h) => h.bj && h.lab);
  const more = page.getByRole("navigation", { name: "Meer over dit huis" });
  await page.goto("/");
  await cityShown(page);
  await still(page);
  await picture(page, "bewoner-1-start");
  await searchFor(page, home.name);
  await expect(cardHeading(page)).toHaveText(home.name);
  await still(page);
  await picture(page, "bewoner-2-kaart");
  await more.getByRole("link", { name: "Waarom dit advies?" }).click();
  await expect(page.locator("#kop")).toBeFocused();
  await picture(page, "bewoner-3-waarom");
  await page.goBack();
  await more.getByRole("link", { name: "Klopt dit niet?" }).click();
  await expect(page.locator("#kop")).toBeFocused();
  await picture(page, "bewoner-4-klopt-niet");
  await page.goBack();
  await more.getByRole("link", { name: "Vergelijk opties" }).click();
  await expect(page.locator("#kop")).toBeFocused();
  await picture(page, "bewoner-5-vergelijk");
  await page.goBack();
  await expect(cardHeading(page)).toHaveText(home.name);
});

test("a board clicks its buildings together on the map and goes to the meeting with papers", async ({ page }) => {
  test.setTimeout(300_000);
  const { homes, panden } = await readTown();
  const count = new Map();
  for (const h of homes.filter((h) => h.woonfunctie !== false)) count.set(h.pand, (count.get(h.pand) ?? 0) + 1);
  const blocks = [...count].filter(([id, n]) => n >= 2 && panden.has(id)).map(([id, n]) => ({ id, n, pand: panden.get(id), at: inside(panden.get(id)) }));
  const apart = (a, b) => Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]);
  // Two buildings in two tiles, as near to each other as there are: both are in sight.
  const inTwo = (a) => (b) => a.pand.tile.file !== b.pand.tile.file;
  const pairs = blocks.filter((a) => a.n >= 4).flatMap((a) => blocks.filter(inTwo(a)).map((b) => [a, b]));
  pairs.sort((a, b) => apart(...a) - apart(...b));
  const [first, second] = pairs[0];
  await page.goto(`/#/pand/${first.pand.tile.col}-${first.pand.tile.row}/${first.id}`);
  await cityShown(page);
  await page.getByRole("link", { name: "Bekijk dit gebouw als VvE" }).click();
  await expect(page.locator("#vve-woningen")).toHaveValue(String(first.n));
  await still(page);
  await picture(page, "bestuur-1-gebouw");

  // Pressed on the map: it counts, and no other page opens. What was filled in stays.
  await page.locator("#vve-naam").fill("VvE De Linden");
  await page.locator("#vve-naam").blur();
  await page.getByRole("button", { name: "Toon op de kaart" }).click();
  await still(page);
  const pressSecond = async () => page.mouse.click(...(await placeOnPage(page, second.at, (second.pand.hoogte_dm ?? 60) / 10)));
  await pressSecond();
  await expect(page.locator("#vve-woningen")).toHaveValue(String(first.n + second.n));
  await expect(page).toHaveURL(/#\/vve~r=/);
  await expect(page.locator("#kop")).toContainText("VvE De Linden");
  await still(page);
  await picture(page, "bestuur-2-twee-gebouwen");
  // In the list it stands too, for whoever uses a keyboard: space takes it out, and in again.
  const box = page.locator(`[data-vve=pand][value="${second.id}"]`);
  await expect(box).toBeChecked();
  await box.focus();
  await page.keyboard.press("Space");
  await expect(page.locator("#vve-woningen")).toHaveValue(String(first.n));
  await still(page);
  await pressSecond();
  await expect(page.locator("#vve-woningen")).toHaveValue(String(first.n + second.n));
  // Once more takes it out; the last one stays.
  await still(page);
  await pressSecond();
  await expect(page.locator("#vve-woningen")).toHaveValue(String(first.n));
  await still(page);
  await pressSecond();

  await page.getByRole("button", { name: "Toon op de kaart" }).click();
  await expect(page.locator("#city")).toBeHidden();
  await page.locator("#vve-kas").fill("€ 40.000");
  await page.locator("#vve-kas").blur();
  await page.locator("#vve-schuif-gas").focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
  await expect(page.locator("#vve-gas")).toHaveValue("1,50");
  await page.locator("#vve-tabel").scrollIntoViewIfNeeded();
  await picture(page, "bestuur-3-tabel");
  await page.locator("#vve-g-maand").scrollIntoViewIfNeeded();
  await picture(page, "bestuur-4-grafieken");
  await page.getByRole("link", { name: "Maak de vergaderstukken" }).click();
  await expect(page.locator("#kop")).toHaveText("Vergaderstukken");
  await expect(page.locator(".blad-cover")).toContainText("VvE De Linden");
  await picture(page, "bestuur-5-stukken");
});
