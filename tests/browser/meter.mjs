// The whole town under the rules in a real browser: prints one line of JSON with times and digests.
import { test } from "@playwright/test";

test("the whole town", async ({ page }) => {
  await page.goto("/");
  const answer = await page.evaluate(async () => {
    const { default: init, Town } = await import("/meter.js");
    await init();
    const manifest = await (await fetch("/data/manifest.json")).json();
    const town = new Town();
    for (const tile of manifest.tiles) {
      town.add(new Uint8Array(await (await fetch(`/data/${tile.file}`)).arrayBuffer()));
    }
    const median = (run) => {
      const times = [];
      for (let i = 0; i < 25; i++) {
        const start = performance.now();
        run();
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[12];
    };
    town.evaluate(2026);
    const digest = town.digest();
    town.evaluate_changed(2040);
    const changed_digest = town.digest();
    return {
      homes: town.homes(),
      digest,
      changed_digest,
      as_is: median(() => town.evaluate(2030)),
      changed: median(() => town.evaluate_changed(2030)),
      trivial: median(() => {
        for (let i = 0; i < 100; i++) town.trivial();
      }) / 100,
    };
  });
  console.log(`METER ${JSON.stringify(answer)}`);
});
