import { randomBytes, randomInt } from 'node:crypto';

/** What a person allowed an application at a sign-in. */
export interface Grant {
  clientId: string;
  userName: string;
  /** `scope` as it was asked for. */
  scope: string;
  /** Milliseconds since 1970. */
  issuedAt: number;
}

export interface CodeGrant extends Grant {
  redirectUri: string;
  /** RFC 7636; null: none was sent. */
  challenge: { value: string; method: 'S256' | 'plain' } | null;
  nonce: string | null;
  redeemed: boolean;
}

export interface RefreshGrant extends Grant {
  /** The redirect URI was registered for a single-page application. */
  singlePage: boolean;
}

export interface DeviceGrant extends Omit<Grant, 'userName'> {
  userCode: string;
  /** Null: nobody has signed in yet. */
  userName: string | null;
  declined: boolean;
  redeemed: boolean;
  lastPolledAt: number | null;
}

/** More than any demonstration needs; the oldest goes first. */
const MOST = 10_000;

/** As Microsoft's: no vowels and nothing that is read wrongly. */
const USER_CODE_SIGNS = 'BCDFGHJKLMNPQRSTVWXZ23456789';
const USER_CODE_LENGTH = 9;

/** Codes and refresh tokens that are out, each known by its own text. */
export class Grants {
  readonly #codes = new Map<string, CodeGrant>();
  readonly #refreshTokens = new Map<string, RefreshGrant>();
  readonly #devices = new Map<string, DeviceGrant>();

  addCode(grant: Omit<CodeGrant, 'redeemed'>): string {
    return keep(this.#codes, '1.', { ...grant, redeemed: false });
  }

  code(code: string): CodeGrant | undefined {
    return this.#codes.get(code);
  }

  addRefreshToken(grant: RefreshGrant): string {
    return keep(this.#refreshTokens, '1.AX', grant);
  }

  refreshToken(token: string): RefreshGrant | undefined {
    return this.#refreshTokens.get(token);
  }

  addDevice(asked: { clientId: string; scope: string; issuedAt: number }): [string, DeviceGrant] {
    const grant: DeviceGrant = {
      ...asked,
      userCode: newUserCode(),
      userName: null,
      declined: false,
      redeemed: false,
      lastPolledAt: null,
    };
    return [keep(this.#devices, 'D', grant), grant];
  }

  device(deviceCode: string): DeviceGrant | undefined {
    return this.#devices.get(deviceCode);
  }

  /** By what the person types: case and blanks around do not matter. */
  deviceByUserCode(userCode: string): DeviceGrant | undefined {
    const wanted = userCode.trim().toUpperCase();
    return [...this.#devices.values()].find((grant) => grant.userCode === wanted);
  }

  clear(): void {
    for (const each of [this.#codes, this.#refreshTokens, this.#devices]) each.clear();
  }
}

function keep<Value>(all: Map<string, Value>, prefix: string, value: Value): string {
  const [oldest] = all.keys();
  if (all.size >= MOST && oldest !== undefined) all.delete(oldest);
  const text = `${prefix}${randomBytes(48).toString('base64url')}`;
  all.set(text, value);
  return text;
}

const newUserCode = (): string =>
  Array.from({ length: USER_CODE_LENGTH }, () =>
    USER_CODE_SIGNS.charAt(randomInt(USER_CODE_SIGNS.length)),
  ).join('');
