import type { Json } from './token-answer.ts';
import { unexpected } from './token-answer.ts';

/** As long as the protocol between agent and API takes a token. */
const LONGEST_TOKEN = 16_384;
/** Ten years: far beyond any token's life, and no date yet that cannot be written. */
const LONGEST_LIFE_S = 315_360_000;
const DAY_S = 86_400;
/** RFC 8628, section 3.2, where the answer names none. */
const DEFAULT_INTERVAL_S = 5;
const LONGEST_INTERVAL_S = 60;

/** A success (RFC 6749, section 5.1), of which every field was looked at. */
export interface TokenSet {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  refreshToken: string | null;
  idToken: string | null;
  scope: string | null;
  clientInfo: string | null;
}

/** A device authorization (RFC 8628, section 3.2); times are seconds. */
export interface DeviceAuthorization {
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  expiresIn: number;
  interval: number;
}

/** Takes a success apart; throws `unexpected-reply` that names the field, and never its value. */
export function tokenSetIn(json: Json): TokenSet {
  const optional = (name: string) => (json[name] === undefined ? null : textIn(json, name, LONGEST_TOKEN));
  return {
    accessToken: textIn(json, 'access_token', LONGEST_TOKEN),
    expiresIn: secondsIn(json, 'expires_in', LONGEST_LIFE_S),
    refreshToken: optional('refresh_token'),
    idToken: optional('id_token'),
    scope: optional('scope'),
    clientInfo: optional('client_info'),
  };
}

/** The same for a device authorization. */
export function deviceAuthorizationIn(json: Json): DeviceAuthorization {
  const verificationUri = textIn(json, 'verification_uri', 512);
  if (URL.parse(verificationUri)?.protocol !== 'https:')
    throw unexpected('JSON whose "verification_uri" is no https URL');
  const { interval } = json;
  return {
    deviceCode: textIn(json, 'device_code', LONGEST_TOKEN),
    userCode: textIn(json, 'user_code', 64),
    verificationUri,
    expiresIn: secondsIn(json, 'expires_in', DAY_S),
    interval: typeof interval === 'number' ? clamped(interval) : DEFAULT_INTERVAL_S,
  };
}

/** Never a flood of polls, and never a wait without end, whatever is asked for. */
function clamped(interval: number): number {
  return Math.min(LONGEST_INTERVAL_S, Math.max(1, interval));
}

function textIn(json: Json, name: string, longest: number): string {
  const value = json[name];
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
  throw unexpected(`JSON whose "${name}" is no text of 1 to ${longest} characters`);
}

/** Entra ID's older endpoints write numbers as text. */
function secondsIn(json: Json, name: string, most: number): number {
  const value = json[name];
  const seconds = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof seconds === 'number' && seconds > 0 && seconds <= most) return seconds;
  throw unexpected(`JSON whose "${name}" is no number of seconds`);
}
