// The whole town under the rules in a real browser: prints one line of JSON with times and digests.
import { test } from "@playwright/test";

test("the whole town", async ({ page }) => {
  await page.goto("/");
  const answer = await page.evaluate(async () => {
    const { default: init, Meter } = await import("/meter.js");
    await init();
    const manifest = await (await fetch("/data/manifest.json")).json();
    const town = new Meter();
    for (const tile of manifest.tiles) {
      town.add(new Uint8Array(await (await fetch(`/data/${tile.file}`)).arrayBuffer()));
    }
    const median = (run) => {
      const times = [];
      for (let i = 0; i < 25; i++) {
        const start = performance.now();
        run(i);
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[12];
    };
    town.begin();
    town.note(2026);
    return {
      homes: town.homes(),
      digest: town.digest(),
      as_is: median((i) => town.evaluate(2026 + (i % 15))),
      changed: median((i) => town.evaluate_changed(2026 + (i % 15))),
      first: median(() => {
        town.begin();
        town.evaluate(2030);
      }),
      trivial: median(() => {
        for (let i = 0; i < 100; i++) town.trivial();
      }) / 100,
    };
  });
  console.log(`METER ${JSON.stringify(answer)}`);
});
