// A browser with a folder of its own, and pages that note all that goes wrong in them.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const FOLDER = process.env.CLAIMDIFF_PAGES;

export async function launch(options = {}) {
  const profile = await mkdtemp(join(tmpdir(), "claimdiff-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ARGS,
    reducedMotion: "reduce",
    ...options,
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

// Opens a page of the folder. `page.wrong` holds errors, messages of the console, and requests but the one for the page.
export async function open(context, name, { width = 1400, height = 900, scheme = "light" } = {}) {
  const page = await context.newPage();
  page.wrong = [];
  page.on("pageerror", (error) => page.wrong.push(`error: ${error.message}`));
  page.on("console", (message) => page.wrong.push(`console: ${message.text()}`));
  page.on("dialog", (dialog) => {
    page.wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  const own = pathToFileURL(join(FOLDER, name.replace(/#.*/, ""))).href;
  page.on("request", (request) => {
    if (request.url().replace(/#.*/, "") !== own) page.wrong.push(`request: ${request.url()}`);
  });
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await page.goto(own + (name.match(/#.*/)?.[0] ?? ""));
  return page;
}
