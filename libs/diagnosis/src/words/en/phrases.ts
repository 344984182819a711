import type { How, Refusal, Told } from '../told.ts';

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
export const ifLocal = ({ spread }: Told, text: string): string =>
  spread === 'one' || spread === 'some' ? ` ${text}` : '';

export const HOW: Record<How, string> = {
  refused: 'is refused',
  timeout: 'gets no answer',
  unreachable: 'finds no route',
};

/** The end of a sentence: what the other end said. */
export function said({ reply }: Refusal): string {
  const text = reply === '' ? '' : `: ${reply}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What exactly this answer means where that is known, before what stands behind such answers. */
export const because = ({ answer }: Refusal, general: string): string =>
  answer ? `${answer.meaning.en} ${general}` : general;

/** The remedy for exactly this answer, before the general one. */
export const remedy = ({ answer }: Refusal, general: string): string => (answer ? answer.action.en : general);
