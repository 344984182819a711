import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentProcess } from './testing/agent-process.ts';
import { removeTempDirs, tempDir } from './testing/temp-dir.ts';

let server: https.Server;
let certificate: string;
beforeEach(async () => {
  const folder = tempDir();
  certificate = path.join(folder, 'ca.pem');
  const key = path.join(folder, 'key.pem');
  execFileSync(
    'openssl',
    // prettier-ignore
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate],
    { stdio: 'pipe' },
  );
  const material = { cert: readFileSync(certificate), key: readFileSync(key) };
  server = https.createServer(material, (_, response) => response.writeHead(404).end());
  server.listen(0, 'localhost');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  removeTempDirs();
});

const enrol = async (env: Record<string, string>): Promise<string> => {
  const { port } = server.address() as AddressInfo;
  const words = ['enrol', `https://localhost:${port}`, 'CODE', '--state', path.join(tempDir(), 'state')];
  return (await new AgentProcess(words, env).ended).stderr;
};

describe('the connection to the API', () => {
  it('trusts an authority that stands in this machine’s own store', async () => {
    // SSL_CERT_FILE is that store for OpenSSL, and so for Node on Linux.
    expect(await enrol({ SSL_CERT_FILE: certificate })).toContain('HTTP 404');
  });

  it('trusts what NODE_EXTRA_CA_CERTS adds', async () => {
    expect(await enrol({ NODE_EXTRA_CA_CERTS: certificate })).toContain('HTTP 404');
  });

  it('trusts no other', async () => {
    expect(await enrol({})).toMatch(/phase tls: .*self-signed certificate/i);
  });
});
