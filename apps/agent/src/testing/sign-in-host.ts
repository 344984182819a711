import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Check, CheckRun, Credential, Network } from '@mailpath/checks';
import type { TokenGrant } from '@mailpath/protocol';

/**
 * A sign-in host on a real socket that gives one refresh and one access token, and repeats to whoever signs in what was
 * sent.
 */
export class SignInHost {
  readonly port: number;
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  readonly accessToken = 'eyJ0eXAiOiJKV1QifQ.access-token-of-this-host';
  readonly refreshToken = '0.rotated-refresh-token-of-this-host';
  /** Answers wait for it. */
  gate: Promise<void> = Promise.resolve();
  readonly #server: http.Server;

  private constructor(server: http.Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  static async listen(): Promise<SignInHost> {
    const server = http.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SignInHost(server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { url = '' } = request;
    this.asked.push(url);
    await this.gate;
    response.end(
      url === '/token'
        ? JSON.stringify({ accessToken: this.accessToken, refreshToken: this.refreshToken })
        : `no to ${request.headers.authorization}`,
    );
  }
}

async function ask(run: CheckRun, path: string, secret: string): Promise<string> {
  const { host, port } = run.target;
  const headers = { authorization: `Bearer ${secret}` };
  const answer = await fetch(`http://${host}:${port}/${path}`, { headers, signal: run.signal });
  return answer.text();
}

/** A check that obtains a token, with the one kind of grant that it can use. */
const tokenCheck = (id: string, grant: TokenGrant): Check =>
  ({
    id,
    title: 'A token comes',
    proves: 'The sign-in host gives a token.',
    target: null,
    statements: ['S48'],
    needs: grant,
    async run(run: CheckRun, _: Network, credential: Credential) {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      await run.phase('token', async () => {
        const lent = credential.lease.grant;
        if (lent.kind === 'device-code')
          credential.showDeviceCode({ userCode: 'ABCD', verificationUri: 'https://login.test/', expiresAt });
        const sent = lent.kind === 'refresh-token' ? lent.refreshToken : '';
        const tokens = JSON.parse(await ask(run, 'token', sent)) as Pick<
          SignInHost,
          'accessToken' | 'refreshToken'
        >;
        credential.obtained({ ...tokens, expiresAt });
      });
    },
  }) as Check;

/**
 * Checks with credentials in their smallest form: tokens, a device code, and a sign-in whose answer holds the token.
 */
export const LEASED_CHECKS: readonly Check[] = [
  tokenCheck('token.refresh', 'refresh-token'),
  tokenCheck('token.device-code', 'device-code'),
  {
    id: 'imap.mailbox',
    title: 'The mailbox opens',
    proves: 'The token opens the mailbox.',
    target: null,
    statements: ['S49'],
    needs: 'access-token',
    async run(run, _, credential) {
      await run.phase('authenticate', async () => {
        const reply = await ask(run, 'mailbox', credential.accessToken ?? '');
        run.record('login', { reply });
      });
    },
  },
];
