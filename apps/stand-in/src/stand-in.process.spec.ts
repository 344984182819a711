import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CannotStart } from './cannot-start.ts';
import { startStandIn } from './stand-in.ts';
import { ask } from './testing/https-client.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

let home: string;
beforeAll(() => (home = mkdtempSync(join(tmpdir(), 'mailpath-stand-in-'))));
afterAll(() => rmSync(home, { recursive: true }));

function launch(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['--conditions=source', MAIN, '--home', home, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

interface Listening {
  event: string;
  addresses: string[];
  ports: Record<string, number>;
  controlUrl: string;
  authorityFile: string;
}

describe('startStandIn', () => {
  it('answers to Microsoft’s names with a certificate of its authority', async () => {
    const standIn = await startStandIn({ addresses: ['127.0.0.41'] });
    const { host, port } = standIn.targets.login;
    const answer = await ask({
      address: '127.0.0.41',
      port,
      host,
      trust: standIn.authority.certificate,
      path: '/common/v2.0/.well-known/openid-configuration',
    });
    expect([host, answer.status]).toEqual(['login.microsoftonline.com', 200]);
    await standIn.stop();
  });

  it('answers at the external URL of the example site as well, valid by the same authority', async () => {
    const standIn = await startStandIn();
    const { ports, authority } = standIn;
    const asked = { port: ports.https, trust: authority.certificate, path: '/' };
    expect((await ask({ ...asked, host: 'ece.contoso.example' })).body).toContain('ECE of the example site');
    expect((await ask({ ...asked, host: 'outlook.office365.com' })).status).toBe(302);
    await standIn.stop();
  });

  it('answers as Exchange Online on the mail ports, with the faults of the address', async () => {
    const standIn = await startStandIn();
    const greeting = async () => {
      const { certificate: ca } = standIn.authority;
      const socket = connect({ host: '127.0.0.1', port: standIn.ports.imap, ca });
      const [first] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return first.toString('utf8');
    };
    expect(await greeting()).toMatch(/^\* OK The Microsoft Exchange IMAP4 service is ready\./);
    standIn.faults.set('127.0.0.1', [{ id: 'greeting-other-protocol' }]);
    await standIn.settled();
    expect(await greeting()).toMatch(/^\+OK The Microsoft Exchange POP3 service is ready\./);
    await standIn.stop();
  });

  it.each([['10.0.0.1'], ['0.0.0.0'], ['localhost'], ['::1']])('refuses to listen on %s', async (address) => {
    await expect(startStandIn({ addresses: [address] })).rejects.toThrow(CannotStart);
  });
});

describe('npm run stand-in', () => {
  it('tells its parent where it listens, writes the authority down, and ends with it', async () => {
    const child = launch('--address', '127.0.0.42', '--address', '127.0.0.43', '--control-port', '0');
    const [message] = (await once(child, 'message')) as [Listening];
    expect(message).toMatchObject({ event: 'listening', addresses: ['127.0.0.42', '127.0.0.43'] });
    const trust = readFileSync(message.authorityFile, 'utf8');
    const path = '/contoso.example/discovery/v2.0/keys';
    const answer = await ask({ address: '127.0.0.43', port: message.ports['https'] ?? 0, trust, path });
    expect(answer.status).toBe(200);
    expect((await fetch(message.controlUrl)).status).toBe(200);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('prints how an agent is pointed at it, and ends at SIGTERM', async () => {
    const child = launch('--control-port', '0');
    const printed = child.stdout ? text(child.stdout) : Promise.resolve('');
    const [message] = (await once(child, 'message')) as [Listening];
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await printed).toContain(`--target imap=outlook.office365.com:${message.ports['imap']}`);
    expect(await printed).toContain('--resolve login.microsoftonline.com=127.0.0.1');
    expect(await printed).toContain(`NODE_EXTRA_CA_CERTS='${join(home, 'authority.pem')}'`);
    expect(existsSync(join(home, 'authority.pem'))).toBe(true);
  });

  it.each([
    [['--address', '192.168.0.1'], '192.168.0.1 is no loopback address'],
    [['--imap-port', 'imap'], 'a port is a whole number'],
    [['--port', '1'], "unknown option '--port'"],
  ])('refuses %j in one line', async (args, line) => {
    const child = launch(...args);
    const said = child.stderr ? text(child.stderr) : Promise.resolve('');
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(await said).toMatch(/^stand-in: [^\n]*\n$/);
    expect(await said).toContain(line);
  });
});
