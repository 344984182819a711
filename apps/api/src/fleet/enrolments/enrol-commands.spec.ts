import { describe, expect, it } from 'vitest';
import type { Download } from '../downloads/download.ts';
import { enrolCommands, enrolDownloads, packagesIn } from './enrol-commands.ts';

const SHA = 'ab'.repeat(32);
const file = (name: string): Download => ({
  name,
  path: `/downloads/${name}`,
  platform: 'any',
  contentType: 'application/octet-stream',
  bytes: 1,
  sha256: SHA,
  modifiedAt: '2026-11-28T00:00:00.000Z',
});
const NONE = { linux: null, windows: null };

describe('the lines to type on a server', () => {
  it.each([
    ['https://mailpath.example.com', 'https://mailpath.example.com', ''],
    ['http://localhost:8025', 'http://localhost:8025', ''],
    ['http://10.0.0.5:8025', 'http://10.0.0.5:8025', ' --insecure-http'],
    ['http://[::1]:8025', "'http://[::1]:8025'", ''],
    ["https://m.example.com/a'b$(c)", "'https://m.example.com/a%27b$(c)'", ''],
  ])('enrol an agent that was put there by hand, for an API at %s', (base, written, last) => {
    expect(enrolCommands(base, 'CODE', NONE)).toEqual({
      linux: `sudo node /opt/mailpath-agent/mailpath-agent.cjs enrol ${written} CODE${last}`,
      windows: `node 'C:\\Program Files\\mailpath-agent\\mailpath-agent.cjs' enrol ${written} CODE${last}`,
    });
  });

  it('fetch, verify and install what is offered, and leave nothing of an address to a shell', async () => {
    const packages = await packagesIn((name) => Promise.resolve(file(name)));
    const { linux, windows } = enrolCommands('https://m.example.com/a"b$(c)', 'AB-CD', packages);
    expect(linux).toContain("curl -fsS 'https://m.example.com/a%22b$(c)/downloads/mailpath-agent.deb'");
    expect(linux).toContain(`echo '${SHA}  /tmp/mailpath-agent.deb' | sha256sum -c && sudo apt-get install`);
    expect(linux).toContain("mailpath-agent enrol 'https://m.example.com/a%22b$(c)' AB-CD && sudo systemctl");
    expect(windows).toContain(`(Get-FileHash $f).Hash -ne '${SHA}'`);
    // Inside single quotes PowerShell expands nothing.
    expect(windows).toContain(
      `('/i "' + $f + '" /qn /norestart API="https://m.example.com/a%22b$(c)" CODE=AB-CD')`,
    );
    expect(enrolDownloads(packages)).toEqual({
      linux: '/downloads/mailpath-agent.deb',
      windows: '/downloads/mailpath-agent.msi',
    });
  });

  it('enrol after the installation where the API is not encrypted, which no installer accepts by itself', async () => {
    const packages = await packagesIn((name) => Promise.resolve(file(name)));
    const { windows } = enrolCommands('http://10.0.0.5:8025', 'AB-CD', packages);
    expect(windows).not.toContain('CODE=');
    expect(windows).toMatch(/mailpath-agent\.exe" enrol http:\/\/10\.0\.0\.5:8025 AB-CD --insecure-http$/);
  });
});
