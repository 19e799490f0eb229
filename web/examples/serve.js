// A small server of files for the example and the tests: `node examples/serve.js [PORT]`. For this machine only.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const kinds = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.wav': 'audio/wav' };

/**
 * Serves folders, each below a path. `post` takes what pages send, `headers` gives further headers for a path.
 * @param {Record<string, string>} folders
 * @param {(path: string, body: string) => void} post
 * @param {(path: string) => Record<string, string>} headers
 * @returns {Promise<import('node:http').Server & { home: string }>}
 */
export function serve(folders, port = 0, post = () => {}, headers = () => ({})) {
  const server = createServer((request, response) => {
    let path;
    try {
      path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    } catch {
      response.writeHead(400);
      response.end();
      return;
    }
    if (request.method === 'POST') {
      const pieces = [];
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => {
        post(path, Buffer.concat(pieces).toString());
        response.end();
      });
      return;
    }
    const prefix = Object.keys(folders).filter((each) => path.startsWith(each)).sort((a, b) => b.length - a.length)[0];
    const inside = normalize(path.slice((prefix ?? '').length));
    let file = prefix && !inside.startsWith('..') ? join(folders[prefix], inside) : '';
    try {
      if (statSync(file).isDirectory()) file = join(file, 'index.html');
      const size = statSync(file).size;
      response.writeHead(200, { 'content-type': kinds[extname(file)] ?? 'application/octet-stream', 'content-length': size, 'cache-control': 'no-store', ...headers(path) });
      createReadStream(file).pipe(response);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(Object.assign(server, { home: `http://127.0.0.1:${server.address().port}` }))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve({ '/': fileURLToPath(new URL('..', import.meta.url)) }, Number(process.argv[2] ?? 8080));
  console.log(`${server.home}/examples/`);
}
