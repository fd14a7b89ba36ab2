// Drives `greenboard serve` as a writer would, with a browser open beside it: edit, rename,
// delete, break and mend a page; each must show by itself.
// usage: node serve.mjs PROGRAM EMPTY_FOLDER ; exit 1 on the first thing that does not show
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [program, root] = process.argv.slice(2);
const put = (path, text) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
};
const page = (title, body) => `---\ntitle: ${title}\ndate: 2026-01-01\ntopics: [water]\n---\n${body}\n`;

put('greenboard.yaml', 'format: 1\ntitle: 小院\n');
put('content/_index.md', '---\ntitle: 小院\n---\n欢迎。\n');
put('content/living/_index.md', '---\ntitle: 绿色生活\n---\n做法。\n');
put('content/living/tap.md', page('关水', '拧紧水龙头。'));

const server = spawn(program, ['serve', '--port', '0', '--today', '2026-11-10'], { cwd: root });
const base = await new Promise((resolve, reject) => {
  let said = '';
  server.stdout.on('data', (chunk) => {
    said += chunk;
    const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
    if (found) resolve(found[0]);
  });
  server.on('exit', () => reject(new Error(`the preview ended: ${said}`)));
  setTimeout(() => reject(new Error(`the preview does not start: ${said}`)), 20000);
});

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
// How long a change may take to show on a busy machine, in milliseconds; what it takes is printed.
const PATIENCE = 10000;
let failed = 0;
const tab = await browser.newPage();
const shows = async (what, text) => {
  const start = Date.now();
  try {
    await tab.waitForFunction((wanted) => document.body && document.body.innerText.includes(wanted), text, { timeout: PATIENCE, polling: 20 });
    console.log(`ok ${what}: ${Date.now() - start} ms`);
  } catch {
    failed += 1;
    console.log(`FAULT ${what}: “${text}” does not show in time`);
  }
};

try {
  await tab.goto(`${base}/living/tap/index.html`);
  await shows('first look', '拧紧水龙头');
  await tab.waitForTimeout(300);

  put('content/living/tap.md', page('关水', '出门前关总阀。'));
  await shows('edit', '出门前关总阀');

  put('content/living/tap.md', page('关水', '出门前关总阀。').replace('topics', 'topcs'));
  await shows('break: the message', 'G107');
  await shows('break: the last good page', '出门前关总阀');

  put('content/living/tap.md', page('关水', '改好了。'));
  await shows('mend', '改好了');
  if ((await tab.content()).includes('G107')) { failed += 1; console.log('FAULT mend: the message stays'); }

  await tab.goto(`${base}/living/index.html`);
  await tab.waitForTimeout(300);
  renameSync(join(root, 'content/living/tap.md'), join(root, 'content/living/valve.md'));
  await tab.waitForFunction(() => document.querySelector('a[href*="valve/index.html"]') && !document.querySelector('a[href*="tap/index.html"]'), null, { timeout: PATIENCE, polling: 20 })
    .then(() => console.log('ok rename'), () => { failed += 1; console.log('FAULT rename: the list is stale'); });

  rmSync(join(root, 'content/living/valve.md'));
  await tab.waitForFunction(() => !document.querySelector('a[href*="valve/index.html"]'), null, { timeout: PATIENCE, polling: 20 })
    .then(() => console.log('ok delete'), () => { failed += 1; console.log('FAULT delete: the list is stale'); });
  const gone = await tab.goto(`${base}/living/valve/index.html`);
  if (gone.status() !== 404) { failed += 1; console.log(`FAULT delete: the page answers ${gone.status()}`); }
} finally {
  await browser.close();
  server.kill();
}
console.log(`${failed} faults`);
process.exit(failed ? 1 : 0);
