import type { Ground } from './ground.ts';
import * as mail from './faults/mail.ts';
import * as names from './faults/names.ts';
import * as path from './faults/path.ts';
import * as tls from './faults/tls.ts';
import * as token from './faults/token.ts';
import * as web from './faults/web.ts';
import { type PlainFault, plainFault } from './plain-fault.ts';
import type { ServerName } from './site.ts';

/** Something that can be wrong. */
export interface Fault {
  /** What was wrong before anybody signed in: how the site was set up. */
  setUp?: (ground: Ground) => void;
  /** Brings it about for one server. */
  at?: (ground: Ground, server: ServerName) => void | Promise<void>;
  /** Brings it about in the tenant, for everybody. */
  inTenant?: (ground: Ground) => void;
}

/** Everything that can be wrong, by its name in plain words. */
export const FAULTS = {
  ...names.FAULTS,
  ...path.FAULTS,
  ...tls.FAULTS,
  ...web.FAULTS,
  ...token.FAULTS,
  ...mail.FAULTS,
};

export type FaultName = keyof typeof FAULTS;

const faultOf = (what: FaultName | PlainFault): Fault =>
  typeof what === 'string' ? FAULTS[what] : plainFault(what);

/** Sets the site up as the fault has it; before anybody signs in. */
export function setUp(ground: Ground, what: FaultName | PlainFault): void {
  faultOf(what).setUp?.(ground);
}

/** Brings a fault about for these servers. */
export async function bringAbout(
  ground: Ground,
  what: FaultName | PlainFault,
  servers: readonly ServerName[],
): Promise<void> {
  const fault = faultOf(what);
  fault.inTenant?.(ground);
  await Promise.all(servers.map(async (server) => fault.at?.(ground, server)));
}
