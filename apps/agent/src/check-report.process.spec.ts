import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeTestCa, startMailHost, type MailHost } from '@mailpath/checks/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AgentProcess, type Ended } from './testing/agent-process.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

let host: MailHost;
let trust: Record<string, string>;

beforeAll(async () => {
  const ca = await makeTestCa();
  host = await startMailHost({ address: '127.0.0.1', tls: await ca.issue({ names: ['127.0.0.1'] }) });
  const file = path.join(tempDir(), 'ca.pem');
  writeFileSync(file, ca.certificate);
  trust = { NODE_EXTRA_CA_CERTS: file };
});
afterAll(async () => {
  await host.stop();
  removeTempDirs();
});

const run = (args: readonly string[]): Promise<Ended> => {
  const { host: to, port } = host.targets.imap;
  return new AgentProcess(['check', '--only', 'imap', '--target', `imap=${to}:${port}`, ...args], trust)
    .ended;
};

it('writes a report to hand on to --report, beside what it prints', async () => {
  const file = path.join(tempDir(), 'report.html');
  const { code, stdout } = await run(['--report', file, '--lang', 'ja']);
  expect(code).toBe(0);
  expect(stdout).toContain('imap.tls');
  const page = readFileSync(file, 'utf8');
  expect(page).toMatch(/^<!doctype html>\s+<html lang="ja">/);
  expect(page).toContain('Exchange Online が TLS 上の IMAP で応答する (imap.tls)');
  expect(page).not.toContain('<script');
});

it('refuses a report that cannot be written, before a round is spent on it', async () => {
  const { code, stderr } = await run(['--report', path.join(tempDir(), 'no', 'such', 'folder.html')]);
  expect(stderr).toContain('--report ');
  expect(code).toBe(2);
});
