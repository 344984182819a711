import type { EntraEndpoint } from '../../../apps/stand-in/src/custom-answer.ts';
import type { PlainFault, ResolverState } from '../plain-fault.ts';
import type { PlaceName, ServerName } from '../site.ts';
import type { FaultAt } from '../situation.ts';

export const SALES = 'sales@contoso.example';
export const SUPPORT = 'support@contoso.example';
export const ECE = 'ece@contoso.example';

/** The same for these servers. */
export const on = (servers: readonly ServerName[], ...what: FaultAt['what'][]): FaultAt[] =>
  what.map((each) => ({ on: servers, what: each }));

/** Faults of the tenant and of the set-up, which no server has for itself. */
export const everywhere = (...what: PlainFault[]): FaultAt[] => what.map((each) => ({ on: '*', what: each }));

type Recurring = Pick<
  Extract<PlainFault, { at: unknown }>['meets'],
  'share' | 'seed' | 'times' | 'thenWell' | 'name'
>;

/** A line of a mail service at a step or command. */
export const says = (
  at: PlaceName,
  step: string,
  line: string | string[],
  more: Recurring & { ends?: true } = {},
): PlainFault => {
  const { ends, ...recurring } = more;
  return {
    at,
    meets: {
      id: 'mail-answer',
      ...recurring,
      mail: { step, lines: [line].flat(), ...(ends ? { connection: 'ends' } : {}) },
    },
  };
};

/** A refusal of Entra ID: its number, the word of OAuth, and what it says. */
export const entra = (
  code: number,
  error: string,
  text: string,
  more: Recurring & { suberror?: string; status?: number; endpoint?: EntraEndpoint } = {},
): PlainFault => {
  const { suberror, status, endpoint = 'token', ...recurring } = more;
  return {
    at: 'login',
    meets: {
      id: 'entra-answer',
      ...recurring,
      entra: {
        endpoint,
        code,
        error,
        text,
        ...(suberror === undefined ? {} : { suberror }),
        ...(status === undefined ? {} : { status }),
      },
    },
  };
};

/** A page of somebody else where Microsoft should answer. */
export const page = (
  at: 'login' | 'exchange',
  endpoint: 'discovery' | 'token' | 'exchange',
  status: number,
  body: string,
  headers: Record<string, string> = {},
): PlainFault => ({
  at,
  meets: { id: 'web-answer', web: { endpoint, status, headers, body } },
});

/** A fault of the path by its id. */
export const path = (
  at: PlaceName | readonly PlaceName[],
  id: string,
  more: Omit<Extract<PlainFault, { at: unknown }>['meets'], 'id'> & { only?: 'first' | 'second' } = {},
): PlainFault => {
  const { only, ...meets } = more;
  return { at, meets: { id, ...meets }, ...(only ? { only } : {}) };
};

/** States of the resolver of a server. */
export const resolver = (...states: ResolverState[]): PlainFault => ({ resolver: states });
