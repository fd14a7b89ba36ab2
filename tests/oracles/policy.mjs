// Pages keep to their own policy: in Chromium nothing of a page is refused by what the page itself,
// its host or the preview says it may load; and a page without that policy is told.
// usage: node policy.mjs PUBLIC PREVIEW PAGE... ; PREVIEW is the address of a preview, or -
// Each page is looked at from a disk, from a host that sends `_headers`, and in the preview, in
// light and dark. Prints a line a fault and a count; exit 1 if there is any.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';
import { host } from './hosted.mjs';

const [root, preview, ...pages] = process.argv.slice(2);
const hosted = await host(root);
const places = [`${pathToFileURL(resolve(root))}/`, hosted.url];
if (preview !== '-') places.push(preview);
const browser = await launch();
const faults = new Set();
let looked = 0;

for (const colorScheme of ['light', 'dark']) {
  const context = await browser.newContext({ colorScheme, locale: 'zh-CN' });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  for (const place of places) {
    for (const path of pages) {
      const url = place.startsWith('file:') ? pathToFileURL(join(resolve(root), path)).href : new URL(path, place).href;
      const page = await context.newPage();
      const fault = (text) => faults.add(`${decodeURI(url)}: ${text}`);
      page.on('pageerror', (error) => fault(`script: ${error.message}`));
      page.on('console', (said) => {
        if (/refused|Content.Security.Policy|Cross-Origin/i.test(said.text())) fault(said.text());
      });
      await page.goto(url, { waitUntil: 'load' });
      await page.waitForTimeout(200);
      const told = await page.evaluate(() => document.querySelectorAll('meta[http-equiv="Content-Security-Policy"]').length);
      if (told !== 1) fault(`${told} policies`);
      const styled = await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.href || sheet.ownerNode));
      if (!styled) fault('no style');
      looked += 1;
      await page.close();
    }
  }
  await context.close();
}
await browser.close();
hosted.close();
for (const fault of [...faults].sort()) console.log(fault);
console.log(`${faults.size} faults on ${looked} looks`);
process.exit(faults.size ? 1 : 0);
