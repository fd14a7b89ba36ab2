// Whether what a reader looks at moves while a page loads: scripts, fonts and pictures come late,
// as on a poor line, at phone and desktop width.
//
// Usage: node shift.mjs PUBLIC PAGE...
// Prints one line a fault; exit 1 if there is any, 2 if it cannot run.
import { fail, launch } from './browser.mjs';
import { host } from './hosted.mjs';

const VIEWS = [{ width: 390, height: 844 }, { width: 1280, height: 800 }];
const LATE = /\.(js|woff2|webp|png|jpg|json)$/;
const DELAY = 400; // ms
const SEEN = 0.02; // less: a word that takes its font, a part of the head that comes a moment later
const AT_ONCE = 6; // pages

const [root, ...pages] = process.argv.slice(2);
if (!pages.length) fail('usage: node shift.mjs PUBLIC PAGE...');

// In the page: every move, with what moved.
function watch() {
  window.moves = [];
  const name = ({ node }) => {
    const element = node?.nodeType === 1 ? node : node?.parentElement;
    return element ? `${element.localName}.${element.getAttribute('class') ?? ''}` : 'what is gone';
  };
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) window.moves.push({ value, what: sources.map(name) });
  }).observe({ type: 'layout-shift', buffered: true });
}

const site = await host(root);
const browser = await launch();
const faults = [];

async function judge({ path, viewport }) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.route((url) => LATE.test(url.pathname), async (route) => {
    await new Promise((done) => setTimeout(done, DELAY));
    await route.continue().catch(() => {}); // the page may be gone
  });
  await page.goto(site.url + path, { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
  for (const { value, what } of await page.evaluate(() => window.moves)) {
    if (value < SEEN) continue;
    faults.push(`${path} ${viewport.width}px: moves by ${value.toFixed(3)}: ${what.join(', ')}`);
  }
  await context.close();
}

const jobs = pages.flatMap((path) => VIEWS.map((viewport) => ({ path, viewport })));
const runs = jobs.length;
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  while (jobs.length) await judge(jobs.shift());
}));
await browser.close();
site.close();
for (const fault of faults.sort()) console.log(fault);
console.log(`shift: ${pages.length} pages, ${runs} runs, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
