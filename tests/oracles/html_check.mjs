// HTML, CSS and SVG of a folder: html-validate and the Nu checker (vnu).
//
// Usage: node html_check.mjs FOLDER|FILE...
// Prints one line a fault; exit 1 if there is any, 2 if it cannot run.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

// CSS that vnu 26.9.27 does not know, though browsers and the specifications
// do. Exact words only, so that a slip of the pen beside them is still found.
// (It skips what stands inside an at-rule that it does not know.)
const AT_RULES = ['container', 'property', 'starting-style', 'view-transition'];
const PROPERTIES = [
  'container', 'container-name', 'container-type', 'field-sizing', 'paint-order',
  'shape-outside', 'transition-behavior', 'vector-effect', 'view-transition-name',
];
const NOT_FAULTS = [
  new RegExp(`^CSS: Unrecognized at-rule “@(${AT_RULES.join('|')})”$`),
  new RegExp(`^CSS: “(${PROPERTIES.join('|')})”: Property “\\1” doesn\'t exist\\.$`),
];

const here = dirname(fileURLToPath(import.meta.url));
const jar = join(here, 'node_modules/vnu-jar/build/dist/vnu.jar');
const args = process.argv.slice(2);
if (!args.length) fail('usage: node html_check.mjs FOLDER|FILE...');

const files = args.flatMap((arg) => {
  if (!existsSync(arg)) fail(`no such file or folder: ${arg}`);
  if (statSync(arg).isFile()) return [resolve(arg)];
  return readdirSync(arg, { recursive: true }).sort().map((name) => resolve(join(arg, name)));
}).filter((name) => /\.(html|css|svg)$/.test(name));
const of = (ending) => files.filter((name) => name.endsWith(ending));
if (!files.length) fail(`no .html, .css or .svg in ${args.join(' ')}`);

const faults = [];
const shown = (file) => (relative('.', file).startsWith('..') ? file : relative('.', file));
const add = (file, line, column, text) => faults.push(`${shown(file)}:${line ?? 1}:${column ?? 1}: ${text}`);

// Our own configuration, whatever lies near the files.
const config = JSON.parse(readFileSync(join(here, '.htmlvalidate.json'), 'utf8'));
const validator = new HtmlValidate(new StaticConfigLoader(config));
for (const file of of('.html')) {
  const report = await validator.validateFile(file);
  for (const { messages } of report.results) {
    for (const { line, column, message, ruleId } of messages) add(file, line, column, `${message} (${ruleId})`);
  }
}

// vnu takes one kind of file a run. Names go in pieces: a command line has an end.
for (const [ending, flags] of [['.html', []], ['.css', ['--css']], ['.svg', ['--svg']]]) {
  const all = of(ending);
  for (let first = 0; first < all.length; first += 500) {
    const run = spawnSync('java', ['-Xss1m', '-jar', jar, '--errors-only', '--format', 'json', ...flags, ...all.slice(first, first + 500)], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    let messages;
    try {
      ({ messages } = JSON.parse(run.stderr));
    } catch {
      fail(`the Nu checker does not run: ${run.error?.message ?? run.stderr.slice(0, 500)}`);
    }
    for (const { url, lastLine, firstColumn, lastColumn, message, type, subType } of messages) {
      if (type === 'info' || NOT_FAULTS.some((pattern) => pattern.test(message))) continue;
      add(fileURLToPath(url), lastLine, firstColumn ?? lastColumn, `${message} (vnu${subType ? ` ${subType}` : ''})`);
    }
  }
}

const unique = [...new Set(faults)].sort();
for (const fault of unique) console.log(fault);
console.log(`html: ${of('.html').length} HTML, ${of('.css').length} CSS, ${of('.svg').length} SVG files, ${unique.length} faults`);
process.exit(unique.length ? 1 : 0);

function fail(message) {
  console.error(message);
  process.exit(2);
}
