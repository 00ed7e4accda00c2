// What nobody types by accident, in the address bar and in the search box: it is shown as text or refused in a sentence.
import { expect, searchBox, test } from "./support.mjs";

/** 500 texts: script, other directions of writing, nothing visible, too much, halves of characters, names of objects. */
function hostile() {
  const seeds = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "\"><svg onload=window.ran=1>",
    "'-window.ran=1-'",
    "javascript:window.ran=1",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "{{constructor.constructor('window.ran=1')()}}",
    "${window.ran=1}",
    "\u202Etaartsuoiwr 12",
    "\u2066Riouwstraat\u2069",
    "\u200B\u200B\u200B",
    "Riouw\u200Dstraat\uFEFF 1",
    "\u0000",
    "a\u0000b",
    "\uD800",
    "\uDC00x",
    "__proto__",
    "constructor",
    "toString",
    "%",
    "%00%0a%0d",
    "%25".repeat(40),
    "%E0%A4%A",
    "../".repeat(30),
    "huis/__proto__",
    "huis/0392010912345678/<script>",
    "huis/99999999999999999999999999",
    "pand/4294967296-1/0392100000000001",
    "pand/-1--1/x",
    "huis/1~v=<img src=x onerror=window.ran=1>~b=AEL-G~c=%%%",
    "~v=1~v=2~c=",
    "1".repeat(400),
    "a ".repeat(400),
    "é".normalize("NFD").repeat(300),
    "🏠".repeat(100),
    "-1",
    "0",
    "1e309 1e309",
    "NaN 12",
    "2021AB 99999999999999999999",
  ];
  const all = [...seeds, "x".repeat(1_000_000), "<b>".repeat(300_000)];
  for (let i = 0; all.length < 500; i++) {
    const [a, b] = [seeds[i % seeds.length], seeds[(i * 7 + 3) % seeds.length]];
    all.push(i % 2 ? `${a}${b}` : `Damhof ${i} ${a}`);
  }
  return all;
}

/** Puts each text in the address bar or in the search box, and returns what must not have come of it. */
async function faults(page, where) {
  return page.evaluate(
    async ([texts, where]) => {
      const found = [];
      addEventListener("securitypolicyviolation", (event) => found.push(`policy: ${event.violatedDirective}`));
      addEventListener("error", (event) => found.push(`error: ${event.message}`));
      const field = document.getElementById("zoek-veld");
      for (const text of texts) {
        if (where === "hash") {
          location.hash = `#/${text}`;
        } else {
          field.value = text;
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        await new Promise((done) => setTimeout(done, 4));
        const strange = document.querySelector("main script, main img, main iframe, main svg[onload]");
        if (strange) found.push(`${strange.outerHTML.slice(0, 80)} by ${text.slice(0, 60)}`);
        if (window.ran) found.push(`a script ran by ${text.slice(0, 60)}`);
        delete window.ran;
      }
      return found;
    },
    [hostile(), where],
  );
}

test.describe("500 hostile texts", () => {
  test("in the address bar run nothing, and the page stays", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("body[data-view=zoeken]")).toBeVisible();
    const found = await faults(page, "hash");
    expect(found).toEqual([]);
    await page.evaluate(() => (location.hash = "#/"));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });

  test("in the search box run nothing, and the next search works", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("body[data-view=zoeken]")).toBeVisible();
    const found = await faults(page, "box");
    expect(found).toEqual([]);
    await searchBox(page).fill("Xyzzyplein 999");
    await expect(page.getByText("Geen adres gevonden").first()).toBeVisible();
    await searchBox(page).fill("x".repeat(500));
    expect((await searchBox(page).inputValue()).length).toBe(120);
  });
});

for (const hash of ["#/huis/12", "#/oude-pagina/3", "#/pand/1-2"]) {
  test(`the old or foreign link ${hash} opens the search and says why`, async ({ page }) => {
    await page.goto(`/${hash}`);
    await expect(page.getByText("Deze link kennen wij niet")).toBeVisible();
    await expect(searchBox(page)).toBeVisible();
    await page.evaluate(() => (location.hash = "#/over"));
    await expect(page.getByText("Deze link kennen wij niet")).toBeHidden();
  });
}
