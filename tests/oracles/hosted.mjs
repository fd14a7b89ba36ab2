// A host of a built website on this machine, as strict as the website asks: what `_headers` says
// is sent with every file, texts go out packed.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';

const KINDS = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.xml': 'application/xml; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg',
  '.webp': 'image/webp', '.woff2': 'font/woff2', '.pdf': 'application/pdf',
  '.webmanifest': 'application/manifest+json',
};
const PACKED = /^(text\/|application\/(json|xml|manifest)|image\/svg)/;

// Rules of `_headers`: a line with a path, then its headers indented.
function rules(root) {
  const file = join(root, '_headers');
  if (!existsSync(file)) return [];
  const all = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (/^\S/.test(line)) all.push({ path: line.trim(), headers: [] });
    else if (line.trim()) all.at(-1).headers.push(line.trim().split(/:\s*(.*)/s).slice(0, 2));
  }
  return all;
}

const fits = (rule, path) => (rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : rule === path);

// Gives the address and what ends it.
export async function host(root) {
  const known = rules(root);
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://a').pathname));
    let file = join(root, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    const found = existsSync(file);
    if (!found) file = join(root, '404.html');
    const kind = KINDS[extname(file)] ?? 'application/octet-stream';
    response.statusCode = found ? 200 : 404;
    response.setHeader('Content-Type', kind);
    for (const rule of known.filter((rule) => fits(rule.path, path))) {
      for (const [name, value] of rule.headers) response.setHeader(name, value);
    }
    const source = createReadStream(file);
    if (!PACKED.test(kind)) return source.pipe(response);
    response.setHeader('Content-Encoding', 'gzip');
    return source.pipe(createGzip()).pipe(response);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
