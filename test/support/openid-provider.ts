import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const CLIENT = { id: 'mailpath-of-the-tests', secret: 'a-client-secret-of-the-tests' } as const;

type Words = Record<string, unknown>;

/** What is told of whoever signs in next, and how the token about it is forged. */
export interface Person {
  readonly claims: Words;
  /** Changes header and claims before they are signed. */
  readonly forge?: (token: { header: Words; claims: Words }) => void;
  /** Signs in place of the provider's key; '' is no signature at all. */
  readonly sign?: (input: string, keys: { good: KeyObject; published: string }) => string;
}

interface Grant {
  readonly person: Person;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * An OpenID provider on a port of its own: discovery, keys, authorize, token. It signs in whoever `person` is, without
 * asking, and is as strict with codes, verifiers and the client as Entra ID is.
 */
export class OpenIdProviderServer {
  person: Person = { claims: {} };
  /** Answered instead of a code. */
  refusal: Record<string, string> | null = null;
  /** False: as where the client secret has expired. */
  knowsClient = true;
  isDown = false;
  /** How often a token was asked for. */
  redeemed = 0;
  readonly #grants = new Map<string, Grant>();
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void this.#answer(request, response);
    });
  }

  static async start(): Promise<OpenIdProviderServer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, 'localhost', done));
    return new OpenIdProviderServer(server);
  }

  get issuer(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/tenant/v2.0`;
  }

  /** For the settings of the API. */
  get env(): Record<string, string> {
    return {
      MAILPATH_OPENID_ISSUER: this.issuer,
      MAILPATH_OPENID_CLIENT_ID: CLIENT.id,
      MAILPATH_OPENID_CLIENT_SECRET: CLIENT.secret,
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    if (this.isDown) return void response.writeHead(503).end('<p>down');
    const answers: Record<string, () => unknown> = {
      '/.well-known/openid-configuration': () => ({
        issuer: this.issuer,
        authorization_endpoint: `${this.issuer}/authorize`,
        token_endpoint: `${this.issuer}/token`,
        jwks_uri: `${this.issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['pairwise'],
        id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
        code_challenge_methods_supported: ['S256'],
      }),
      '/keys': () => ({ keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), ...PUBLISHED }] }),
    };
    const path = url.pathname.replace('/tenant/v2.0', '');
    if (path === '/authorize') return this.#authorize(url.searchParams, response);
    if (path === '/token') return this.#token(new URLSearchParams(await text(request)), response);
    const body = answers[path]?.();
    send(response, body === undefined ? 404 : 200, body ?? {});
  }

  #authorize(query: URLSearchParams, response: ServerResponse): void {
    const back = new URL(query.get('redirect_uri') ?? '');
    const state = query.get('state') ?? '';
    const code = randomUUID();
    const answer = this.refusal ?? { code };
    for (const [name, value] of Object.entries({ ...answer, state })) back.searchParams.set(name, value);
    this.#grants.set(code, {
      person: this.person,
      nonce: query.get('nonce') ?? '',
      challenge: query.get('code_challenge') ?? '',
      redirectUri: query.get('redirect_uri') ?? '',
    });
    response.writeHead(302, { location: back.href }).end();
  }

  #token(form: URLSearchParams, response: ServerResponse): void {
    this.redeemed += 1;
    if (
      !this.knowsClient ||
      form.get('client_id') !== CLIENT.id ||
      form.get('client_secret') !== CLIENT.secret
    )
      return send(response, 401, { error: 'invalid_client', error_description: 'AADSTS7000215' });
    const code = form.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri'))
      return send(response, 400, { error: 'invalid_grant' });
    send(response, 200, {
      token_type: 'Bearer',
      access_token: `access-${code}`,
      expires_in: 3600,
      id_token: this.#idToken(grant),
    });
  }

  #idToken({ person, nonce }: Grant): string {
    const now = Math.floor(Date.now() / 1_000);
    const header: Words = { typ: 'JWT', alg: 'RS256', kid: PUBLISHED.kid };
    const claims: Words = {
      iss: this.issuer,
      aud: CLIENT.id,
      iat: now,
      exp: now + 3600,
      nonce,
      ...person.claims,
    };
    person.forge?.({ header, claims });
    const input = `${base64url(header)}.${base64url(claims)}`;
    const published = this.#keys.publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const good = this.#keys.privateKey;
    const signature =
      person.sign?.(input, { good, published }) ??
      sign('sha256', Buffer.from(input), good).toString('base64url');
    return `${input}.${signature}`;
  }
}

const PUBLISHED = { kid: 'key-1', use: 'sig', alg: 'RS256' } as const;

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
