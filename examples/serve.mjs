// Serves the examples for browsers, and passes everything else on to Switchboard, so that page and server have one origin.
// Usage: URL=http://127.0.0.1:3000 node examples/serve.mjs
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const target = new URL(process.env.URL ?? 'http://127.0.0.1:3000');
const port = Number(process.env.PORT ?? 8080);
const here = fileURLToPath(new URL('.', import.meta.url));
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript' };
const files = ['/html/index.html', '/react/index.html', '/react/style.css'];

/** The React page, bundled when it is asked for: a change is there after a reload. */
async function reactPage() {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: ['react/main.jsx'],
    tsconfig: '../tsconfig.json',
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    sourcemap: 'inline',
  });
  return outputFiles[0].contents;
}

function passedOn(req) {
  const { hostname, port: targetPort } = target;
  return request({ hostname, port: targetPort, path: req.url, method: req.method, headers: req.headers });
}

const server = createServer(async (req, res) => {
  const path = req.url.replace(/\?.*$/, '').replace(/\/$/, '/index.html');
  try {
    if (path === '/index.html') {
      res.writeHead(302, { location: '/react/' }).end();
    } else if (path === '/react/main.js') {
      res.writeHead(200, { 'content-type': types['.js'] }).end(await reactPage());
    } else if (files.includes(path)) {
      res.writeHead(200, { 'content-type': types[extname(path)] }).end(await readFile(here + path));
    } else {
      const upstream = passedOn(req);
      upstream.on('error', () => res.writeHead(502).end());
      upstream.on('response', (answer) => answer.pipe(res.writeHead(answer.statusCode, answer.headers)));
      req.pipe(upstream);
    }
  } catch (error) {
    console.error(error.message);
    res.writeHead(500).end();
  }
});

server.on('upgrade', (req, socket, head) => {
  const upstream = passedOn(req);
  const refuse = () => socket.destroy();
  upstream.on('error', refuse);
  upstream.on('response', refuse);
  upstream.on('upgrade', (answer, far, farHead) => {
    const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('')}\r\n`);
    socket.write(farHead);
    far.write(head);
    far.pipe(socket).pipe(far);
    far.on('error', refuse);
    socket.on('error', () => far.destroy());
    // Half of a connection is none.
    far.on('close', refuse);
    socket.on('close', () => far.destroy());
  });
  upstream.end();
});

server.listen(port, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  console.log(`React  ${url}/react/\nHTML   ${url}/html/\nSwitchboard is expected at ${target.origin}`);
});
