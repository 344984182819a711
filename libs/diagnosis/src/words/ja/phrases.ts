import { type How, isChangedOnPath, isLocal, type Refusal, type Told } from '../told.ts';

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
export const because = (told: MaybeSpread, general: string): string => {
  const { answer } = told;
  if (!answer) return general;
  if (isChangedOnPath(told)) return `${answer.meaning.ja}${CHANGED_ON_PATH}`;
  return answer.rung === 'family' ? answer.meaning.ja : `${answer.meaning.ja}${general}`;
};

type MaybeSpread = Refusal & { spread?: Told['spread'] };

const CHANGED_ON_PATH =
  '同じ内容を送信するほかのサーバーでは発生していないため、このサーバーの経路上の機器、またはこのサーバーの TLS が、送信内容や送信方法を変えています。';

/**
 * What the answer means where that is known, and nothing of what stands behind others; else what can be said without
 * it.
 */
export const meaning = ({ answer }: Refusal, unknown: string): string => answer?.meaning.ja ?? unknown;

/** The remedy for exactly this answer, before the general one. */
export const remedy = (told: MaybeSpread, general: string): string => {
  if (!told.answer) return general;
  return isChangedOnPath(told) ? COMPARE_PATHS : told.answer.action.ja;
};

const COMPARE_PATHS =
  '証明書チェーン、TLS のバージョン、プロキシを、正常なサーバーと比較してください。Microsoft のホストを検査の対象から除外し、このサーバーで TLS 1.2 が有効であることを確認してください。';

export const PERIMETER =
  'すべてのサーバーで同じ症状のため、全サーバーが共有するインターネット境界のファイアウォールを確認してください。';

export const OWN_RULE =
  '同じサイトのほかのサーバーは接続できているため、このサーバー向けのルールがないか、経路が異なっています。';

export const minutes = (ms: number): string =>
  `${(Math.abs(ms) / 60_000).toFixed(1)} 分${ms < 0 ? '遅れて' : '進んで'}います`;

export const BY_PLACE =
  'ほかのサーバーはトークンを取得できるため、アプリケーションやアカウントの問題ではありません。場所に基づくポリシーがこのサーバーのパブリック アドレスを拒否しています。';
