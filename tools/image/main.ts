// `npm run test:image`: the images of the Dockerfile, and packaging/compose as docs/install.md starts it, by podman,
// with an agent in its own image. One line for each thing that holds; the first that does not ends it with 1. No
// registry of images is asked: what the images start from is made of Debian.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../agent-build/places.ts';
import { holds, holdsWithin } from '../held.ts';
import { makeBases, NODE } from './bases.ts';
import { Deployment } from './deployment.ts';
import { NEEDED, Podman } from './podman.ts';

const API_IMAGE = 'mailpath-api:1';
const AGENT_IMAGE = 'mailpath-agent:1';
const MOST_BEYOND_ITS_BASE = 300_000_000;
const PATIENCE_MS = 180_000;

const until = (what: string, look: () => boolean | Promise<boolean>): Promise<void> =>
  holdsWithin(PATIENCE_MS, what, look);

function images(podman: Podman): void {
  for (const [target, tag] of [
    ['api', API_IMAGE],
    ['agent', AGENT_IMAGE],
  ] as const) {
    podman.build(tag, ROOT, '--target', target);
    const beyond = podman.size(tag) - podman.size(NODE);
    holds(
      `the image of the ${target} has ${(beyond / 1e6).toFixed(0)} MB beyond its base`,
      beyond < MOST_BEYOND_ITS_BASE,
      beyond,
    );
  }
}

async function api(podman: Podman, deployment: Deployment): Promise<void> {
  await until('the API is ready behind Caddy, by TLS', () => deployment.isReady());
  const container = deployment.container('api');
  holds('its health check says so', podman.isHealthy(container));
  holds('it is not root', podman.inside(container, 'id', '-u') === '1000');
  for (const place of ['/mailpath', '/etc', '/usr/local/bin'])
    holds(`it writes nothing into ${place}`, podman.inside(container, 'touch', `${place}/x`) === null);
  for (const left of [
    'test',
    'tools',
    'docs',
    '.git',
    '.ci',
    '.env',
    'node_modules/vitest',
    'node_modules/typescript',
  ])
    holds(`it has no ${left}`, podman.inside(container, 'test', '!', '-e', `/mailpath/${left}`) !== null);
  const settings = podman.run('podman', ['inspect', '--format', '{{.Config.Env}}', container]);
  for (const secret of deployment.secrets())
    holds('no secret stands in its settings', !settings.includes(secret), settings);
}

async function agent(deployment: Deployment): Promise<void> {
  const { id: siteId } = await deployment.call('POST', '/v1/sites', { name: 'Images' });
  const site = `/v1/sites/${String(siteId)}`;
  const { code } = await deployment.call('POST', `${site}/enrolment-codes`, {
    servers: 1,
    roles: ['services'],
  });
  deployment.enrolAgent(AGENT_IMAGE, String(code));
  deployment.startAgent(AGENT_IMAGE);
  const results = async (): Promise<number> => (await deployment.list(`${site}/results?limit=200`)).length;
  await until(
    'an agent in its image enrols, joins through Caddy and reports',
    async () => (await results()) > 0,
  );
  const before = await results();
  deployment.kill('api');
  await until('the API is back after it was killed', () => deployment.isReady());
  await deployment.call('POST', `${site}/runs`, {});
  await until(
    'the agent comes back by itself, and reports what it is asked for',
    async () => (await results()) > before,
  );
}

const missing = NEEDED.filter((program) => spawnSync('sh', ['-c', 'command -v "$0"', program]).status !== 0);
if (process.getuid?.() !== 0 || missing.length > 0) {
  const why = missing.length > 0 ? `it needs ${missing.join(', ')}` : 'it makes containers, which needs root';
  console.log(`test:image: not run, ${why}`);
  process.exit(1);
}
const folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-image-'));
const podman = new Podman(folder);
let deployment: Deployment | undefined;
try {
  makeBases(podman, folder);
  images(podman);
  deployment = await Deployment.start(podman, folder);
  await api(podman, deployment);
  await agent(deployment);
} finally {
  deployment?.remove();
  rmSync(folder, { recursive: true, force: true });
}
