/** Run as a process of its own and killed at any moment: adds results and prints each sequence once it is kept. */
import { writeSync } from 'node:fs';
import { createLog } from '../log.ts';
import { Outbox } from '../outbox.ts';
import { passed } from './result-fixtures.ts';

const [stateDir = '', boot = ''] = process.argv.slice(2);
const outbox = new Outbox({ stateDir, boot, log: createLog((line) => void writeSync(2, line)) });
for (let sequence = 1; ; sequence += 1) {
  outbox.add(passed(500), null);
  writeSync(1, `${sequence}\n`);
}
