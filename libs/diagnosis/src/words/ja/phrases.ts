import { type How, isLocal, type Refusal, type Told } from '../told.ts';

/** `a、b、c`. */
export const list = (items: readonly string[]): string => items.join('、');

/** The servers, where one sentence speaks of several; a blank stands between Latin letters and Japanese. */
export const here = ({ servers }: Told): string =>
  servers.length > 1 ? `${list(servers)} ` : 'このサーバー';

/** A last part for a cause that holds for every server. */
export const ifAll = ({ spread }: Told, text: string): string => (spread === 'all' ? text : '');

/** A last part for a cause that others do not have. */
export const ifLocal = (told: Told, text: string): string => (isLocal(told) ? text : '');

export const HOW: Record<How, string> = {
  refused: '拒否されます',
  timeout: '応答がありません',
  unreachable: '経路がありません',
  reset: 'すぐに切断されます',
  silent: '応答または経路がありません',
  rejected: '拒否されるか、すぐに切断されます',
};

/** What the other end said, in brackets. */
export const said = ({ reply }: Refusal): string => (reply === '' ? '' : ` (${reply})`);

/** What exactly this answer means where that is known, before what stands behind such answers. */
export const because = ({ answer }: Refusal, general: string): string =>
  answer ? (answer.rung === 'family' ? answer.meaning.ja : `${answer.meaning.ja}${general}`) : general;

/**
 * What the answer means where that is known, and nothing of what stands behind others; else what can be said without
 * it.
 */
export const meaning = ({ answer }: Refusal, unknown: string): string => answer?.meaning.ja ?? unknown;

/** The remedy for exactly this answer, before the general one. */
export const remedy = ({ answer }: Refusal, general: string): string => answer?.action.ja ?? general;

export const PERIMETER =
  'すべてのサーバーで同じ症状のため、全サーバーが共有するインターネット境界のファイアウォールを確認してください。';

export const OWN_RULE =
  '同じサイトの他のサーバーは接続できているため、このサーバー向けのルールがないか、経路が異なっています。';

export const minutes = (ms: number): string =>
  `${(Math.abs(ms) / 60_000).toFixed(1)} 分${ms < 0 ? '遅れて' : '進んで'}います`;

export const BY_PLACE =
  '他のサーバーはトークンを取得できるため、アプリケーションやアカウントの問題ではありません。場所に基づくポリシーがこのサーバーのパブリック アドレスを拒否しています。';
