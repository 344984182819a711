import type { AadstsRow } from './aadsts-row.ts';
import { FAMILY_ROWS, type FamilyId } from './family-rows.ts';

/**
 * What is known of a number without a row: what its neighbours, or its words, are about. No remedy is named that only
 * one of them asks for.
 */
export type AadstsFamily = Omit<AadstsRow, 'codes'>;

/** How the digits of a number begin, and how many it has. Microsoft gives numbers of one subject one beginning. */
interface Numbers {
  readonly begins: RegExp;
  readonly family: FamilyId;
  /** True where all that begin so are of one subject; else the words of the text know better. */
  readonly narrow: boolean;
}

const NUMBERS: readonly Numbers[] = [
  { begins: /^1[23]\d{4}$/, family: 'account', narrow: false },
  { begins: /^16\d{3,4}$/, family: 'session', narrow: true },
  { begins: /^[24]0\d{3}$/, family: 'federated', narrow: true },
  { begins: /^28\d{3}$/, family: 'scope', narrow: true },
  { begins: /^53\d{3,5}$/, family: 'policy', narrow: true },
  { begins: /^65\d{3,4}$/, family: 'consent', narrow: true },
  { begins: /^7000[78]\d$/, family: 'token', narrow: false },
  { begins: /^7000\d{3}$/, family: 'application', narrow: false },
  { begins: /^700\d{3,4}$/, family: 'application', narrow: false },
  { begins: /^70\d{3}$/, family: 'grant', narrow: false },
  { begins: /^5000?\d{3}$/, family: 'directory', narrow: false },
  { begins: /^5[01]\d{3,4}$/, family: 'account', narrow: false },
  { begins: /^80\d{3}$/, family: 'on-premises', narrow: true },
  { begins: /^81\d{3,4}$/, family: 'browser', narrow: true },
  { begins: /^90\d{3,5}$/, family: 'request', narrow: false },
];

/**
 * Words that Entra ID's descriptions (English at the token endpoint) have for one subject, in lower case; the more
 * special first.
 */
const WORDS: readonly (readonly [FamilyId, readonly string[]])[] = [
  [
    'redirect',
    [
      'redirect uri',
      'redirect_uri',
      'redirect url',
      'reply url',
      'reply uri',
      'reply address',
      'return url',
      'return uri',
      'cross-origin',
      'single-page',
    ],
  ],
  [
    'cloud',
    [
      'national cloud',
      'sovereign',
      'government cloud',
      'public endpoint',
      'usgclient',
      'another cloud',
      'other cloud',
      'cross-cloud',
    ],
  ],
  ['other-tenant', ['different tenant', 'another tenant', 'other tenant']],
  [
    'policy',
    [
      'conditional access',
      'multi-factor',
      'multifactor',
      'strong authentication',
      'security defaults',
      'token protection',
      'compliant device',
      'device state',
      'access policy',
      'access policies',
    ],
  ],
  ['consent', ['consent']],
  [
    'credential',
    [
      'client secret',
      'client_secret',
      'client assertion',
      'client_assertion',
      'client credential',
      'federated identity',
    ],
  ],
  ['scope', ['scope']],
  ['token', ['refresh token', 'has expired', 'been revoked', 'sign-in frequency']],
  ['service', ['temporar', 'try again later', 'service unavailable', 'timed out', 'transient']],
  ['account', ['user account', 'password', 'user is not', 'user has been']],
  [
    'application',
    [
      'application with identifier',
      'application identifier',
      'application id',
      'app id',
      'appid',
      'client id',
      'client_id',
      'client identifier',
      'service principal',
      'client application',
    ],
  ],
];

/**
 * The family of a number without a row. `said` is its description in lower case: where the number's beginning stands
 * for one subject it decides, else words of the text come before it. `isVague` where nothing but a beginning that
 * stands for several subjects told it. Null where neither says anything.
 */
export function aadstsFamily(code: number, said: string): { row: AadstsFamily; isVague: boolean } | null {
  const digits = String(code);
  const numbers = NUMBERS.find(({ begins }) => begins.test(digits));
  if (numbers?.narrow) return { row: FAMILY_ROWS[numbers.family], isVague: false };
  const words = WORDS.find(([, each]) => each.some((one) => said.includes(one)));
  if (words) return { row: FAMILY_ROWS[words[0]], isVague: false };
  return numbers ? { row: FAMILY_ROWS[numbers.family], isVague: true } : null;
}
