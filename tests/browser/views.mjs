// Every view of the page, for the tests that go through all of them.
import { aSingleHome, readTown } from "./support.mjs";

/** `[name, hash]` of each view, as it is in the served data set. */
export async function views() {
  const { manifest, panden } = await readTown();
  const home = await aSingleHome();
  const figures = async (entry) => (await fetch(new URL(`data/${entry.file}`, process.env.GASVRIJ_URL))).json();
  const { buurten } = await figures(manifest.figures.buurten);
  const area = buurten.find((b) => b.woningen !== null);
  const { plannen } = await figures(manifest.figures.plannen);
  const year = plannen.flatMap((p) => [p.start, p.aangewezen_jaar]).find(Boolean) ?? 2030;
  const house = `#/huis/${home.id}`;
  const [pand, { tile }] = [...panden].find(([, pand]) => pand.nvbo > 1);
  return {
    home,
    area,
    year,
    all: [
      ["start", "#/"],
      ["huis", house],
      ["waarom", `${house}/waarom`],
      ["klopt-niet", `${house}/klopt-niet`],
      ["vergelijk", `${house}/vergelijk`],
      ["pand", `#/pand/${tile.col}-${tile.row}/${pand}`],
      ["buurten", "#/buurt"],
      ["buurt", `#/buurt/${area.code}`],
      ["huizen", `#/buurt/${area.code}/huizen`],
      ["plannen", "#/plannen"],
      ["plannen-jaar", `#/plannen/${year}`],
      ["tijdlijn", `#/tijdlijn/${year}`],
      ["verhaal", "#/verhaal/plannen/1"],
      ["net", "#/net"],
      ["zaal", "#/zaal"],
      ["over", "#/over"],
      ["begrippen", "#/begrippen"],
      ["vve", "#/vve"],
      ["vve-pand", `#/vve/pand/${tile.col}-${tile.row}/${pand}`],
      ["vve-stukken", "#/vve/stukken"],
      ["fout", "#/huis/0000000000000001"],
    ],
  };
}

/** Goes to a view without loading the page again, and waits until it stands there. The table of an owners' association puts
 * its calculation behind the address, and that of a building leads to the table. */
export async function goTo(page, hash) {
  await page.evaluate((to) => {
    if (location.hash === to) return;
    // What stands there now is not what is waited for.
    document.querySelector("#kop")?.setAttribute("data-old", "");
    location.hash = to;
  }, hash);
  await page.waitForFunction(
    ([to, table]) =>
      (location.hash === to || location.hash.startsWith(`${table}~`)) &&
      document.querySelector(to === "#/" ? ".start" : "#kop:not([data-old])"),
    [hash, hash.replace(/^#\/vve\/pand.*/, "#/vve")],
  );
}

/** Opens the page without its 3D map: drawn in software it would take the time of all else. */
export async function withoutCity(page) {
  await page.addInitScript(() => {
    const known = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind === "webgl2" ? null : known.call(this, kind, ...rest);
    };
  });
  await page.goto("/");
  await page.locator('#toneel[data-kaart="kan-niet"]').waitFor({ state: "attached" });
}
