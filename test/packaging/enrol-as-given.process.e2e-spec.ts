import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = readFileSync(path.join(import.meta.dirname, '../../packaging/linux/enrol-as-given'), 'utf8');
const CODE = 'ABCDE-ABCDE';
const API = 'https://mailpath.example.com';

let folder: string;
const at = (name: string): string => path.join(folder, name);
beforeEach(() => void (folder = mkdtempSync(path.join(os.tmpdir(), 'mailpath-enrol-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The script with its places in a folder of this test, and a program that writes its words down. */
function installed(env: Record<string, string>, ends = 0) {
  writeFileSync(at('program'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${at('words')}'\nexit ${ends}\n`, {
    mode: 0o755,
  });
  const script = SCRIPT.replace('/var/lib/mailpath-agent', folder)
    .replace('/etc/default/mailpath-agent-enrol', at('given'))
    .replace('/usr/lib/mailpath-agent/mailpath-agent', at('program'));
  const { status, stderr } = spawnSync('sh', ['-c', script], { env, encoding: 'utf8' });
  const words = existsSync(at('words')) ? readFileSync(at('words'), 'utf8').trimEnd().split('\n') : null;
  return { status, stderr, words };
}

it('does nothing where nothing is given, and says so where not all that it needs is', () => {
  expect(installed({})).toEqual({ status: 0, stderr: '', words: null });
  for (const env of [{ MAILPATH_API: API }, { MAILPATH_ENROLMENT_CODE: CODE }]) {
    const { stderr, ...rest } = installed(env);
    expect(rest).toEqual({ status: 0, words: null });
    expect(stderr).toMatch(/MAILPATH_API and MAILPATH_ENROLMENT_CODE are needed together/);
  }
});

it('takes one of the two from the environment and the other from the file', () => {
  writeFileSync(at('given'), `MAILPATH_API=${API}\n`);
  expect(installed({ MAILPATH_ENROLMENT_CODE: CODE }).words).toEqual(['enrol', API, CODE, '--state', folder]);
});

it('enrols with what the environment gives', () => {
  const env = { MAILPATH_API: API, MAILPATH_ENROLMENT_CODE: CODE };
  expect(installed(env).words).toEqual(['enrol', API, CODE, '--state', folder]);
  const all = {
    ...env,
    MAILPATH_ROLES: 'services, application',
    MAILPATH_PROXY: "http://it's:8080",
    MAILPATH_UPGRADE_KEY: 'key',
  };
  // prettier-ignore
  expect(installed(all).words?.slice(5)).toEqual(['--role', 'services, application', '--proxy', "http://it's:8080", '--upgrade-key', 'key']);
});

it('or with the file of settings, which it takes away, as its code may enrol others', () => {
  writeFileSync(
    at('given'),
    `MAILPATH_API=${API}\nMAILPATH_ENROLMENT_CODE=${CODE}\nMAILPATH_ROLES='services'\n`,
  );
  expect(installed({}).words).toEqual(['enrol', API, CODE, '--state', folder, '--role', 'services']);
  expect(existsSync(at('given'))).toBe(false);
});

it('fails as the enrolment does, and keeps the file for the next try', () => {
  writeFileSync(at('given'), `MAILPATH_API=${API}\nMAILPATH_ENROLMENT_CODE=${CODE}\n`);
  expect(installed({}, 2).status).toBe(2);
  expect(existsSync(at('given'))).toBe(true);
});

it('lets nobody else read the code', () => {
  writeFileSync(at('given'), `MAILPATH_API=${API}\nMAILPATH_ENROLMENT_CODE=${CODE}\n`, { mode: 0o644 });
  installed({}, 2);
  expect(statSync(at('given')).mode & 0o777).toBe(0o600);
});

it('enrols no machine twice, and takes away what was put there again', () => {
  writeFileSync(at('agent.json'), '{}');
  writeFileSync(at('given'), `MAILPATH_API=${API}\nMAILPATH_ENROLMENT_CODE=${CODE}\n`);
  expect(installed({ MAILPATH_API: API, MAILPATH_ENROLMENT_CODE: CODE })).toEqual({
    status: 0,
    stderr: '',
    words: null,
  });
  expect(existsSync(at('given'))).toBe(false);
});
