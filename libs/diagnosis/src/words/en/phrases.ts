import { type How, isChangedOnPath, isLocal, type Refusal, type Told } from '../told.ts';

/** `a, b and c`. */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The servers, where one sentence speaks of several. */
export const here = ({ servers }: Told): string => (servers.length > 1 ? list(servers) : 'this server');

/** A last part for a cause that holds for every server. */
export const ifAll = ({ spread }: Told, text: string): string => (spread === 'all' ? ` ${text}` : '');

/** A last part for a cause that others do not have. */
export const ifLocal = (told: Told, text: string): string => (isLocal(told) ? ` ${text}` : '');

export const HOW: Record<How, string> = {
  refused: 'is refused',
  timeout: 'gets no answer',
  unreachable: 'finds no route',
  reset: 'is cut off at once',
  silent: 'gets no answer or finds no route',
  rejected: 'is refused or cut off at once',
};

/** The end of a sentence: what the other end said. */
export function said({ reply }: Refusal): string {
  const text = reply === '' ? '' : `: ${reply}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * What exactly this answer means where that is known, before what stands behind such answers; of a family no more is
 * known than itself.
 */
export const because = (told: MaybeSpread, general: string): string => {
  const { answer } = told;
  if (!answer) return general;
  if (isChangedOnPath(told)) return `${answer.meaning.en} ${CHANGED_ON_PATH}`;
  return answer.rung === 'family' ? answer.meaning.en : `${answer.meaning.en} ${general}`;
};

type MaybeSpread = Refusal & { spread?: Told['spread'] };

const CHANGED_ON_PATH =
  'Other servers send the same and are not told so: something on this server’s path, or the TLS of this server, changes what is sent or how.';

/**
 * What the answer means where that is known, and nothing of what stands behind others; else what can be said without
 * it.
 */
export const meaning = ({ answer }: Refusal, unknown: string): string => answer?.meaning.en ?? unknown;

/** The remedy for exactly this answer, before the general one. */
export const remedy = (told: MaybeSpread, general: string): string => {
  if (!told.answer) return general;
  return isChangedOnPath(told) ? COMPARE_PATHS : told.answer.action.en;
};

const COMPARE_PATHS =
  'Compare certificate chain, TLS version and proxy of this server with those of one that works; exempt Microsoft’s hosts from inspection, and see that TLS 1.2 is on here.';

export const PERIMETER =
  'Every server is affected alike: look at the firewall to the internet that all of them share.';

export const OWN_RULE =
  'Other servers of the site get through, so a rule for this server is missing, or its path differs.';

export const minutes = (ms: number): string =>
  `${(Math.abs(ms) / 60_000).toFixed(1)} minutes ${ms < 0 ? 'behind' : 'ahead'}`;

export const BY_PLACE =
  'Other servers are given a token, so neither application nor account is at fault: a policy by location sees this server’s public address.';
