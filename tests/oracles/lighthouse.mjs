// Lighthouse on pages of a built website, served with its own headers: on a telephone of 390 px
// and a desk of 1280 px, light and dark. Accessibility, best practices and SEO must be 100,
// performance 95; nothing may move while a page loads, and the first page (the home page) may
// weigh 200 KB in all.
//
// Usage: node lighthouse.mjs FOLDER PAGE...
// Prints a line a run; exit 1 if any falls short, 2 if it cannot run.
import { existsSync } from 'node:fs';
import lighthouse from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';
import * as chromeLauncher from 'chrome-launcher';
import { host } from './hosted.mjs';

const FLOORS = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
const HOME_BYTES = 200_000;
const SHIFT = 0.005;
// A busy machine makes a page look slow: the best of so many runs counts.
const TRIES = 3;
// Blink's numbers.
const SCHEMES = { light: 1, dark: 0 };

const [folder, ...pages] = process.argv.slice(2);
if (!pages.length || !existsSync(folder)) {
  console.error('usage: node lighthouse.mjs FOLDER PAGE...');
  process.exit(2);
}
const chromePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
const site = await host(folder);

const phone = {
  extends: 'lighthouse:default',
  settings: {
    formFactor: 'mobile',
    screenEmulation: { mobile: true, width: 390, height: 844, deviceScaleFactor: 3, disabled: false },
  },
};
const desk = {
  ...desktop,
  settings: { ...desktop.settings, screenEmulation: { ...desktop.settings.screenEmulation, width: 1280, height: 800 } },
};

let faults = 0;
let runs = 0;
for (const [scheme, number] of Object.entries(SCHEMES)) {
  const chrome = await chromeLauncher.launch({
    chromePath,
    chromeFlags: [
      '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', `--blink-settings=preferredColorScheme=${number}`,
    ],
  });
  for (const page of pages) {
    for (const [width, config] of [[390, phone], [1280, desk]]) {
      const isHome = page === pages[0];
      let verdict;
      for (let tried = 0; tried < TRIES && (!verdict || verdict.faults.length); tried += 1) {
        verdict = await judge(new URL(page, site.url).href, chrome.port, config, isHome);
      }
      runs += 1;
      if (verdict.faults.length) faults += 1;
      console.log(`${page} ${width}px ${scheme}: ${verdict.said}${verdict.faults.length ? ` FAULTS ${verdict.faults.join(', ')}` : ''}`);
    }
  }
  await chrome.kill();
}
site.close();
console.log(`lighthouse: ${pages.length} pages, ${runs} runs, ${faults} fall short`);
process.exit(faults ? 1 : 0);

async function judge(url, port, config, isHome) {
  const run = await lighthouse(url, { port, output: 'json', logLevel: 'error', locale: 'zh', onlyCategories: Object.keys(FLOORS) }, config);
  const { categories, audits, runtimeError } = run.lhr;
  if (runtimeError) return { said: runtimeError.message, faults: ['cannot run'] };
  const scores = Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)]);
  const found = scores.filter(([name, score]) => score < FLOORS[name]).map(([name]) => {
    const bad = categories[name].auditRefs.filter(({ id, weight }) => weight && audits[id].score !== null && audits[id].score < 0.9);
    return `${name} (${bad.map(({ id }) => id).join(' ')})`;
  });
  const bytes = audits['total-byte-weight'].numericValue;
  const shift = audits['cumulative-layout-shift'].numericValue;
  if (isHome && bytes > HOME_BYTES) found.push(`${bytes} bytes`);
  if (shift > SHIFT) found.push(`layout shift ${shift}`);
  const largest = Math.round(audits['largest-contentful-paint'].numericValue);
  return { said: `${scores.map(([name, score]) => `${name} ${score}`).join(', ')}; ${Math.round(bytes / 1000)} KB, shift ${shift.toFixed(3)}, largest after ${largest} ms`, faults: found };
}
