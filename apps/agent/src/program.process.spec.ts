import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AgentProcess } from './testing/agent-process.ts';

const API = 'https://mailpath.example.com';
const CODE = 'canary-code';
const PROXY = 'http://svc:canary-password@proxy.example.com:3128';

describe('a command line that is wrong', () => {
  it.each([
    [
      'an unknown option with a value',
      ['enrol', API, CODE, `--proxxy=${PROXY}`],
      /unknown option '--proxxy'/,
    ],
    ['an argument too many', ['enrol', API, CODE, PROXY], /Expected 2 arguments but got 3\. /],
    ['an unknown command', [PROXY], /unknown command "http:\/\/\[secret\]@proxy.example.com:3128"/],
    ['a proxy as a place', ['enrol', API, CODE, '--allow', PROXY], /--allow "http:\/\/\[secret\]@proxy/],
    ['one without a scheme', ['enrol', API, CODE, '--allow', 'svc:canary-password@h:1'], /"\[secret\]@h:1"/],
    [
      'a proxy of another kind',
      ['check', '--proxy', PROXY.replace('http', 'ftp')],
      /write http:\/\/host:port or socks5:\/\/host:port, with user:password@ before the host/,
    ],
    ['a proxy as the address', ['enrol', PROXY, CODE], /write only the address/],
  ])('is answered without the code and the password in it: %s', async (_, args, words) => {
    const { code, stdout, stderr } = await new AgentProcess(args).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(`${stdout}${stderr}`).not.toContain('canary');
  });
});

describe('a standard output that cannot be written', () => {
  it.each([[['--help']], [['check', '--only', 'imap', '--deadline', '1', '--target', 'imap=127.0.0.1:1']]])(
    'is told, and is no answer: %j',
    (args) => {
      const full = openSync('/dev/full', 'w');
      const main = path.join(import.meta.dirname, 'main.ts');
      const { status, stderr } = spawnSync(process.execPath, ['--conditions=source', main, ...args], {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      closeSync(full);
      expect(stderr).toMatch(/^mailpath-agent: the standard output cannot be written .*ENOSPC.*--output$/m);
      expect(status).toBe(2);
    },
  );
});
