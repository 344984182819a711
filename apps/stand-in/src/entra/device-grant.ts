import type { Application } from '../directory.ts';
import type { Entra } from './entra.ts';
import { EntraError } from './entra-error.ts';
import type { DeviceGrant, Grant } from './grants.ts';

/** Timers are not exact; a client that keeps to the interval is never told to slow down. */
const EARLY = 0.5;

/** What a poll of the token endpoint gets (RFC 8628, section 3.5): the grant, once, or what is to be waited for. */
export function redeemDeviceCode(
  { world, grants, devicePace }: Entra,
  deviceCode: string,
  application: Application,
): Grant {
  const grant = grants.device(deviceCode);
  if (!grant || grant.clientId !== application.clientId) {
    throw new EntraError(70018, {
      error: 'bad_verification_code',
      text: 'The device_code is not one that was issued to this application.',
    });
  }
  const polledAt = grant.lastPolledAt;
  grant.lastPolledAt = world.now();
  if (hasExpired(grant, world.now(), devicePace.expiresInSeconds)) throw new EntraError(70019);
  if (grant.redeemed) throw new EntraError(54005);
  if (grant.declined) {
    throw new EntraError(65004, {
      error: 'authorization_declined',
      text: 'The user denied the authorization request.',
    });
  }
  if (grant.userName === null) {
    const tooSoon = polledAt !== null && world.now() - polledAt < devicePace.intervalSeconds * 1000 * EARLY;
    // Microsoft's number for it is not published; the error alone tells the client what to do.
    throw new EntraError(70016, tooSoon ? { error: 'slow_down', text: 'The client polls too often.' } : {});
  }
  grant.redeemed = true;
  return { ...grant, userName: grant.userName };
}

export const hasExpired = ({ issuedAt }: DeviceGrant, now: number, seconds: number): boolean =>
  now - issuedAt >= seconds * 1000;
