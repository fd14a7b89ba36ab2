// Asks the search page of a built website, opened from the disk, what a scan of the built HTML
// answers too: the pages that say a phrase themselves, these and no others.
//
// Usage: node search.mjs PUBLIC [PHRASES=500] [MOST=200000] [things]
// Half of the phrases stand somewhere, half nowhere; one to eight characters. The first FRESH are
// asked each on a page of its own: what it fetches after the page has come must stay below MOST
// bytes. With `things` also the battery by name, initials and pinyin, and the quiz by keyboard; then
// both without scripts.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fail, launch } from './browser.mjs';

const FRESH = 100;
const [folder, count = '500', most = '200000', things] = process.argv.slice(2);
if (!folder) fail('usage: node search.mjs PUBLIC [PHRASES] [MOST] [things]');
const url = (path) => pathToFileURL(join(folder, path)).href;
let faults = 0;
const check = (fits, said) => { if (!fits) { faults += 1; console.log(said); } };

// The scan: no line of the program's, only the rules that docs/search.md states. Returns a page's
// own words, as `surely` without the blocks that show other things' words, as `perhaps` with them.
function scan(html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const own = [...page.querySelectorAll('main h1, main .prose')];
  if (!own.some((part) => part.matches('.prose'))) return null;
  const inline = new Set('A ABBR B BDI BDO CITE CODE DATA DEL DFN EM FONT I IMG INS KBD MARK PICTURE Q RUBY S SAMP SMALL SOURCE SPAN STRONG SUB SUP TIME U VAR WBR'.split(' '));
  const silent = 'script, style, template, noscript, select, textarea, video, audio, iframe, object, canvas, title, desc, [hidden]';
  const made = '.attachment, .on-board, .alert-title, .columns, .countdown, .figure, .film, .gallery, .things, .qr, .timeline, .steps-block, .data, sup, .back';
  const narrow = (c) => c !== undefined && c < '\u2e80' && /[\p{L}\p{N}]/u.test(c);
  const words = (left) => {
    let text = '';
    const walk = (node) => {
      if (node.nodeType === 3) { text += node.data; return; }
      if (node.nodeType !== 1 || node.matches(left)) return;
      const block = !inline.has(node.nodeName.toUpperCase());
      if (block) text += '\u0001';
      node.childNodes.forEach(walk);
      if (block) text += '\u0001';
    };
    own.forEach(walk);
    return text.split('\u0001').map((block) => block.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).toLowerCase()
      .trim().replace(/\s+/g, (space, at, all) => (narrow(all[at - 1]) && narrow(all[at + space.length]) ? ' ' : ''))).filter(Boolean).join('\n');
  };
  const surely = words(`${silent}, ${made}`);
  return { surely, perhaps: `${surely}\n${words(silent)}\n${page.title.toLowerCase()}` };
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
const isThere = (phrase) => [...texts.values()].some((text) => text.perhaps.includes(phrase));
while (phrases.length < Number(count)) {
  const found = runs(texts.get(names[below(names.length)]).surely);
  if (!found.length) continue;
  const run = found[below(found.length)], length = 1 + (phrases.length % 8);
  const from = below(run.length - length + 1);
  let phrase = run.slice(from, from + length);
  if (phrases.length % 2 && length > 1) {
    const letters = [...phrase];
    phrase = letters.reverse().join('');
    if (isThere(phrase)) continue;
  }
  phrases.push(phrase);
}

let largest = 0;
const sum = [];
async function opened(asked) {
  const page = await context.newPage();
  page.on('request', (request) => { if (request.url().startsWith('file:')) asked.push(request.url()); else check(false, `asks ${request.url()}`); });
  page.on('pageerror', (error) => check(false, `${page.url()}: ${error.message}`));
  await page.goto(url('search/index.html'));
  check(!asked.some((name) => name.includes('search/data')), 'the index is fetched before anybody searches');
  return page;
}

// Asks a page of its own, or `kept`, which has the files that were fetched before.
async function ask(phrase, kept) {
  const asked = [];
  const page = kept ?? await opened(asked);
  const before = asked.length;
  await page.$eval('[data-status]', (said) => { said.textContent = ''; });
  await page.fill('[data-search] input', phrase);
  await page.press('[data-search] input', 'Enter');
  await page.waitForFunction(() => {
    const said = document.querySelector('[data-status]');
    return said.textContent && said.textContent !== said.dataset.waiting;
  }, null, { timeout: 20000 });
  const scripts = asked.filter((name) => /assets\/(search|typing)/.test(name));
  const bytes = [...scripts, ...asked.slice(before)].map((name) => statSync(fileURLToPath(name.split('?')[0])).size);
  const fetched = bytes.reduce((a, b) => a + b, 0);
  if (!kept) {
    largest = Math.max(largest, fetched);
    sum.push(fetched);
    check(fetched < Number(most), `“${phrase}” fetches ${fetched} bytes`);
  }
  const shown = await page.$$eval('.found-words', (all) => all.map((one) => one.textContent));
  while (await page.isVisible('[data-more]')) {
    const had = await page.locator('[data-pages] > li').count();
    await page.click('[data-more]');
    await page.waitForFunction((had) => document.querySelectorAll('[data-pages] > li').length > had, had);
  }
  const links = await page.$$eval('[data-pages] > li .found-title a', (all) => all.map((one) => one.href));
  const answer = new Set(links.map((link) => decodeURI(link).slice(decodeURI(url('')).length).replace(/^\//, '')));
  const marked = await page.$$eval('[data-pages] > li', (all) => all.filter((one) => one.querySelector('mark')).length);
  const found = await page.$$eval('[data-things] > .found-thing', (all) => all.map((one) => one.textContent.trim()));
  if (!kept) await page.close();
  return { answer, links, marked, shown, things: found };
}

const differ = (a, b) => [...a].filter((one) => !b.has(one));
const say = (phrase, kind) => new Set(names.filter((name) => texts.get(name)[kind].includes(phrase)));
const kept = await opened([]);
for (const [at, phrase] of phrases.entries()) {
  const { answer, links, marked } = await ask(phrase, at < FRESH ? undefined : kept);
  const missed = differ(say(phrase, 'surely'), answer), wrong = differ(answer, say(phrase, 'perhaps'));
  check(links.length === answer.size, `“${phrase}”: a page twice`);
  check(!missed.length, `“${phrase}”: not found on ${missed}`);
  check(!wrong.length, `“${phrase}”: wrongly found on ${wrong}`);
  check(marked === answer.size, `“${phrase}”: ${marked} of ${answer.size} show it in its context`);
}
await kept.close();

// The battery, its first bin by whatever is typed.
async function battery() {
  for (const typed of ['电池', 'dianchi', 'dc', 'dianc', 'dchi', 'DC', 'ｄｃ']) {
    const { things: found } = await ask(typed);
    check(found.some((one) => one.includes('电池') && /有害垃圾|其他垃圾/.test(one)), `“${typed}” finds ${found}`);
  }
  const one = await ask('桶');
  const missed = differ(say('桶', 'surely'), one.answer);
  check(!missed.length, `“桶”: not found on ${missed}`);
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
sum.sort((a, b) => a - b);
console.log(`${phrases.length} phrases over ${texts.size} pages, ${sum[sum.length >> 1]} bytes fetched, at most ${largest}: ${faults} faults`);
process.exitCode = faults ? 1 : 0;
