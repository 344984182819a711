// npm run bench:checks [-- --seconds N]: what a check costs, beside the handshake that it cannot do without and beside
// prometheus-blackbox-exporter where that is installed. Loopback only; docs/bench.md says how to read it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import { runRound, standardTasks } from '@mailpath/checks';
import { startBlackbox } from './bench/blackbox.mjs';
import { bareTcp, bareTls, inTurn, level, median, sustain, turnByTurn } from './bench/measure.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
if (!(seconds >= 5 && seconds <= 600)) throw new Error('--seconds: write a number from 5 to 600');

const PER_SECOND = 100;
const goals = [];
const goal = (what, figure, limit, reached = figure <= limit) =>
  goals.push({
    goal: what,
    measured: figure.toFixed(2),
    wanted: String(limit),
    reached: reached ? 'yes' : 'NO',
  });

/** Of Node's own handshake beside that of blackbox_exporter: below it no check can come. */
const BARE = '(bare tls.connect)';

const child = fork(path.join(import.meta.dirname, 'bench/servers.mjs'), {
  execArgv: ['--conditions=source'],
});
const [{ authority, ports, far, slowPort }] = await once(child, 'message');
const trust = [authority];
const options = { roundDeadlineMs: 20_000, checkDeadlineMs: 10_000, trust };
/** The path that a client takes and nothing beside it: the work that a handshake, or another prober, does as well. */
const pathAlone = { ...options, revocation: false, roundTrip: false };
let blackbox = null;
try {
  blackbox = await startBlackbox(authority);
  const kinds = kindsAt(ports);
  await perKind(kinds, seconds * 0.4);
  const bare = bareTls(ports.imap, bareContext());
  const floor = { check: 'tls.handshake', label: BARE, port: ports.imap, runAlone: bare };
  await besideBlackbox('no distance', [...kinds, floor], seconds * 0.15);
  await besideBlackbox(
    '20 ms',
    kindsAt(far).filter(({ check }) => check !== 'tcp.connect'),
    seconds * 0.2,
  );
  await wholeRound(seconds * 0.1);
  await sustained(kinds, seconds * 0.15);
  const [{ model }] = os.cpus();
  console.log(`${os.availableParallelism()} cores (${model}), Node ${process.versions.node}`);
  console.table(goals);
} finally {
  await blackbox?.stop();
  child.disconnect();
}

function bareContext() {
  return createSecureContext({ ca: trust, minVersion: 'TLSv1.2' });
}

function kindsAt(at) {
  return [
    ['https.sign-in', 'login', at.https],
    ['smtp.submission', 'smtp', at.smtp],
    ['imap.tls', 'imap', at.imap],
    ['pop3.tls', 'pop3', at.pop3],
    ['tcp.connect', 'added', at.imap],
    ['tls.handshake', 'added', at.imap],
  ].map(([check, name, port]) => ({
    check,
    port,
    run: () => runOnce(check, name, port, options),
    runAlone: () => runOnce(check, name, port, pathAlone),
  }));
}

async function runOnce(check, name, port, how) {
  const [result] = await runRound([{ check, target: { name, host: '127.0.0.1', port } }], how);
  if (result.outcome !== 'pass') throw new Error(`${check}: ${result.failure?.message ?? result.reason}`);
}

/** Each check beside the bare handshake with the same server. */
async function perKind(all, inSeconds) {
  const secureContext = bareContext();
  const rows = [];
  let worst = 0;
  let worstAlone = 0;
  for (const { check, port, run, runAlone } of all) {
    const isTls = check !== 'tcp.connect';
    // The clear text that comes before STARTTLS is the check's; the handshake to compare with is any server's.
    const bare = isTls
      ? bareTls(check === 'smtp.submission' ? ports.imap : port, secureContext)
      : bareTcp(port);
    const [own, alone, plain] = await turnByTurn([run, runAlone, bare], inSeconds / all.length);
    const cpu = own.cpuMs / plain.cpuMs;
    const cpuAlone = alone.cpuMs / plain.cpuMs;
    if (isTls) worst = Math.max(worst, cpu);
    if (isTls) worstAlone = Math.max(worstAlone, cpuAlone);
    rows.push({
      check,
      runs: own.runs,
      'wall ms': own.wallMs.toFixed(2),
      'bare wall ms': plain.wallMs.toFixed(2),
      'wall ×': (own.wallMs / plain.wallMs).toFixed(2),
      'CPU ms': own.cpuMs.toFixed(2),
      'bare CPU ms': plain.cpuMs.toFixed(2),
      'CPU ×': cpu.toFixed(2),
      'path alone, CPU ×': cpuAlone.toFixed(2),
    });
  }
  console.log('\nOne check beside a bare tls.connect (tcp.connect: net.connect), medians');
  console.table(rows);
  goal('CPU of a TLS check ÷ CPU of a bare tls.connect, worst kind, path alone', worstAlone, 2);
  goal('the same with what is gathered beside it', worst, 2);
}

/** `distance` is what lies between here and the servers, there and back. */
async function besideBlackbox(distance, all, inSeconds) {
  if (!blackbox) {
    console.log('\nprometheus-blackbox-exporter is not installed: nothing to compare with');
    return;
  }
  const rows = [];
  let worst = 0;
  for (const { check, label = check, port, runAlone } of all) {
    const target = check.startsWith('https')
      ? `https://127.0.0.1:${port}/common/v2.0/.well-known/openid-configuration`
      : `127.0.0.1:${port}`;
    const ours = async () => {
      const start = performance.now();
      await runAlone();
      return performance.now() - start;
    };
    const [own, other] = await inTurn([ours, () => blackbox.probe(check, target)], inSeconds / all.length);
    const ratio = median(own) / median(other);
    if (label === check) worst = Math.max(worst, ratio);
    rows.push({
      check: label,
      runs: own.length,
      'wall ms': median(own).toFixed(2),
      'blackbox ms': median(other).toFixed(2),
      'wall ×': ratio.toFixed(2),
    });
  }
  console.log(
    `\nOne check beside prometheus-blackbox-exporter ${blackbox.version}, ${distance} away, equal work, medians`,
  );
  console.table(rows);
  goal(`wall time of a check ÷ that of blackbox_exporter, worst kind, ${distance} away`, worst, 1);
}

/** Six targets, one of which takes its time. */
async function wholeRound(inSeconds) {
  const https = { host: '127.0.0.1', port: ports.https };
  const tasks = standardTasks('worldwide', {
    login: https,
    'login-alias': https,
    exchange: https,
    smtp: { host: '127.0.0.1', port: ports.smtp },
    imap: { host: '127.0.0.1', port: slowPort },
    pop3: { host: '127.0.0.1', port: ports.pop3 },
  });
  const ratios = [];
  const until = performance.now() + inSeconds * 1000;
  let [wholeMs, slowestMs] = [0, 0];
  while (performance.now() < until || ratios.length < 5) {
    const start = performance.now();
    const results = await runRound(tasks, options);
    wholeMs = performance.now() - start;
    slowestMs = Math.max(...results.map(({ durationMs }) => durationMs));
    ratios.push(wholeMs / slowestMs);
  }
  console.log(
    `\nA round of ${tasks.length} targets, one of which greets after 300 ms: ${wholeMs.toFixed(0)} ms, its slowest check ${slowestMs.toFixed(0)} ms (last of ${ratios.length})`,
  );
  goal('a round of 6 targets ÷ its slowest check', median(ratios), 1.1);
}

async function sustained(all, inSeconds) {
  const works = all.map(({ run }) => run);
  // What is made once (contexts, tables, compiled code) is no growth.
  await sustain(works, PER_SECOND, inSeconds * 0.2);
  const before = level();
  const { rate, cpuShare, runs } = await sustain(works, PER_SECOND, inSeconds * 0.8);
  // A socket that was destroyed is gone only after a turn of the loop.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const after = level();
  console.log(`\n${PER_SECOND} checks a second wanted, all kinds in turn, ${runs} in all`);
  console.table([{ rate: rate.toFixed(1), 'of one core': `${(cpuShare * 100).toFixed(0)} %` }]);
  const row = (when, { heapMiB, rssMiB, sockets }) => ({
    when,
    'heap MiB': heapMiB.toFixed(1),
    'RSS MiB': rssMiB.toFixed(1),
    sockets,
  });
  console.table([row('before', before), row('after', after)]);
  goal('checks a second, sustained', rate, PER_SECOND, rate >= PER_SECOND * 0.99);
  goal('share of one core for that', cpuShare, 1);
  goal('heap after ÷ heap before', after.heapMiB / before.heapMiB, 1.1);
  goal('sockets left over', after.sockets - before.sockets, 0);
}
