// Asks the search page of a built website, opened from the disk, what a scan of the built HTML
// answers too: the pages whose visible text holds a phrase, these and no others.
//
// Usage: node search.mjs PUBLIC [PHRASES=40] [MOST=200000] [things]
// Half of the phrases stand somewhere, half nowhere; two to eight characters. Each is asked on a
// fresh page; what it fetches after the page has come must stay below MOST bytes. With `things`
// also the battery by name, initials and pinyin, and the quiz by keyboard; then both without
// scripts.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fail, launch } from './browser.mjs';

const [folder, count = '40', most = '200000', things] = process.argv.slice(2);
if (!folder) fail('usage: node search.mjs PUBLIC [PHRASES] [MOST] [things]');
const url = (path) => pathToFileURL(join(folder, path)).href;
let faults = 0;
const check = (fits, said) => { if (!fits) { faults += 1; console.log(said); } };

// The scan: no line of the program's, only the rules that docs/search.md states.
function scan(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  if (page.querySelector('meta[name=robots][content*=noindex]')) return null;
  const inline = new Set('A ABBR B BDI BDO CITE CODE DATA DEL DFN EM FONT I IMG INS KBD MARK PICTURE Q RUBY S SAMP SMALL SOURCE SPAN STRONG SUB SUP TIME U VAR WBR'.split(' '));
  const silent = 'script, style, template, noscript, select, textarea, video, audio, iframe, object, canvas, rt, rp, title, desc, [hidden]';
  let text = '';
  const walk = (node) => {
    if (node.nodeType === 3) { text += node.data; return; }
    if (node.nodeType !== 1 || node.matches(silent)) return;
    const block = !inline.has(node.nodeName.toUpperCase());
    if (block) text += '\u0001';
    node.childNodes.forEach(walk);
    if (block) text += '\u0001';
  };
  walk(page.querySelector('main') ?? page.body);
  const narrow = (c) => c !== undefined && c < '\u2e80' && /[\p{L}\p{N}]/u.test(c);
  return text.split('\u0001').map((block) => block.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).toLowerCase()
    .trim().replace(/\s+/g, (space, at, all) => (narrow(all[at - 1]) && narrow(all[at + space.length]) ? ' ' : ''))).filter(Boolean).join('\n');
}

const browser = await launch();
const context = await browser.newContext();
// Each language of a website has a search of its own, over its own pages.
const further = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/search/index.html`));
const files = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.html') && !further.some((tag) => name.startsWith(`${tag}/`))).sort();
const scanner = await context.newPage();
const texts = new Map();
for (let from = 0; from < files.length; from += 100) {
  const some = files.slice(from, from + 100);
  const found = await scanner.evaluate(`(${scan}, ${JSON.stringify(some.map((name) => readFileSync(join(folder, name), 'utf8')))}.map(${scan}))`);
  some.forEach((name, i) => { if (found[i] !== null) texts.set(name, found[i]); });
}
await scanner.close();

// The same phrases each time: pieces of what is there, and pieces turned about until they are not.
let seed = 20261125;
const below = (bound) => (seed = (seed * 1103515245 + 12345) % 2147483648) % bound;
const names = [...texts.keys()];
const runs = (text) => text.match(/[\p{Script=Han}0-9a-z]{8,}/gu) ?? [];
const phrases = [];
const isThere = (phrase) => [...texts.values()].some((text) => text.includes(phrase));
while (phrases.length < Number(count)) {
  const found = runs(texts.get(names[below(names.length)]));
  if (!found.length) continue;
  const run = found[below(found.length)], length = 2 + (phrases.length % 7);
  const from = below(run.length - length + 1);
  let phrase = run.slice(from, from + length);
  if (phrases.length % 2) {
    const letters = [...phrase];
    phrase = letters.reverse().join('');
    if (isThere(phrase)) continue;
  }
  phrases.push(phrase);
}

let largest = 0;
async function ask(phrase) {
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => { if (request.url().startsWith('file:')) asked.push(request.url()); else check(false, `asks ${request.url()}`); });
  page.on('pageerror', (error) => check(false, `“${phrase}”: ${error.message}`));
  await page.goto(url('search/index.html'));
  const before = asked.length;
  check(!asked.some((name) => name.includes('search/data')), 'the index is fetched before anybody searches');
  await page.fill('[data-search] input', phrase);
  await page.waitForFunction((phrase) => {
    const said = document.querySelector('[data-status]');
    return said.textContent && said.textContent !== said.dataset.waiting;
  }, phrase, { timeout: 20000 });
  const scripts = asked.filter((name) => /assets\/(search|typing)/.test(name));
  const bytes = [...scripts, ...asked.slice(before)].map((name) => statSync(fileURLToPath(name.split('?')[0])).size);
  const fetched = bytes.reduce((a, b) => a + b, 0);
  largest = Math.max(largest, fetched);
  check(fetched < Number(most), `“${phrase}” fetches ${fetched} bytes`);
  const shown = await page.$$eval('.found-words', (all) => all.map((one) => one.textContent));
  while (await page.isVisible('[data-more]')) {
    const had = await page.locator('[data-pages] > li').count();
    await page.click('[data-more]');
    await page.waitForFunction((had) => document.querySelectorAll('[data-pages] > li').length > had, had);
  }
  const links = await page.$$eval('[data-pages] > li .found-title a', (all) => all.map((one) => one.href));
  const answer = new Set(links.map((link) => decodeURI(link).slice(decodeURI(url('')).length).replace(/^\//, '')));
  const marked = await page.$$eval('[data-pages] > li', (all) => all.filter((one) => one.querySelector('mark')).length);
  const found = await page.$$eval('[data-things] > .thing', (all) => all.map((one) => one.textContent.trim()));
  await page.close();
  return { answer, links, marked, shown, things: found };
}

const differ = (a, b) => [...a].filter((one) => !b.has(one));
for (const phrase of phrases) {
  const wanted = new Set(names.filter((name) => texts.get(name).includes(phrase)));
  const { answer, links, marked } = await ask(phrase);
  check(links.length === answer.size, `“${phrase}”: a page twice`);
  check(!differ(wanted, answer).length, `“${phrase}”: not found on ${differ(wanted, answer)}`);
  check(!differ(answer, wanted).length, `“${phrase}”: wrongly found on ${differ(answer, wanted)}`);
  check(marked === answer.size, `“${phrase}”: ${marked} of ${answer.size} show it in its context`);
}

// The battery, its first bin by whatever is typed.
async function battery() {
  for (const typed of ['电池', 'dianchi', 'dc', 'dianc', 'dchi', 'DC', 'ｄｃ']) {
    const { things: found } = await ask(typed);
    check(found.some((one) => one.includes('电池') && /有害垃圾|其他垃圾/.test(one)), `“${typed}” finds ${found}`);
  }
  const one = await ask('桶');
  const wanted = names.filter((name) => texts.get(name).includes('桶'));
  check(one.answer.size === wanted.length, `“桶”: ${one.answer.size} pages, a scan finds ${wanted.length}`);
}

// Ten questions by the keyboard alone.
async function quiz() {
  const page = await context.newPage();
  await page.goto(url('sorting/quiz/index.html'));
  for (let question = 0; question < 10; question += 1) {
    if (question % 2) await page.keyboard.press(String(1 + (question % 4)));
    else {
      if (!question) await page.locator('[data-bin]').first().focus();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    }
    const verdict = await page.locator('[data-verdict]').textContent();
    check(verdict, `question ${question + 1} is not answered by a key`);
    check(await page.evaluate(() => document.activeElement.matches('[data-next]')), 'the next question is not at hand');
    await page.keyboard.press('Enter');
  }
  const score = await page.locator('[data-score]').last().textContent();
  check(/10/.test(score), `the quiz ends with “${score}”`);
  await page.keyboard.press('Tab');
  while (!(await page.evaluate(() => document.activeElement.matches('[data-again]')))) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  check(await page.isVisible('[data-round]'), 'the quiz does not begin again');
  await page.close();
}

// Without scripts everything is still within reach.
async function withoutScripts() {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(url('index.html'));
  await page.fill('#q-top', '电池');
  await page.press('#q-top', 'Enter');
  check(page.url().includes('search/index.html'), 'the field in the head leads nowhere');
  await page.click('[data-without] a[href$="sorting/guide/index.html"]');
  check((await page.locator('.item').count()) > 100 && await page.isVisible('.item >> nth=0'), 'the guide is no list');
  await page.goto(url('sorting/quiz/index.html'));
  await page.click('summary >> nth=0');
  check(await page.isVisible('details[open] .quiz-bin'), 'the quiz has no answers');
  await plain.close();
}

if (things) { await battery(); await quiz(); await withoutScripts(); }
await browser.close();
console.log(`${phrases.length} phrases over ${texts.size} pages, at most ${largest} bytes fetched: ${faults} faults`);
process.exitCode = faults ? 1 : 0;
