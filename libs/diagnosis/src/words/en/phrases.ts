import { type How, isLocal, type Refusal, type Told } from '../told.ts';

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
export const because = ({ answer }: Refusal, general: string): string =>
  answer ? (answer.rung === 'family' ? answer.meaning.en : `${answer.meaning.en} ${general}`) : general;

/**
 * What the answer means where that is known, and nothing of what stands behind others; else what can be said without
 * it.
 */
export const meaning = ({ answer }: Refusal, unknown: string): string => answer?.meaning.en ?? unknown;

/** The remedy for exactly this answer, before the general one. */
export const remedy = ({ answer }: Refusal, general: string): string => (answer ? answer.action.en : general);

export const PERIMETER =
  'Every server is affected alike: look at the firewall to the internet that all of them share.';

export const OWN_RULE =
  'Other servers of the site get through, so a rule for this server is missing, or its path differs.';

export const minutes = (ms: number): string =>
  `${(Math.abs(ms) / 60_000).toFixed(1)} minutes ${ms < 0 ? 'behind' : 'ahead'}`;

export const BY_PLACE =
  'Other servers are given a token, so neither application nor account is at fault: a policy by location sees this server’s public address.';
