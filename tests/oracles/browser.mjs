// What axe.mjs and screenshot.mjs share: the installed Chromium, and the
// arguments turned into addresses.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

// No sandbox (root in a container), nothing that talks to the network.
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage', '--font-render-hinting=none',
];

export function launch() {
  const paths = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = paths.find((path) => path && existsSync(path));
  if (!executablePath) fail('no Chromium: apt-get install chromium, or set CHROMIUM to its path');
  return chromium.launch({ executablePath, args: FLAGS });
}

// An address stays; a file becomes file://; a folder becomes its HTML files.
export function addresses(args) {
  return args.flatMap((arg) => {
    if (/^(https?|file):/.test(arg)) return [arg];
    if (!existsSync(arg)) fail(`no such file or folder: ${arg}`);
    if (statSync(arg).isFile()) return [pathToFileURL(resolve(arg)).href];
    const pages = readdirSync(arg, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
    if (!pages.length) fail(`no HTML files in ${arg}`);
    return pages.map((name) => pathToFileURL(resolve(join(arg, name))).href);
  });
}

export function fail(message) {
  console.error(message);
  process.exit(2);
}
