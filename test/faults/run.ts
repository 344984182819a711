// npm run test:faults [-- --only TEXT]: what Mailpath stands, done to the built programs on loopback addresses. Prints
// a table and ends with 1 when a bound was not held. A new fault is a file beside this one, and its line in list.ts.
import { parseArgs } from 'node:util';
import { textTable } from '@mailpath/terminal';
import type { Fault, Outcome } from './fault.ts';
import { FAULTS } from './list.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const wanted = FAULTS.filter(({ name }) => name.includes(values.only));
if (wanted.length === 0) {
  process.stderr.write(
    `No fault is called "${values.only}". There are: ${FAULTS.map(({ name }) => name).join('; ')}\n`,
  );
  process.exit(2);
}

const rows: string[][] = [];
let allHeld = true;
for (const fault of wanted) {
  const { name } = fault;
  process.stdout.write(`${name} …\n`);
  const { figure, bound, held } = await outcomeOf(fault);
  allHeld &&= held;
  rows.push([name, figure, bound, held ? 'yes' : 'NO']);
}
process.stdout.write(
  `${textTable({ head: ['fault', 'measured', 'bound', 'held'], rows, width: process.stdout.columns ?? 120 })}\n`,
);
process.exitCode = allHeld ? 0 : 1;

/** A fault that cannot be carried out is none that was stood; the others are still to be seen. */
async function outcomeOf(fault: Fault): Promise<Outcome> {
  try {
    return await fault.run();
  } catch (error) {
    return { figure: `failed: ${String(error)}`, bound: 'carried out to its end', held: false };
  }
}
