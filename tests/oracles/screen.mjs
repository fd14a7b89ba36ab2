// The full-screen page of a screen in Chromium, from a host and from a disk: slides change, night
// is dark, midnight changes the day, the network may go, new slides are picked up, and its record
// of what it played is saved.
// usage: node screen.mjs PUBLIC SCREEN DAY [RECORD] ; PUBLIC is changed, the record is written to
// RECORD ; exit 1 on the first thing amiss
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, launch } from './browser.mjs';

const [root, screen, day, kept_as] = process.argv.slice(2);
if (!root || !screen || !day) fail('usage: node screen.mjs PUBLIC SCREEN DAY [RECORD]');
const MIME = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png', '.svg': 'image/svg+xml' };
const CSP = "default-src 'self'";
const list = join(root, screen, 'slides.js');

function serve(port = 0) {
  const server = createServer((request, response) => {
    const file = join(root, decodeURIComponent(request.url.split('?')[0]));
    if (!existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': MIME[extname(file)] || 'application/octet-stream', 'content-security-policy': CSP, 'cache-control': 'no-store' });
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

function expect(good, what) {
  if (!good) throw new Error(what);
  console.log(`ok: ${what}`);
}

// What a passer-by sees: the words of the slides that are visible, with a picture that is there.
const seen = (page) => page.evaluate(() => [...document.querySelectorAll('.slide')]
  .filter((slide) => getComputedStyle(slide).visibility === 'visible' && slide.querySelector('img').naturalWidth > 0)
  .map((slide) => slide.querySelector('img').alt));
const due = (page, on) => page.evaluate((on) => [...document.querySelectorAll('.slide')]
  .filter((slide) => slide.dataset.from <= on && on <= slide.dataset.to).length, on);

// Waits in true time, as the page's own clock stands still.
async function until(what, check) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await check()) return expect(true, what);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(false, what);
}

const at = (clock) => new Date(`${day}T${clock}:00+08:00`);
const seconds = Number(readFileSync(join(root, screen, 'index.html'), 'utf8').match(/data-seconds="([\d.]+)"/)[1]);

// Plays every slide once more and saves the record as whoever keeps the screen does.
async function record(page) {
  const played = () => page.evaluate(() => JSON.parse(localStorage.getItem(`greenboard-played ${location.pathname}`)));
  const titles = await page.evaluate((on) => [...document.querySelectorAll('.slide')]
    .filter((slide) => slide.dataset.from <= on && on <= slide.dataset.to)
    .map((slide) => slide.querySelector('img').alt), day);
  for (let n = 0; n < titles.length; n += 1) await page.clock.runFor(seconds * 1000 + 50);
  const counts = (await played())[day];
  expect(titles.every((title) => counts[title] >= 1), 'each slide that was due is on record');
  const [download] = await Promise.all([page.waitForEvent('download'), page.evaluate(() => document.querySelector('[data-save]').click())]);
  const file = kept_as || await download.path();
  if (kept_as) await download.saveAs(kept_as);
  const text = readFileSync(file, 'utf8');
  expect(text.startsWith('\ufeff日期,节目名称,播放次数\n'), 'the record is a table that spreadsheets read');
  expect(titles.every((title) => text.includes(`${day},"${title.replace(/"/g, '”')}",${counts[title]}\n`)), 'it says how often each was played');
}

async function shows(page, where) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (/Content Security|violates/i.test(message.text())) faults.push(message.text()); });
  await page.clock.install({ time: at('10:00') });
  await page.goto(where);
  await until('one slide is seen', async () => (await seen(page)).length === 1);
  const first = await seen(page);
  expect(await due(page, day) > 1, 'several slides are due');
  await page.clock.runFor(seconds * 1000 + 50);
  await until('the next slide follows', async () => { const now = await seen(page); return now.length === 1 && now[0] !== first[0]; });
  const style = await page.evaluate(() => {
    const screen = getComputedStyle(document.querySelector('.screen'));
    return { cursor: screen.cursor, ground: getComputedStyle(document.body).backgroundColor, move: getComputedStyle(document.querySelector('.slide')).transitionDuration };
  });
  expect(style.cursor === 'none' && style.ground === 'rgb(0, 0, 0)', 'no cursor, black ground');
  expect(style.move === '0s', 'nothing moves where motion is not wanted');
  return faults;
}

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce', locale: 'zh-CN' });
const kept = readFileSync(list, 'utf8');
try {
  let server = await serve();
  const { port } = server.address();
  const page = await context.newPage();
  const where = `http://127.0.0.1:${port}/${screen}/index.html`;
  const faults = await shows(page, where);
  await until('the worker keeps page and pictures', () => page.evaluate(async () => {
    const cache = await caches.open('greenboard-screen');
    const kept = new Set((await cache.keys()).map((request) => request.url));
    const wanted = [location.href, ...[...document.querySelectorAll('.slides img')].map((image) => image.src)];
    return wanted.every((url) => kept.has(url));
  }));

  await record(page);

  await context.setOffline(true);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await page.reload();
  await until('without network it starts again', async () => (await seen(page)).length === 1);
  await page.clock.runFor(seconds * 1000 + 50);
  await until('and goes on', async () => (await seen(page)).length === 1);

  await page.clock.setSystemTime(at('23:00'));
  await page.clock.runFor(seconds * 1000 + 50);
  const hours = await page.evaluate(() => document.querySelector('.screen').dataset.on !== undefined);
  if (hours) await until('at night it is dark', async () => (await seen(page)).length === 0);
  const later = new Date(at('10:00').getTime() + 8 * 86400000);
  await page.clock.setSystemTime(later);
  await page.clock.runFor(seconds * 1000 + 50);
  const then = later.toISOString().slice(0, 10);
  const expected = Math.min(1, await due(page, then));
  await until('another day shows its own slides', async () => (await seen(page)).length === expected);

  // One slide less, under another version, on a server at the same address.
  const news = JSON.parse(kept.slice(kept.indexOf('(') + 1, kept.lastIndexOf(')')));
  news.slides = news.slides.slice(0, -1);
  news.version = 'changed';
  writeFileSync(list, `greenboardSlides(${JSON.stringify(news)});\n`);
  server = await serve(port);
  await context.setOffline(false);
  await page.clock.setSystemTime(at('11:00'));
  await page.clock.runFor(5 * 60 * 1000 + 100);
  await until('new slides are picked up', async () => await page.evaluate(() => document.querySelectorAll('.slide').length) === news.slides.length);
  expect(faults.length === 0, `no fault, nothing against the policy: ${faults.join('; ')}`);
  server.closeAllConnections();
  server.close();
  await page.close();

  writeFileSync(list, kept);
  const disk = await context.newPage();
  const wrong = await shows(disk, pathToFileURL(join(root, screen, 'index.html')).href);
  writeFileSync(list, `greenboardSlides(${JSON.stringify(news)});\n`);
  await disk.clock.runFor(5 * 60 * 1000 + 100);
  await until('new slides are picked up from a disk', async () => await disk.evaluate(() => document.querySelectorAll('.slide').length) === news.slides.length);
  await disk.keyboard.press('Tab');
  await disk.keyboard.press('Tab');
  await disk.keyboard.press('Space');
  const stopped = await seen(disk);
  await disk.clock.runFor(seconds * 3000);
  expect((await seen(disk))[0] === stopped[0], 'a key stops the slides');
  expect(wrong.length === 0, `no fault from a disk: ${wrong.join('; ')}`);
} catch (error) {
  console.error(`not so: ${error.message.split('\n')[0]}`);
  process.exitCode = 1;
} finally {
  writeFileSync(list, kept);
  await browser.close();
}
