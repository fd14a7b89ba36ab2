// Accessibility of pages as Chromium shows them: axe-core with the rules of
// WCAG 2.2 A and AA and best practice, at phone and desktop width, in light and
// dark, and with the elder-friendly switch on (`light+elder`). Beside axe: faults in scripts, files that do not load, words that
// nobody filled in, and pages that
// scroll sideways at 320 px (WCAG 1.4.10), which axe does not look for.
//
// Usage: node axe.mjs [--widths=375,1280] [--schemes=light,dark,light+elder] URL|FILE|FOLDER...
// Prints one line a fault; exit 1 if there is any, 2 if it cannot run.
import { readFileSync } from 'node:fs';
import { addresses, fail, launch } from './browser.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const REFLOW = 320;
const ELDER = '+elder';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const axeSource = read('./node_modules/axe-core/axe.min.js');
const locale = JSON.parse(read('./node_modules/axe-core/locales/zh_CN.json'));

const options = { widths: '375,1280', schemes: 'light,dark' };
const args = process.argv.slice(2).filter((arg) => {
  const [, name, value] = /^--(widths|schemes)=(.+)$/.exec(arg) ?? [];
  if (name) options[name] = value;
  else if (arg.startsWith('--')) fail(`unknown option ${arg}`);
  return !name;
});
if (!args.length) fail('usage: node axe.mjs [--widths=375,1280] [--schemes=light,dark] URL|FILE|FOLDER...');
const widths = options.widths.split(',').map(Number);
const schemes = options.schemes.split(',');
const urls = addresses(args);

const runs = urls.flatMap((url) => schemes.flatMap((scheme) => widths.map((width) => ({ url, scheme, width }))));
const browser = await launch();
const faults = new Map();
let passes = 0;

// The same fault in several views of one page is one line.
function report(url, text, view) {
  const key = `${decodeURI(url)}: ${text}`;
  faults.set(key, [...(faults.get(key) ?? []), view]);
}

async function judge({ url, scheme, width }) {
  const context = await browser.newContext({
    viewport: { width, height: width < 700 ? 812 : 800 },
    colorScheme: scheme.replace(ELDER, ''),
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    bypassCSP: true,
  });
  const view = `${width}px ${scheme}`;
  const elder = scheme.endsWith(ELDER);
  try {
    // As a reader has it who turned the switch on an earlier page.
    if (elder) await context.addInitScript(() => localStorage.setItem('greenboard-elder', '1'));
    const page = await context.newPage();
    page.on('pageerror', (error) => report(url, `script: ${error.message}`, view));
    page.on('requestfailed', (request) => report(url, `does not load: ${request.url()}`, view));
    page.on('response', (answer) => answer.status() >= 400 && report(url, `${answer.status()}: ${answer.url()}`, view));
    await page.goto(url, { waitUntil: 'load' });
    await page.evaluate(() => document.fonts.ready.then(() => {}));
    // The page for lost readers lies at any depth, and has no script.
    const isLarge = await page.evaluate(() => document.documentElement.classList.contains('is-elder'));
    if (isLarge !== elder && await page.$('.has-elder')) report(url, `elder-friendly mode: ${isLarge ? 'on' : 'off'}`, view);
    const unfilled = await page.evaluate(() => document.body.innerText.match(/\{[a-z]+[|}].*/)?.[0]);
    if (unfilled) report(url, `words not filled in: ${unfilled}`, view);
    // axe reads the style sheets again, which file:// does not allow.
    page.removeAllListeners('requestfailed');
    await page.evaluate(axeSource);
    const result = await page.evaluate(async ([locale, tags]) => {
      axe.configure({ locale });
      return axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        rules: { 'target-size': { enabled: true } }, // off by default, yet WCAG 2.2 AA
      });
    }, [locale, TAGS]);
    passes += result.passes.length;
    for (const { id, impact, help, nodes } of result.violations) {
      for (const node of nodes) {
        const why = (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? '';
        report(url, `${id} (${impact}): ${help}: ${node.target.join(' ')}: ${why}`, view);
      }
    }
    if (width === Math.min(...widths)) {
      await page.setViewportSize({ width: REFLOW, height: 640 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      if (needed > REFLOW) report(url, `reflow: the page is ${needed} px wide in a ${REFLOW} px window`, `${REFLOW}px ${scheme}`);
    }
  } catch (error) {
    report(url, `cannot be opened: ${error.message.split('\n')[0]}`, view);
  } finally {
    await context.close();
  }
}

// Two at a time: one run waits while the other works.
const queue = runs.values();
await Promise.all([0, 1].map(async () => { for (const run of queue) await judge(run); }));
await browser.close();

for (const [fault, views] of [...faults].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${fault} [${views.sort().join(', ')}]`);
console.log(`axe: ${urls.length} pages, ${runs.length} views, ${passes} rules passed, ${faults.size} faults`);
process.exit(faults.size ? 1 : 0);
