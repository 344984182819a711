// Debian's prometheus-blackbox-exporter as a yardstick: the same targets and the same questions. Optional.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const PROGRAM = 'prometheus-blackbox-exporter';
const PATIENCE_MS = 5_000;

/** Null where the program is not installed. */
export async function startBlackbox(authority) {
  const version = installed();
  if (version === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'mailpath-bench-'));
  const caFile = join(folder, 'authority.pem');
  writeFileSync(caFile, authority);
  const config = join(folder, 'blackbox.yml');
  // JSON is YAML.
  writeFileSync(config, JSON.stringify({ modules: modules(caFile) }));
  const port = await freePort();
  const words = [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error'];
  const child = spawn(PROGRAM, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const ask = async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  const giveUp = performance.now() + PATIENCE_MS;
  for (let up = false; !up;) {
    // It listens a moment after it is started; any error until then says only that.
    up = await ask('/-/healthy').then(
      () => true,
      () => false,
    );
    if (up) break;
    if (performance.now() > giveUp) {
      await stop();
      throw new Error(`${PROGRAM} did not begin to listen`);
    }
    await wait(20);
  }
  return {
    version,
    stop,
    /** Milliseconds of one probe by its own clock, without what it takes to ask it. */
    async probe(module, target) {
      const text = await ask(`/probe?module=${module}&target=${encodeURIComponent(target)}`);
      const metric = (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
      if (metric('probe_success') !== 1) throw new Error(`${PROGRAM}: ${module} to ${target} failed`);
      return metric('probe_duration_seconds') * 1000;
    },
  };
}

function installed() {
  try {
    const said = execFileSync(PROGRAM, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return /version ([^\s,]+)/.exec(said)?.[1] ?? 'of unknown version';
  } catch {
    // Not there: the benchmark says so in its table.
    return null;
  }
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** By check; each asks what the check asks. It ends its lines with LF alone, so CR is in the text. */
function modules(caFile) {
  const tls_config = { ca_file: caFile };
  const timeout = '5s';
  const over = (query_response) => ({
    prober: 'tcp',
    timeout,
    tcp: { tls: true, tls_config, query_response },
  });
  const ehlo = [{ send: 'EHLO bench\r' }];
  return {
    'https.sign-in': {
      prober: 'http',
      timeout,
      http: {
        tls_config,
        fail_if_body_not_matches_regexp: ['token_endpoint'],
        follow_redirects: false,
      },
    },
    'smtp.submission': {
      prober: 'tcp',
      timeout,
      tcp: {
        tls_config,
        query_response: [
          { expect: '^220 ' },
          ...ehlo,
          { expect: '^250-STARTTLS' },
          { expect: '^250 ' },
          { send: 'STARTTLS\r' },
          { expect: '^220 ' },
          { starttls: true },
          ...ehlo,
          { expect: '^250-AUTH .*XOAUTH2' },
          { expect: '^250 ' },
          { send: 'QUIT\r' },
        ],
      },
    },
    'imap.tls': over([
      { expect: '^\\* OK' },
      { send: 'a1 CAPABILITY\r' },
      { expect: '^\\* CAPABILITY .*AUTH=XOAUTH2' },
      { expect: '^a1 OK' },
      { send: 'a2 LOGOUT\r' },
    ]),
    'pop3.tls': over([
      { expect: '^\\+OK' },
      { send: 'CAPA\r' },
      { expect: '^SASL .*XOAUTH2' },
      { expect: '^\\.' },
      { send: 'QUIT\r' },
    ]),
    'tcp.connect': { prober: 'tcp', timeout },
    'tls.handshake': { prober: 'tcp', timeout, tcp: { tls: true, tls_config } },
  };
}
