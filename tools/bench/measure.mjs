// How the benchmark takes its figures. Two cores that others use too make every single figure noisy: what is compared
// is done turn by turn in the same seconds, and medians are taken.
import net from 'node:net';
import tls from 'node:tls';

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)];
}

/** Wall and CPU milliseconds for each of `times` runs, one after the other. */
async function batch(work, times) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < times; i += 1) await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: (performance.now() - start) / times, cpuMs: (user + system) / 1000 / times };
}

/** Runs the pieces of work turn by turn for that long; medians of wall and CPU milliseconds per run, in their order. */
export async function turnByTurn(works, seconds, times = 5) {
  const until = performance.now() + seconds * 1000;
  for (const work of works) await batch(work, times);
  const seen = works.map(() => []);
  do {
    for (const [index, work] of works.entries()) seen[index].push(await batch(work, times));
  } while (performance.now() < until);
  return seen.map((batches) => ({
    wallMs: median(batches.map(({ wallMs }) => wallMs)),
    cpuMs: median(batches.map(({ cpuMs }) => cpuMs)),
    runs: batches.length * times,
  }));
}

/**
 * Runs what tells its own time, a few of each in turn for that long, so that each is as warm as the other: the times,
 * in their order.
 */
export async function inTurn(works, seconds, times = 4) {
  const until = performance.now() + seconds * 1000;
  const seen = works.map(() => []);
  do {
    for (const [index, work] of works.entries()) {
      for (let i = 0; i < times; i += 1) seen[index].push(await work());
    }
  } while (performance.now() < until || seen[0].length < 3 * times);
  // The first ones are compiled while they run.
  return seen.map((each) => each.slice(times));
}

/** A handshake and nothing else, verified as the checks verify. */
export const bareTls = (port, secureContext) => () =>
  opened(tls.connect({ host: '127.0.0.1', port, secureContext }), 'secureConnect');

export const bareTcp = (port) => () => opened(net.connect({ host: '127.0.0.1', port }), 'connect');

function opened(socket, event) {
  return new Promise((resolve, reject) => {
    socket.once(event, () => socket.destroy());
    socket.once('error', reject).once('close', resolve);
  });
}

/** What this process holds, after the garbage is gone. */
export function level() {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  const sockets = process.getActiveResourcesInfo().filter((kind) => /TCP|TLS/.test(kind)).length;
  return { heapMiB: heapUsed / 2 ** 20, rssMiB: rss / 2 ** 20, sockets };
}

/** Begins one piece of work after the other at that rate, whether or not the last has ended. */
export async function sustain(works, perSecond, seconds) {
  const running = new Set();
  const before = process.cpuUsage();
  const start = performance.now();
  let begun = 0;
  let ended = 0;
  for (let now = 0; now < seconds * 1000; now = performance.now() - start) {
    for (; begun < (now / 1000) * perSecond; begun += 1) {
      const one = works[begun % works.length]().then(() => {
        ended += 1;
        running.delete(one);
      });
      running.add(one);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const wallMs = performance.now() - start;
  const rate = (ended * 1000) / wallMs;
  await Promise.all(running);
  const { user, system } = process.cpuUsage(before);
  return { rate, cpuShare: (user + system) / 1000 / wallMs, runs: begun };
}
