// In a process of its own, since V8 takes its flags only at the start: prints the code cache of the bundle that the
// command line names; with --accepts, whether the one that comes by standard input would be used.
import { readFileSync } from 'node:fs';
import { compileBundle, withoutShebang } from '../../apps/agent/src/embedded-bundle.ts';

const [bundle = '', accepts] = process.argv.slice(2);
const code = withoutShebang(readFileSync(bundle, 'utf8'));
if (accepts === '--accepts') {
  const { cachedDataRejected } = compileBundle(code, readFileSync(0));
  process.stdout.write(cachedDataRejected === false ? 'accepted' : 'rejected');
} else {
  process.stdout.write(compileBundle(code, undefined, true).cachedData ?? '');
}
