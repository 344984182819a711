import type { Authorize } from '@mailpath/protocol';
import type { Check, CheckRun } from './check.ts';
import type { Credential } from './credential.ts';
import type { Route } from './io/network.ts';
import { networkFor } from './io/network.ts';
import type { LookedUp } from './io/reading-run.ts';
import { mailboxReader } from './io/reading-run.ts';

/** What a check may need beside the network. */
export interface Given {
  credential?: Credential | null;
  authorize?: Authorize | undefined;
  reading?: LookedUp | null;
}

/** Hands each kind of check what it needs. That a run has it was seen to before it began. */
export async function carryOut(check: Check, run: CheckRun, route: Route, given: Given): Promise<void> {
  const network = networkFor(run, route);
  const { credential, authorize, reading } = given;
  const missing = (what: string) => new Error(`${check.id} was run without ${what}`);
  switch (check.needs) {
    case 'direct-path':
    case 'web':
      return check.run(run, network);
    case 'authorize-request':
      if (!authorize) throw missing('what to ask the authorize endpoint');
      return check.run(run, network, authorize);
    case 'mailbox-reader':
      if (!credential) throw missing('a credential');
      if (!reading) throw missing('a place to read the mailbox');
      return check.run(run, network, credential, mailboxReader(reading, credential, route));
    default:
      if (!credential) throw missing('a credential');
      return check.run(run, network, credential);
  }
}
