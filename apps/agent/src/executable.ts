// What the executables begin with: reading the whole bundle takes three times as long as Node's own start.
import Module from 'node:module';
import path from 'node:path';
import sea from 'node:sea';
import { BUNDLE_ASSET, CODE_CACHE_ASSET, compileBundle } from './embedded-bundle.ts';
import { asksForVersion } from './version-option.ts';
import { AGENT_VERSION } from './version.ts';

if (asksForVersion(process.argv)) process.stdout.write(`${AGENT_VERSION}\n`);
else runBundle();

function runBundle(): void {
  const file = process.execPath;
  const module = new Module(file);
  module.filename = file;
  const cache = sea.getAssetKeys().includes(CODE_CACHE_ASSET)
    ? Buffer.from(sea.getRawAsset(CODE_CACHE_ASSET))
    : undefined;
  const run = compileBundle(sea.getAsset(BUNDLE_ASSET, 'utf8'), cache);
  // `require` is that of the executable: it knows what is built into Node, and looks for nothing around the program.
  run.call(module.exports, module.exports, require, module, file, path.dirname(file));
}
