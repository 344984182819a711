import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { clockFromToken } from './clock.ts';
import { timesOf } from '../claims.ts';
import type { HttpAnswer } from './http.ts';
import { postForm } from './http.ts';
import type { LentRun } from './lent-run.ts';
import type { Json } from './token-answer.ts';
import { readTokenAnswer } from './token-answer.ts';
import type { TokenSet } from './tokens.ts';
import { deviceAuthorizationIn, tokenSetIn } from './tokens.ts';

/** RFC 8628, section 3.5: how much longer to wait after each `slow_down`. */
const SLOWER_BY_S = 5;
/** What the library tells of itself and of this machine; nobody asked for it. */
const ABOUT_US = /^x-/;

/**
 * The network as MSAL sees it: each POST goes over the run's own connection, and every answer is judged here. MSAL
 * hears of successes only, since it would put `network_error` in place of any other cause; what ended the exchange is
 * in `fault`.
 */
export class MsalNetwork implements INetworkModule {
  /** What ended the exchange, as it was thrown here. */
  fault: unknown = null;
  /** Set once the tokens came. */
  tokens: TokenSet | null = null;
  readonly #lent: LentRun;
  readonly #grant: string;
  /** The connection of the first request. */
  #socket: Socket | null;
  /** Seconds between polls, once a device code came. */
  #interval: number | null = null;

  constructor(socket: Socket, lent: LentRun, grant: string) {
    this.#socket = socket;
    this.#lent = lent;
    this.#grant = grant;
  }

  async sendGetRequestAsync<T>(url: string): Promise<NetworkResponse<T>> {
    return this.#keepingFault(() =>
      Promise.reject(new Error(`the token library wanted to read ${new URL(url).pathname}`)),
    );
  }

  async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.#keepingFault(async () => {
      const body = await this.#post(new URL(url), options?.body ?? '');
      return { status: 200, headers: {}, body: body as T };
    });
  }

  async #keepingFault<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.fault ??= error;
      throw error;
    }
  }

  async #post(url: URL, body: string): Promise<Json> {
    const polling = this.#interval !== null;
    const { run, credential } = this.#lent;
    const socket = await this.#connection();
    const answer = await postForm(socket, `${url.pathname}${url.search}`, formOf(body), run);
    const correlationId = url.searchParams.get('client-request-id');
    const keepSecret = (text: string) => credential.keepSecret(text);
    const asked = { grant: this.#grant, correlationId, polling, keepSecret };
    const json = await readTokenAnswer(answer, asked, run);
    if (url.pathname.endsWith('/devicecode')) return this.#deviceCode(json);
    return 'error' in json ? this.#notYet(json) : this.#success(json, answer);
  }

  /**
   * Polls go over a connection each: the other end keeps none for the seconds between them, and the phase stays
   * `token`.
   */
  async #connection(): Promise<Socket> {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) return socket;
    if (this.#interval === null) throw new Error('the token library wanted to send a second request');
    const { run, network } = this.#lent;
    const { signal } = run;
    try {
      await setTimeout(this.#interval * 1_000, undefined, { signal });
    } catch {
      // Only the signal ends the wait; its reason is the cause.
      signal.throwIfAborted();
    }
    return network.openWebAgain();
  }

  #deviceCode(json: Json): Json {
    const { deviceCode, userCode, verificationUri, expiresIn, interval } = deviceAuthorizationIn(json);
    this.#interval = interval;
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: verificationUri,
      expires_in: expiresIn,
      // The waiting is done here, where the run's signal ends it.
      interval: 0,
    };
  }

  #notYet({ error }: Json): Json {
    if (error === 'slow_down') this.#interval = (this.#interval ?? 0) + SLOWER_BY_S;
    return { error: 'authorization_pending' };
  }

  #success(json: Json, answer: HttpAnswer): Json {
    const tokens = tokenSetIn(json);
    this.tokens = tokens;
    const { exp } = timesOf(tokens.accessToken);
    if (exp !== null && answer.header('date') === null)
      clockFromToken(this.#lent.run, { exp, expiresIn: tokens.expiresIn }, Date.now());
    return {
      token_type: 'Bearer',
      access_token: tokens.accessToken,
      expires_in: tokens.expiresIn,
      ...(tokens.refreshToken === null ? {} : { refresh_token: tokens.refreshToken }),
      ...(tokens.idToken === null ? {} : { id_token: tokens.idToken }),
      ...(tokens.scope === null ? {} : { scope: tokens.scope }),
      ...(tokens.clientInfo === null ? {} : { client_info: tokens.clientInfo }),
    };
  }
}

function formOf(body: string): string {
  const fields = [...new URLSearchParams(body)];
  return new URLSearchParams(fields.filter(([name]) => !ABOUT_US.test(name))).toString();
}
