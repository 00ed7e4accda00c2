// Which homes a main reaches, by trying every home of the served data set: what the page finds another way must be the same.
import { readTown } from "./support.mjs";

/** Metres from a place to a stretch. */
function apart([px, py], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - along * dx, py - ay - along * dy);
}

/** Homes at most that far from a line, as the page writes their number. */
export async function within(line, metres) {
  const { homes, panden } = await readTown();
  const isHome = (h) => h.woonfunctie !== false && panden.has(h.pand);
  const stretches = line.slice(1).map((to, i) => [line[i], to]);
  const count = homes.filter((h) => isHome(h) && stretches.some(([a, b]) => apart(h.at, a, b) <= metres)).length;
  return String(count).replace(/\B(?=(\d{3})+$)/g, ".");
}

/** Where the page says it. */
export const reached = (page) => page.locator("#net-gevolg dl.big dd").first();
