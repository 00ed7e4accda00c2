// How the browser tests run: one browser, one page at a time, drawn in software so that every machine sees the same.
import { defineConfig } from "@playwright/test";

const software = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];

export default defineConfig({
  testDir: ".",
  outputDir: `${process.env.GASVRIJ_MADE ?? "/tmp"}/browser-output`,
  snapshotPathTemplate: "{testDir}/transcripts/{arg}{ext}",
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    actionTimeout: 20_000,
    baseURL: process.env.GASVRIJ_URL,
    browserName: "chromium",
    locale: "nl-NL",
    viewport: { width: 1280, height: 800 },
    // Its own sandbox cannot start inside most build machines; only pages of this project are opened.
    launchOptions: { executablePath: process.env.CHROMIUM, args: ["--no-sandbox", ...software] },
  },
  projects: [
    { name: "tests", testMatch: /.*\.spec\.mjs/ },
    { name: "meter", testMatch: /meter\.mjs/ },
    { name: "map", testMatch: /map\.mjs/, timeout: 600_000 },
    { name: "scale", testMatch: /scale\.mjs/, timeout: 600_000 },
    { name: "speed", testMatch: /speed\.mjs/, timeout: 1_200_000 },
    { name: "lighthouse", testMatch: /lighthouse\.mjs/, timeout: 600_000 },
    { name: "shots", testMatch: /shots\.mjs/, timeout: 300_000 },
  ],
});
