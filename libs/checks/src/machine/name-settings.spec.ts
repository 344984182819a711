import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NameSettings } from '@mailpath/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameSettingsIn } from './name-settings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailpath-names-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function settings(resolvConf: string | null, hosts: string, host = 'outlook.office365.com') {
  const files = { resolvConf: join(folder, 'resolv.conf'), hosts: join(folder, 'hosts') };
  if (resolvConf !== null) await writeFile(files.resolvConf, resolvConf);
  await writeFile(files.hosts, hosts);
  return NameSettings.parse(nameSettingsIn(files, host));
}

test('resolvers, search domains and the entries of a name are read, without comments', async () => {
  const resolvConf =
    '# by hand\nnameserver 10.0.0.53\nnameserver 2001:db8::53 ; second\nsearch corp.test. site.test\n';
  const hosts =
    '127.0.0.1 localhost\n10.1.1.1\tmail.test OUTLOOK.office365.com # stale\n#10.2.2.2 outlook.office365.com\n';
  expect(await settings(resolvConf, hosts)).toEqual({
    resolvers: ['10.0.0.53', '2001:db8::53'],
    search: ['corp.test', 'site.test'],
    hosts: ['10.1.1.1'],
    error: null,
  });
});

test.each([
  ['an empty file', ''],
  ['comments only', '# nothing\n; at all\n'],
])('%s configures no resolver', async (_, text) => {
  expect(await settings(text, '')).toEqual({ resolvers: [], search: [], hosts: [], error: null });
});

test('of domain and search the last one counts', async () => {
  expect((await settings('search a.test\ndomain b.test\n', '')).search).toEqual(['b.test']);
});

test('a file that is not there is told, and the other one is read all the same', async () => {
  const hosts = join(folder, 'hosts');
  await writeFile(hosts, '::1 here.test\n');
  const found = nameSettingsIn({ hosts, resolvConf: join(folder, 'gone') }, 'here.test');
  expect(found).toMatchObject({
    hosts: ['::1'],
    resolvers: [],
    error: expect.stringMatching(/^ENOENT .*gone$/) as string,
  });
});

test('no file is too long or too strange to be read', async () => {
  const line = `nameserver ${'9'.repeat(100_000)}\n`;
  const found = await settings(
    line.repeat(50),
    `${'\0'.repeat(2_000)}\n10.0.0.1 ${'a '.repeat(50_000)}outlook.office365.com\n`,
  );
  expect(found.hosts).toEqual(['10.0.0.1']);
});
