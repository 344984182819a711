import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../apps/api/src/platform/config.ts';

const root = join(import.meta.dirname, '..');
interface Service {
  build?: { context: string; target: string };
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
  volumes?: string[];
}
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

describe('docker-compose.yml', () => {
  it('starts postgres, the API and an agent, each when what it needs is healthy', () => {
    expect(Object.keys(compose.services)).toEqual(['postgres', 'api', 'agent']);
    for (const service of Object.values(compose.services))
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(condition).toBe('service_healthy');
        const healthy = compose.services[name]?.healthcheck ?? dockerfile.includes('HEALTHCHECK');
        expect(healthy).toBeTruthy();
      }
  });

  it('builds stages that the Dockerfile has', () => {
    const targets = Object.values(compose.services).flatMap(({ build }) => build?.target ?? []);
    expect(targets).toEqual(['api', 'agent']);
    for (const target of targets) expect(dockerfile).toMatch(new RegExp(`^FROM .* AS ${target}$`, 'm'));
  });

  it('keeps what must last in volumes that are declared', () => {
    const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0]),
    );
    expect(mounted).toEqual(Object.keys(compose.volumes));
  });

  it('gives the API an environment that its configuration takes', () => {
    const environment = compose.services['api']?.environment ?? {};
    const set = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replace('${POSTGRES_PASSWORD}', 'secret').replace(/\$\{[^}]*:-\}/, ''),
      ]),
    );
    expect(loadConfig(set).DATABASE_URL).toBe('postgresql://mailpath:secret@postgres:5432/mailpath');
  });

  it('leaves no setting of .env.example without effect', () => {
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    const settings = [...example.matchAll(/^#(\w+)=/gm)].map(([, name = '']) => name);
    const given = new Set(Object.keys(compose.services['api']?.environment ?? {}));
    expect(settings).toContain('MAILPATH_PUBLIC_URL');
    expect(settings.filter((name) => !given.has(name) && !dockerfile.includes(`${name}=`))).toEqual([]);
  });

  it.each(['.gitignore', '.dockerignore'])('keeps the passwords of .env out of what %s rules', (file) => {
    expect(readFileSync(join(root, file), 'utf8').split('\n')).toContain('.env');
  });
});
