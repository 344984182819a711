// Makes clients of docs/openapi.json by openapi-typescript, @hey-api/openapi-ts and orval, and compiles each under
// TypeScript's strict rules. The latter two are installed for this command alone, by the lock file beside it.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CLIENTS, generateTypes, ROOT } from './typed.mjs';

const GENERATORS = path.join(ROOT, 'tools/clients');
const DOCUMENT = path.join(ROOT, 'docs/openapi.json');
const run = (program, ...words) =>
  execFileSync(process.execPath, [path.join(GENERATORS, 'node_modules', program), ...words], {
    cwd: CLIENTS,
    stdio: 'inherit',
  });
const compile = (project) =>
  execFileSync(
    process.execPath,
    [path.join(ROOT, 'node_modules/@typescript/native/bin/tsc'), '-p', project],
    {
      stdio: 'inherit',
    },
  );

rmSync(CLIENTS, { recursive: true, force: true });
await generateTypes();
compile(GENERATORS);
process.stdout.write('openapi-typescript: generated, compiled with exactOptionalPropertyTypes\n');

execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefix', GENERATORS], { stdio: 'inherit' });
run('@hey-api/openapi-ts/bin/run.js', '-i', DOCUMENT, '-o', 'hey-api', '-c', '@hey-api/client-fetch');
run('orval/dist/bin/orval.mjs', '--input', DOCUMENT, '--output', 'orval/client.ts', '--client', 'fetch');
const options = {
  target: 'ES2024',
  lib: ['ES2024', 'DOM', 'DOM.Iterable'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  types: [],
};
for (const [name, files] of Object.entries({ 'hey-api': 'hey-api/**/*.ts', orval: 'orval/**/*.ts' })) {
  const project = path.join(CLIENTS, `tsconfig.${name}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions: options, include: [files] }));
  compile(project);
  process.stdout.write(`${name}: generated, compiled\n`);
}
