import type { TokenClaims } from '@mailpath/protocol';
import type { ServerResults } from '../look.ts';
import { changed } from './faults.ts';
import { claimsOf } from './healthy.ts';

/** Object ID of the enterprise application in the specs. */
export const OBJECT_ID = 'aaaaaaaa-1111-2222-3333-444444444444';

/** The same server, whose token is the application's own. */
export const application = (server: ServerResults, changes: Partial<TokenClaims> = {}): ServerResults =>
  changed(
    server,
    ({ check }) => check === 'token.refresh',
    (result) => ({
      ...result,
      check: 'token.app-only',
      evidence: {
        claims: claimsOf({
          user: null,
          userFrom: null,
          scp: null,
          idtyp: 'app',
          oid: OBJECT_ID,
          roles: ['IMAP.AccessAsApp', 'SMTP.SendAsApp'],
          ...changes,
        }),
      },
    }),
  );
