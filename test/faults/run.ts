// npm run test:faults [-- --only TEXT]: what Mailpath stands, done to the built programs on loopback addresses. Prints a table and
// ends with 1 when a bound was not held. A new fault is a file beside this one, and its line in list.ts.
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
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

const table = new Table({
  head: ['fault', 'measured', 'bound', 'held'],
  colWidths: [44, 44, 40, 6],
  wordWrap: true,
  style: { head: [], border: [] },
});
let allHeld = true;
for (const fault of wanted) {
  const { name } = fault;
  process.stdout.write(`${name} …\n`);
  const { figure, bound, held } = await outcomeOf(fault);
  allHeld &&= held;
  table.push([name, figure, bound, held ? 'yes' : 'NO']);
}
process.stdout.write(`${table.toString()}\n`);
process.exitCode = allHeld ? 0 : 1;

/** A fault that cannot be carried out is none that was stood; the others are still to be seen. */
async function outcomeOf(fault: Fault): Promise<Outcome> {
  try {
    return await fault.run();
  } catch (error) {
    return { figure: `failed: ${String(error)}`, bound: 'carried out to its end', held: false };
  }
}
