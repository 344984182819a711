import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ApiConfig, loadConfig } from './config.ts';

describe('the settings', () => {
  it('need nothing: a start without any is a start on this machine alone', () => {
    expect(loadConfig({ PATH: '/bin', DATABASE_URL: '', MAILPATH_PORT: '' })).toEqual({
      MAILPATH_HOME: '.mailpath',
      MAILPATH_HOST: '127.0.0.1',
      MAILPATH_ALLOW_NETWORKS: [],
      MAILPATH_TRUSTED_PROXIES: [],
      MAILPATH_PORT: 8025,
      MAILPATH_REQUESTS_PER_MINUTE: 1_200,
      MAILPATH_RETENTION_DAYS: 90,
      MAILPATH_HOUR_ROLL_UPS_DAYS: 730,
      MAILPATH_DAY_ROLL_UPS_DAYS: 3650,
      MAILPATH_LOG_LEVEL: 'info',
    });
  });

  it('cannot be changed once they are read', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  it('are refused where the address of the database holds an escape that is none, which nobody could read later', () => {
    const url = (password: string) => ({ DATABASE_URL: `postgres://mailpath:${password}@db.example.com/x` });
    expect(() => loadConfig(url('hunter%2'))).toThrow(
      /^[^2]*DATABASE_URL: write % in a user, password[^2]*as %25/,
    );
    expect(loadConfig(url('hunter%252'))).toMatchObject(url('hunter%252'));
  });

  it('are refused all at once, each by name with what to write, and without the value, which may be a secret', () => {
    const env = {
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      MAILPATH_PORT: '65536',
      MAILPATH_INITIAL_API_KEY: 'hunter2',
      MAILPATH_LOG_LEVEL: 'loud',
      MAILPATH_SECRET_KEY: 'hunter2',
      MAILPATH_PUBLIC_URL: 'http://hunter2.example.com',
      MAILPATH_ALLOW_NETWORKS: '10.0.0.0/8, hunter2',
    };
    let message = '';
    try {
      loadConfig(env);
    } catch (error) {
      message = (error as Error).message;
    }
    const lines = message.split('\n').slice(1);
    expect(new Set(lines.map((line) => line.trim().split(':')[0]))).toEqual(new Set(Object.keys(env)));
    for (const line of lines) expect(line).toMatch(/: write /);
    expect(message).not.toContain('hunter2');
  });

  it.each(['abc', '-1', '1e3', '80.5', '70000', ' 80'])('take no %j for a port', (port) => {
    expect(() => loadConfig({ MAILPATH_PORT: port })).toThrow(/MAILPATH_PORT/);
  });

  it('take port 0, which means any free one', () => {
    expect(loadConfig({ MAILPATH_PORT: '0' }).MAILPATH_PORT).toBe(0);
  });
});

describe('the public address', () => {
  it.each([
    ['https://mailpath.example.com/', 'https://mailpath.example.com'],
    ['https://tools.example.com/mailpath', 'https://tools.example.com/mailpath'],
    ['http://localhost:8025', 'http://localhost:8025'],
  ])('may be %s', (given, kept) => {
    expect(loadConfig({ MAILPATH_PUBLIC_URL: given }).MAILPATH_PUBLIC_URL).toBe(kept);
  });

  it.each([
    'http://mailpath.example.com',
    'http://127.0.0.1:8025',
    'ftp://localhost',
    'https://u:p@mailpath.example.com',
    'https://mailpath.example.com/?a',
    'https://mailpath.example.com/#a',
    'mailpath.example.com',
  ])('may not be %s', (given) => {
    expect(() => loadConfig({ MAILPATH_PUBLIC_URL: given })).toThrow(
      /MAILPATH_PUBLIC_URL: write the address/,
    );
  });
});

describe('the key for secrets', () => {
  it.each([31, 33])('may not have %i bytes', (bytes) => {
    const env = { MAILPATH_SECRET_KEY: Buffer.alloc(bytes, 1).toString('base64') };
    expect(() => loadConfig(env)).toThrow(/MAILPATH_SECRET_KEY: write 32 random bytes/);
  });
});

describe('.env.example', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../.env.example'), 'utf8');
  const shown = Object.fromEntries(
    [...text.matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
      name as string,
      value as string,
    ]),
  );

  it('names every setting and no other', () => {
    // The password goes into the address.
    const settings = [...Object.keys(ApiConfig.shape), 'DATABASE_PASSWORD'];
    expect(Object.keys(shown).toSorted()).toEqual(settings.toSorted());
  });

  it('shows values that are accepted, and the defaults as they are', () => {
    const defaults = loadConfig({});
    const accepted = loadConfig(shown);
    for (const name of ['MAILPATH_HOME', 'MAILPATH_HOST', 'MAILPATH_PORT', 'MAILPATH_LOG_LEVEL'] as const) {
      expect(accepted[name]).toBe(defaults[name]);
    }
  });
});
