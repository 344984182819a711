// node --conditions=source test/support/netns-looker.ts: the agent of one server of the namespace tests. For each line
// of JSON (LookOrder) it runs a round, delivers what it saw by TCP, as an agent does, and says on its standard output
// how that went (Looked). It ends with its standard input.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { lookAgain, runRound } from '@mailpath/checks';
import type { CheckResult, Task } from '@mailpath/protocol';

export interface LookOrder {
  tasks: readonly Task[];
  /** For each check; the round and its second looks have twice as much. */
  checkDeadlineMs: number;
  /** Where results are delivered, `host` and port. */
  collector: { host: string; port: number };
}

export interface Looked {
  /** Null where nothing could be delivered: then nobody knows them. */
  results: CheckResult[] | null;
}

/** A line that is cut tells nothing of it: an agent gives up and keeps what it has. */
const DELIVERY_MS = 1_500;

async function deliver(results: readonly CheckResult[], at: LookOrder['collector']): Promise<boolean> {
  const socket = connect(at);
  const limit = setTimeout(() => socket.destroy(new Error('the line is cut')), DELIVERY_MS);
  try {
    await once(socket, 'connect');
    socket.end(`${JSON.stringify(results)}\n`);
    socket.resume();
    await once(socket, 'close');
    return true;
  } catch {
    // Whatever the reason is, nobody was told.
    return false;
  } finally {
    clearTimeout(limit);
    socket.destroy();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { tasks, checkDeadlineMs, collector } = JSON.parse(line) as LookOrder;
  const options = { checkDeadlineMs, roundDeadlineMs: 2 * checkDeadlineMs, revocation: false };
  const first = await runRound(tasks, options);
  const results = [...first, ...(await lookAgain(first, options))];
  const looked: Looked = { results: (await deliver(results, collector)) ? results : null };
  process.stdout.write(`${JSON.stringify(looked)}\n`);
}
process.exit(0);
