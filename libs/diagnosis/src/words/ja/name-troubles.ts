import { byTrouble, type NameTold, type TroubleTable } from '../name-troubles.ts';
import { here, list } from './phrases.ts';

const TABLE: TroubleTable = {
  'no-resolver': {
    did: () => 'このサーバーには DNS サーバーが設定されていません',
    cause: () => 'このサーバーのネットワーク設定に DNS サーバーがないため、問い合わせ自体が行われません。',
    step: (p) => `${here(p)}のネットワーク設定に DNS サーバーを設定してください。`,
  },
  prohibited: {
    did: (resolver) => `このマシンが ${resolver} への問い合わせを禁止しています`,
    cause: () =>
      'このサーバー自身のファイアウォールまたはルートが DNS の問い合わせを禁止しています。パケットはマシンから出ておらず、ほかの機器は関係していません。',
    step: (p, resolvers) =>
      `${here(p)}自身のファイアウォールで、${resolvers} への UDP と TCP のポート 53 を許可してください。`,
  },
  unreachable: {
    did: (resolver) => `${resolver} に到達できません (経路なし)`,
    cause: () => 'DNS サーバーのアドレスへの経路がないか、途中のルーターが到達不能を返しています。',
    step: (p, resolvers) => `${here(p)}から ${resolvers} への経路とゲートウェイを確認してください。`,
  },
  'port-closed': {
    did: (resolver) => `${resolver} では UDP 53 で待ち受けるものがありません`,
    cause: ({ answersOthers }) =>
      answersOthers.length > 0
        ? `UDP 53 は閉じていると応答されますが、${list(answersOthers)} には応答しているため、ファイアウォールが代わりに応答しています。`
        : 'マシンは存在しますが DNS サービスが動作していないか、DNS サーバーのアドレスではありません。',
    step: (p, resolvers) =>
      p.answersOthers.length > 0
        ? `${here(p)}から ${resolvers} への UDP と TCP のポート 53 を開放してください。`
        : `${resolvers} で DNS サービスを開始するか、${here(p)}のネットワーク設定のアドレスを修正してください。`,
  },
  'no-answer': {
    did: (resolver) => `${resolver} は応答しません`,
    cause: ({ answersOthers }) =>
      answersOthers.length > 0
        ? `${list(answersOthers)} には応答しているため DNS サーバーは動作しています。このサーバーとの間で問い合わせか応答が失われています。`
        : 'DNS サーバーが停止しているか、このサーバーに応答しないか、経路上のファイアウォールが UDP 53 を破棄しています。',
    step: (p, resolvers) =>
      p.answersOthers.length > 0
        ? `ネットワーク担当に、${here(p)}から ${resolvers} への UDP と TCP のポート 53 の開放を依頼してください。`
        : `${resolvers} が動作し、${here(p)}からの UDP と TCP のポート 53 の問い合わせに応答することを確認してください。`,
  },
  truncated: {
    did: (resolver) => `${resolver} は UDP 53 で応答しますが、応答が UDP には長すぎ、TCP 53 では得られません`,
    cause: () =>
      '長い応答は TCP で問い合わせ直す必要がありますが (RFC 7766)、このサーバーと DNS サーバーの間で TCP 53 が閉じています。短い応答は届くため、ほかの名前は解決できることがあります。',
    step: (p, resolvers) =>
      `${here(p)}から ${resolvers} への TCP 53 を開放してください。UDP 53 だけでは不十分です。`,
  },
  refused: {
    did: (resolver) => `${resolver} は問い合わせを拒否します (REFUSED)`,
    cause: () =>
      'DNS サーバーには到達できますが、このサーバーには応答しません。問い合わせを許可するクライアントの一覧に、このサーバーのアドレスがありません。',
    step: (p, resolvers) => `${resolvers} で ${here(p)}からの再帰問い合わせを許可してください。`,
  },
  'no-recursion': {
    did: (resolver) => `${resolver} はほかのための名前解決を行いません (再帰なし)`,
    cause: () =>
      '設定されたアドレスは、自身のゾーンだけに応答する DNS サーバーです。クライアントには、インターネットの名前を解決するリゾルバーが必要です。',
    step: (p, resolvers) =>
      `${here(p)}のネットワーク設定で ${resolvers} の代わりに再帰を提供するリゾルバーを指定するか、そこで再帰を許可してください。`,
  },
  servfail: {
    did: (resolver) => `${resolver} は障害を応答します (SERVFAIL)`,
    cause: () =>
      'DNS サーバーには到達できますが、DNS サーバー自身が応答を得られません。フォワーダー、またはインターネットへの経路が機能していません。',
    step: (p, resolvers) =>
      `DNS 担当に、${resolvers} 自体で ${list(p.hosts)} を検索し、フォワーダーを確認するよう依頼してください。${here(p)}からそこまでの経路は正常です。`,
  },
  upstream: {
    did: (resolver) => `${resolver} は名前を知る DNS サーバーに到達できません (SERVFAIL)`,
    cause: () =>
      'DNS サーバー自身が、その先のサーバーに到達できないと応答しています。フォワーダー、またはインターネットへのポート 53 の経路が原因です。',
    step: (_, resolvers) =>
      `${resolvers} のフォワーダーと、外向きの UDP と TCP のポート 53 を確認してください。`,
  },
  dnssec: {
    did: (resolver) => `${resolver} は応答の署名を拒否します (DNSSEC)`,
    cause: () =>
      'DNS サーバーが署名を検証し、誤りと判断しています。インターネットとの間で応答が書き換えられているか、時計またはトラスト アンカーが古くなっています。',
    step: (_, resolvers) =>
      `${resolvers} の時計とトラスト アンカー、およびフォワーダーが DNSSEC レコードを取り除いていないかを確認してください。`,
  },
  blocked: {
    did: (resolver) => `${resolver} は独自のポリシーで名前を隠しています`,
    cause: () =>
      'DNS サーバー自身が、フィルターで名前を遮断していると応答しています。名前がないのでも、到達できないのでもありません。',
    step: (p, resolvers) => `${resolvers} の DNS フィルターから ${list(p.hosts)} を除外してください。`,
  },
  'old-dns': {
    did: (resolver) => `${resolver} は問い合わせを解釈できません (FORMERR または NOTIMP)`,
    cause: () =>
      'DNS サーバー、または経路上で DNS を検査するファイアウォールが、現在の形式の問い合わせ (EDNS、RFC 6891) を拒否しています。',
    step: (p, resolvers) =>
      `${resolvers} を更新するか、${here(p)}との間の DNS インスペクションを無効にしてください。`,
  },
  malformed: {
    did: (resolver) => `${resolver} から届くものは問い合わせへの応答ではありません`,
    cause: () => 'DNS サーバーではないものが待ち受けているか、経路上の機器が応答を書き換えています。',
    step: (p, resolvers) =>
      `${here(p)}に対して ${resolvers} の UDP 53 で何が応答しているかを調べてください。`,
  },
  'other-rcode': {
    did: (resolver) => `${resolver} は通常とは異なるコードで応答します`,
    cause: () => 'DNS サーバーには到達できますが、リゾルバーがほとんど使用しないコードで拒否されています。',
    step: (p, resolvers) => `${resolvers} のログで ${here(p)}からの問い合わせを確認してください。`,
  },
  unusable: {
    did: (resolver) => `${resolver} は応答しますが、利用できる内容ではありません`,
    cause: () =>
      'もう一方のアドレス ファミリーには応答しているため、DNS サーバーには到達できます。ここでの応答は利用できません。応答が UDP には長すぎ、TCP 53 が閉じている場合が最も多く見られます。',
    step: (p, resolvers) =>
      `${here(p)}から ${resolvers} への TCP 53 を開放し、そこで ${list(p.hosts)} を検索してください。新しいエージェントでは原因が区別されます。`,
  },
  nxdomain: {
    did: (resolver) => `${resolver} は名前が存在しないと応答します (NXDOMAIN)`,
    cause: () =>
      'そこでは名前が知られていません。公開ゾーンを隠す社内ゾーン、インターネットに接続できない DNS サーバー、またはホスト名の誤りが考えられます。',
    step: (p, resolvers) =>
      `${resolvers} が返す ${list(p.hosts)} の内容を公開 DNS と比較し、ゾーン、フォワーダー、またはホスト名を修正してください。`,
  },
  'no-data': {
    did: (resolver) => `${resolver} は名前は存在するがアドレスがないと応答します`,
    cause: () =>
      'DNS サーバーは名前を知っていますが、アドレスがありません。同名の社内ゾーンにレコードがないか、フィルターが取り除いています。',
    step: (p, resolvers) =>
      `${resolvers} に ${list(p.hosts)} のアドレス レコードを追加するか、公開ゾーンを隠す社内ゾーンを削除してください。`,
  },
  'alias-without-address': {
    did: (resolver) => `${resolver} はアドレスに至らない別名 (CNAME) を返します`,
    cause: () =>
      '名前は別名であり、DNS サーバーはその先のアドレスを見つけられません。名前自体は検索できても、その先の Microsoft の内部名がフィルターまたはゾーンで遮断されている可能性があります。',
    step: (_, resolvers) =>
      `${resolvers} が別名の先もすべて解決できるようにしてください。Microsoft の内部名は変化するため、フィルターの対象にできません。`,
  },
};

/** What each resolver did. */
export const did = ({ troubles }: NameTold): string =>
  troubles
    .flatMap(({ resolver, trouble, note }) =>
      trouble === 'unknown' ? [] : `${TABLE[trouble].did(resolver)}${note === '' ? '' : ` [${note}]`}`,
    )
    .join('。');

export const causes = (p: NameTold): string =>
  byTrouble(p)
    .map(([trouble]) => TABLE[trouble].cause(p))
    .join('');

export const steps = (p: NameTold): string =>
  byTrouble(p)
    .map(([trouble, resolvers]) => TABLE[trouble].step(p, list(resolvers)))
    .join('');
