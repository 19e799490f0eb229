// What is published: its size, and that the examples in the documentation compile against its types.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const home = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url)));

test('the package is below 60 kB and holds what it exports', () => {
  const [{ size, files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: home, encoding: 'utf8' }));
  const names = files.map(({ path }) => path);
  assert.ok(size < 60_000, `${size} bytes`);
  for (const entry of Object.values(manifest.exports).flatMap((each) => (typeof each === 'string' ? [each] : Object.values(each)))) {
    assert.ok(names.includes(entry.slice(2)), entry);
  }
  assert.ok(names.includes('README.md') && !names.some((name) => /\.(onnx|ts)$/.test(name) && !name.endsWith('.d.ts')));
  assert.equal(manifest.dependencies, undefined);
});

test('the examples of the documentation compile', () => {
  const work = new URL('../build/', import.meta.url);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  const sources = ['README.md', '../docs/web.md'].map((name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
  const examples = sources.flatMap((source) => [...source.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code));
  assert.ok(examples.length >= 6);
  examples.forEach((code, i) => writeFileSync(new URL(`example${i}.mts`, work), code));
  writeFileSync(new URL('tsconfig.json', work), JSON.stringify({ extends: '../tsconfig.json', compilerOptions: { rootDir: '.', noEmit: true, skipLibCheck: false, noUnusedLocals: false, types: [] }, include: ['.'] }));
  const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
  assert.ok(existsSync(compiler));
  try {
    execFileSync(process.execPath, [compiler, '-p', fileURLToPath(work)], { encoding: 'utf8' });
  } catch (e) {
    assert.fail(e.stdout);
  }
  rmSync(work, { recursive: true });
});
