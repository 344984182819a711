import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { CheckResult, StandardTarget } from '@mailpath/protocol';
import { diagnosing, type ServerResults } from '@mailpath/diagnosis';
import { SALES, SITE, type SignInCheck, signedIn, wellAt } from '../../libs/diagnosis/src/testing/healthy.ts';

const TARGETS: readonly StandardTarget[] = ['login', 'imap', 'pop3', 'smtp'];
const SIGN_INS: readonly SignInCheck[] = ['imap.mailbox', 'pop3.mailbox', 'smtp.login', 'mail.round-trip'];
/** How often the checks without a sign-in are there, each time at hosts of their own. */
const TIMES = 9;
/** Of so many servers, three cannot get through at one host. */
const OF = 10;

/** Forty results of one server; hosts differ, times vary. */
const roundOf = (isCut: boolean): CheckResult[] => {
  const places = Array.from({ length: TIMES }, (_, n) => TARGETS.map((target) => ({ n, target }))).flat();
  const looks = places.map(({ n, target }) => {
    const well = wellAt(target);
    return {
      ...well,
      target: { ...well.target, host: `place-${n}.${well.target.host}` },
      phases: well.phases.map(({ name }) => ({ name, ms: 5 + Math.random() * 4 })),
    };
  });
  const all: CheckResult[] = [...looks, ...SIGN_INS.map((check) => signedIn(check, {}, SALES))];
  return all.map((result, n) => ({
    ...result,
    id: randomUUID(),
    ...(isCut && n < TARGETS.length
      ? {
          outcome: 'fail' as const,
          failure: { phase: 'connect' as const, code: 'timeout' as const, message: 'no answer in time' },
        }
      : {}),
  }));
};

const siteOf = (count: number): ServerResults[] =>
  Array.from({ length: count }, (_, n) => ({
    name: `server-${n}`,
    roles: ['services' as const],
    results: roundOf(n % OF < 3),
  }));

/** What a diagnosis of a site costs by its number of servers, and how long its longest step keeps others waiting. */
function measure(count: number) {
  const steps = diagnosing({ site: SITE, servers: siteOf(count) });
  const took: number[] = [];
  for (let isDone = false; !isDone;) {
    const used = process.cpuUsage();
    isDone = steps.next().done === true;
    const { user, system } = process.cpuUsage(used);
    took.push((user + system) / 1_000);
  }
  const ms = took.reduce((sum, each) => sum + each, 0);
  return {
    servers: count,
    results: count * (TARGETS.length * TIMES + SIGN_INS.length),
    'processor ms': Math.round(ms),
    'ms a server': Number((ms / count).toFixed(2)),
    'longest step, ms': Math.round(Math.max(...took)),
  };
}

const { values } = parseArgs({ options: { servers: { type: 'string', default: '10,100,1000' } } });
// The first run compiles what the others run.
measure(10);
console.table(values.servers.split(',').map((count) => measure(Number(count))));
