import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../apps/api/src/platform/config.ts';

const FOLDER = path.join(import.meta.dirname, '../../packaging/compose');
const read = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

interface Service {
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
  ports?: string[];
}
const compose = parse(read('compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
};
const settings = Object.fromEntries(
  [...read('mailpath.env').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);

describe('packaging/compose', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-compose-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads nothing from the environment of whoever starts it', () => {
    expect(read('compose.yml')).not.toContain('${');
  });

  it('hands secrets over by file, each to those alone who need it', () => {
    const given = Object.values(compose.services).flatMap(({ secrets = [] }) => secrets);
    expect([...new Set(given)].toSorted()).toEqual(Object.keys(compose.secrets).toSorted());
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    for (const { environment = {}, secrets = [] } of Object.values(compose.services))
      for (const [name, value] of Object.entries(environment)) {
        expect(name.endsWith('_FILE') ? secrets : [path.basename(value)]).toContain(path.basename(value));
        expect(name).not.toMatch(/(?:PASSWORD|KEY)$/);
      }
  });

  it('gives the API settings that it accepts', () => {
    const values: Record<string, string> = {
      postgres_password: 'a b%/@ß',
      secret_key: Buffer.alloc(32, 1).toString('base64'),
      initial_api_key: `mpk_${'a'.repeat(43)}`,
    };
    for (const [name, value] of Object.entries(values)) writeFileSync(path.join(folder, name), `${value}\n`);
    const here = Object.fromEntries(
      Object.entries(compose.services['api']?.environment ?? {}).map(([name, value]) => [
        name,
        value.replace('/run/secrets', folder),
      ]),
    );
    const config = loadConfig({ ...settings, ...here });
    expect(new URL(config.DATABASE_URL ?? '').password).toBe(encodeURIComponent('a b%/@ß'));
    expect(config.MAILPATH_INITIAL_API_KEY).toBe(values['initial_api_key']);
    expect(config.MAILPATH_PUBLIC_URL).toMatch(/^https:/);
  });

  it('lets what faces the network write nothing and do nothing more', () => {
    for (const name of ['api', 'proxy'])
      expect(compose.services[name]).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges'],
      });
    expect(
      Object.entries(compose.services).flatMap(([name, { ports = [] }]) => ports.map(() => name)),
    ).toEqual(['proxy']);
  });

  it('starts each when what it needs is healthy', () => {
    for (const { depends_on = {} } of Object.values(compose.services))
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(condition).toBe('service_healthy');
        expect(compose.services[name]?.healthcheck).toBeDefined();
      }
  });

  it.skipIf(spawnSync('caddy', ['version']).status !== 0)('has a Caddyfile that Caddy reads', () => {
    const file = path.join(folder, 'Caddyfile');
    const made = path.join(folder, 'tls');
    // prettier-ignore
    spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=mailpath', '-keyout', `${made}.key`, '-out', `${made}.pem`]);
    writeFileSync(file, read('Caddyfile').replaceAll('/run/secrets', folder));
    const seen = spawnSync('caddy', ['validate', '--config', file, '--adapter', 'caddyfile'], {
      encoding: 'utf8',
    });
    expect(`${seen.stdout}${seen.stderr}`).toContain('Valid configuration');
  });
});
