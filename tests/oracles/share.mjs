// The article for the WeChat editor, as staff use it: the button copies it as HTML and as words, what is
// copied loses nothing in the editor, and it looks the same afterwards on a telephone.
//
// Usage: node share.mjs ARTICLE.html [OUT-FOLDER]
//
// The editor is stood in for by what is known of it: it keeps these elements and styles and no others,
// takes list items out of lists within them, and fetches no pictures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch } from './browser.mjs';

const [file, out] = process.argv.slice(2);
if (!file) { console.error('usage: node share.mjs ARTICLE.html [OUT-FOLDER]'); process.exit(2); }
if (out) mkdirSync(out, { recursive: true });

const faults = [];
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
await context.grantPermissions(['clipboard-read', 'clipboard-write']);
const page = await context.newPage();
page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
await page.goto(pathToFileURL(resolve(file)).href);
if (out) await page.screenshot({ path: join(out, 'page.png'), fullPage: true });

// The button.
await page.click('#copy');
await page.waitForFunction(() => document.getElementById('copy').textContent === document.getElementById('copy').dataset.done, null, { timeout: 5000 })
  .catch(() => faults.push('the button does not say that it is done'));
const copied = await page.evaluate(async () => {
  const [item] = await navigator.clipboard.read();
  const text = async (type) => (item.types.includes(type) ? (await item.getType(type)).text() : '');
  return { html: await text('text/html'), plain: await text('text/plain') };
}).catch((error) => { faults.push(`clipboard: ${error.message}`); return { html: '', plain: '' }; });

const words = (text) => text.replace(/\s+/g, '');
const article = await page.evaluate(() => document.getElementById('js_content').innerText);
const shown = words(article).replace(/\u00a0/g, '');
if (!copied.html.includes('<section')) faults.push('no HTML is copied');
const bare = words(copied.plain).replace(/ /g, '').replace(/【图\d+】/g, '');
if (bare.length < shown.length) faults.push(`words are lost: ${bare.length} of ${shown.length} are copied`);
if (/<img/.test(copied.html)) faults.push('a picture of this folder is copied, which no editor can fetch');
const n = await page.evaluate(() => document.querySelectorAll('#js_content img').length);
for (let i = 1; i <= n; i += 1) if (!copied.html.includes(`${i}】`)) faults.push(`picture ${i} has no place in what is copied`);

// What the editor does to it.
const strip = (html) => {
  const KEPT = new Set(['SECTION', 'P', 'SPAN', 'STRONG', 'BR', 'IMG', 'TABLE', 'TBODY', 'TR', 'TD', 'TH', 'BLOCKQUOTE', 'UL', 'OL', 'LI', 'H1', 'H2', 'H3', 'H4', 'EM']);
  const holder = document.createElement('div');
  holder.innerHTML = html;
  const lost = [];
  holder.querySelectorAll('style, script, link, meta').forEach((it) => it.remove());
  for (const it of [...holder.querySelectorAll('*')]) {
    if (!KEPT.has(it.tagName)) { lost.push(it.tagName); it.replaceWith(...it.childNodes); continue; }
    for (const { name } of [...it.attributes]) {
      if (!['style', 'src', 'alt', 'colspan', 'rowspan'].includes(name)) { lost.push(`${it.tagName} ${name}`); it.removeAttribute(name); }
    }
    for (const property of [...it.style]) {
      const value = it.style.getPropertyValue(property);
      const goes = /^(position|top|left|right|bottom|z-index|float|transform|animation|cursor|background-image)/.test(property)
        ? value !== 'initial' && value !== '' : /url\(|var\(|expression/.test(value);
      if (goes) { lost.push(`${property}: ${value}`); it.style.removeProperty(property); }
    }
  }
  for (const inner of [...holder.querySelectorAll('li ul, li ol')]) { lost.push('a list in a list'); inner.closest('li').after(inner); }
  return { html: holder.innerHTML, lost };
};
const before = await page.evaluate(() => document.getElementById('js_content').innerHTML);
const stripped = await page.evaluate(`(${strip})(${JSON.stringify(before)})`);
for (const lost of new Set(stripped.lost)) faults.push(`the editor drops ${lost}`);

const bed = (html) => `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<base href="${pathToFileURL(resolve(file)).href}"><body style="margin:0;padding:20px 16px;font-family:sans-serif">${html}`;
const views = [];
for (const [name, html] of [['before', before], ['after', stripped.html]]) {
  const path = join(resolve(file), '..', `.${name}.html`);
  writeFileSync(path, bed(html));
  await page.goto(pathToFileURL(path).href);
  await page.waitForLoadState('networkidle');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 390) faults.push(`${name}: it is ${wide} pixels wide on a telephone of 390`);
  const small = await page.evaluate(() => [...document.querySelectorAll('p, td, th')]
    .filter((it) => it.innerText.trim() && parseFloat(getComputedStyle(it).fontSize) > 0)
    .map((it) => parseFloat(getComputedStyle(it).fontSize)).filter((size) => size < 12).length);
  if (small) faults.push(`${name}: ${small} lines are smaller than 12 pixels`);
  views.push(await page.screenshot({ fullPage: true, ...(out ? { path: join(out, `${name}.png`) } : {}) }));
  const { rmSync } = await import('node:fs');
  rmSync(path);
}
if (!views[0].equals(views[1])) faults.push('it looks different after the editor');
await browser.close();
for (const fault of faults) console.log(`${file}: ${fault}`);
console.log(`${faults.length} faults, ${shown.length} characters, ${n} pictures`);
process.exit(faults.length ? 1 : 0);
