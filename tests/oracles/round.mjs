// A change-over of sixteen windows on a phone, with the network off: the page that goes round is
// opened once, the network goes, windows are ticked, one is torn, one cannot be opened, one is
// left, photos are taken; file and message are saved.
// usage: node round.mjs PUBLIC DAY BOARD OUT [PICTURE] ; exit 1 on the first thing amiss
import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fail, launch } from './browser.mjs';

const [root, day, board, out, picture] = process.argv.slice(2);
if (!root || !day || !board || !out) fail('usage: node round.mjs PUBLIC DAY BOARD OUT [PICTURE]');
const MIME = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };
const CSP = readFileSync(join(root, '_headers'), 'utf8').match(/Content-Security-Policy: (.*)/i)[1];

const server = createServer((request, response) => {
  let file = join(root, decodeURIComponent(request.url.split('?')[0]));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': MIME[extname(file)] || 'application/octet-stream', 'content-security-policy': CSP });
  response.end(readFileSync(file));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

function expect(good, what) {
  if (!good) throw new Error(what);
  console.log(`ok: ${what}`);
}
async function until(what, check) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await check()) return expect(true, what);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(false, what);
}

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, hasTouch: true });
const page = await context.newPage();
const faults = [];
const asked = [];
page.on('pageerror', (error) => faults.push(error.message));
page.on('console', (message) => { if (/Content Security|violates/i.test(message.text())) faults.push(message.text()); });
page.on('request', (request) => { if (!/^(data|blob):/.test(request.url())) asked.push(new URL(request.url()).pathname); });
await page.clock.install({ time: new Date(`${day}T09:00:00+08:00`) });
const where = `http://127.0.0.1:${server.address().port}/r/${day}/#${board}`;
await page.goto(where);
await until('the worker keeps the page', () => page.evaluate(async () => !!(await (await caches.open('greenboard-round')).match(location.href.split('#')[0]))));
expect(asked.every((path) => /^\/r\//.test(path)), `it asks for nothing else: ${[...new Set(asked)].join(' ')}`);

await context.setOffline(true);
server.closeAllConnections();
await new Promise((resolve) => server.close(resolve));
await page.reload();
const stops = page.locator(`section[id="${board}"] .stop`);
await until('without network it starts again', async () => (await stops.count()) === 16);

// A photo as a phone takes it, larger than what is kept.
const shot = async (shade) => Buffer.from((await page.evaluate((shade) => {
  const canvas = document.createElement('canvas');
  canvas.width = 2400;
  canvas.height = 1800;
  const pen = canvas.getContext('2d');
  pen.fillStyle = shade;
  pen.fillRect(0, 0, 2400, 1800);
  pen.fillStyle = '#fff';
  pen.fillRect(300, 300, 900, 1200);
  return canvas.toDataURL('image/jpeg', 0.95);
}, shade)).split(',')[1], 'base64');

const tap = (card, name) => card.getByRole('button', { name, exact: true }).tap();
for (let at = 0; at < 13; at += 1) await tap(stops.nth(at), '都换好了');
// The fourteenth: all done, but the old sheet came down torn.
await tap(stops.nth(13), '都换好了');
await tap(stops.nth(13), '有不同');
await tap(stops.nth(13), '撕坏了');
// The fifteenth cannot be opened; the sixteenth is left.
await tap(stops.nth(14), '有不同');
await tap(stops.nth(14), '打不开');
for (const at of [0, 1, 13]) {
  await stops.nth(at).locator('input[type=file]').setInputFiles({ name: `IMG_${at}.jpg`, mimeType: 'image/jpeg', buffer: await shot(`hsl(${at * 20} 50% 40%)`) });
  await until(`window ${at + 1} has its photo`, async () => (await stops.nth(at).locator('.shots img').count()) === 1);
}
await stops.nth(2).locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no photo') });
await until('what is no photo is told', async () => /notes\.txt/.test(await stops.nth(2).textContent()));

// The phone put the page away on the way.
await page.reload();
await until('ticks and photos are there again', async () => (await page.locator('.stop.is-done').count()) === 13 && (await page.locator('.shots img').count()) === 3);
const small = await page.evaluate(() => {
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
  const targets = [...document.querySelectorAll('button, .photo, input:not([type=file])')].filter((it) => it.offsetParent);
  return { wide, low: targets.filter((it) => { const box = it.getBoundingClientRect(); return box.height < 44 || box.width < 44; }).map((it) => it.textContent || it.type) };
});
expect(!small.wide, 'nothing is wider than the phone');
expect(small.low.length === 0, `all targets are 44 px or larger ${small.low}`);

await page.getByRole('button', { name: '存成文件，发回去' }).tap();
await until('a name is asked for', async () => /姓名/.test(await page.locator('#end [role=status]').textContent()));
await page.getByLabel('您的姓名').fill('何志远');
if (picture) {
  await page.evaluate((id) => document.getElementById(id).scrollIntoView(), board);
  await page.screenshot({ path: picture });
  await page.screenshot({ path: picture.replace('.png', '-whole.png'), fullPage: true });
}
const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '存成文件，发回去' }).tap()]);
expect(/何志远\.txt$/.test(download.suggestedFilename()), `it is called ${download.suggestedFilename()}`);
await download.saveAs(join(out, 'round.txt'));
await page.getByRole('button', { name: '只发文字（不带照片）' }).tap();
const text = await page.locator('textarea').inputValue();
expect(/没挂（打不开）/.test(text) && /greenboard-round 1 /.test(text), 'the message can be read by people');
writeFileSync(join(out, 'message.txt'), text);
console.log(`file ${statSync(join(out, 'round.txt')).size} bytes, message ${text.length} characters`);
expect(faults.length === 0, `nothing went wrong in the browser ${faults}`);
await browser.close();
