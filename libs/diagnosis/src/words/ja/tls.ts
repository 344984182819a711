import type { tls as en } from '../en/tls.ts';
import { here, ifAll, ifLocal, list, minutes } from './phrases.ts';

export const tls: typeof en = {
  'clock.wrong': {
    sentence: ({ clocks }) =>
      `時計がずれています: ${list(clocks.map(({ server, aheadMs }) => `${server} は ${minutes(aheadMs)}`))}。`,
    cause: (p) =>
      `サーバーが時刻源に同期していません。証明書とトークンは時計で判定され、5 分を超えるずれがあると拒否されます。${ifAll(p, '全サーバーがずれているため、共有している時刻源を確認してください。')}`,
    nextStep: (p) =>
      `${here(p)}を時刻源 (NTP またはドメイン) に再び同期させ、その後で残りの結果を確認してください。`,
  },
  'tls.black-hole': {
    sentence: ({ places }) =>
      `接続は確立し小さなパケットは通りますが、TLS ハンドシェイクがすべて止まります: ${list(places)}。`,
    cause: (p) =>
      `大きなパケットが途中で通知なく失われています (パス MTU ブラック ホール)。ICMP の「フラグメント必要」を破棄するトンネル、VPN、ファイアウォールが考えられます。${ifLocal(p, '他のサーバーは接続できているため、このサーバーの経路上の問題です。')}`,
    nextStep: (p) =>
      `${here(p)}の MTU を小さくして (例: 1300) 試してください。そのうえで、ネットワーク担当に ICMP タイプ 3 コード 4 (ICMPv6 タイプ 2) の許可、またはトンネルでの MSS 調整を依頼してください。`,
  },
  'tls.expired': {
    sentence: ({ places, issuer }) => `${list(places)} の証明書が有効期間外です (発行者 ${issuer})。`,
    cause: () =>
      'このサーバーの時計が誤っているか、途中で TLS を復号する機器が期限切れの独自の証明書を提示しています。Microsoft の証明書が期限切れになることはありません。',
    nextStep: (p) =>
      `${here(p)}の時計を時刻源と比較し、正しい場合は発行者と有効期間をプロキシ担当に伝えてください。`,
  },
  'tls.other-name': {
    sentence: ({ places, subject }) => `${list(places)} の証明書は別の名前のものです (${subject})。`,
    cause: () =>
      '名前が本来とは別の機器に向けられています。誤った DNS 応答、hosts ファイルのエントリ、NAT、プロキシが考えられます。',
    nextStep: (p) =>
      `${here(p)}での ${list(p.places)} のアドレスを、正常なサーバーのアドレスと比較してください。`,
  },
  'tls.untrusted': {
    sentence: ({ places, issuer }) =>
      `${list(places)} の TLS に、ここでは信頼されない証明書が提示されます: 発行者 ${issuer}。`,
    cause: (p) =>
      `証明書の発行者 ${p.issuer} を保証する信頼されたルートがありません。経路上のプロキシまたはファイアウォールが TLS を復号している可能性が最も高く、そうでなければサーバーが不完全なチェーンを送信しています。${ifLocal(p, '他のサーバーは Microsoft 自身の証明書を受け取っているため、このサーバーの経路だけの問題です。')}`,
    nextStep: (p) =>
      `${here(p)}について、${list(p.places)} を TLS インスペクションの対象から除外してください。`,
  },
  'tls.cut': {
    sentence: ({ places, silent }) =>
      `${list(places)} への TCP 接続は開きますが、TLS ハンドシェイク${silent ? 'に応答がありません' : 'が切断されます'}。`,
    cause: ({ silent }) =>
      silent
        ? '途中の機器がハンドシェイクを破棄しています。名前で TLS を制限するファイアウォール、または大きなパケットの損失 (パス MTU) が考えられます。'
        : '途中の機器がハンドシェイクを切断しています。名前またはバージョンで TLS を制限するファイアウォールやプロキシが考えられます。',
    nextStep: (p) =>
      `ファイアウォール担当に、${here(p)}から ${list(p.places)} への通信のログの確認を依頼してください。ハンドシェイクが止まる場合は、MTU を小さくして試してください。`,
  },
  'tls.failed': {
    sentence: ({ places, offered }) =>
      `${list(places)} への TCP 接続は開きますが、応答する相手は TLS 1.2 以降に対応していません${offered.length > 0 ? ` (対応: ${list(offered)})` : ''}。`,
    cause: () => '別のサービス、または TLS を古いバージョンに下げるプロキシがこのポートで応答しています。',
    nextStep: (p) =>
      `${here(p)}に対して ${list(p.places)} で何が応答しているかを調べてください。Microsoft 365 は TLS 1.2 と 1.3 を提供します。`,
  },
  'tls.other-issuer': {
    sentence: ({ places, issuer, usual }) =>
      `${list(places)} の TLS に ${issuer} の証明書が提示されます。${usual.length > 0 ? `他のサーバーでは ${list(usual)} です。` : 'この発行者は Microsoft では知られていません。'}ここではこの証明書は信頼されています。`,
    cause: ({ machine, witnesses }) =>
      `${machine ? 'この証明書を保証するのは、このマシン独自のストアにあるルートだけです' : '発行者が Microsoft の使用するものではありません'}。経路上のプロキシまたはファイアウォールが TLS を復号しています${witnesses.length > 0 ? ' (このサーバーのみ)' : ''}。ECE の Java は独自のトラスト ストアを持つため、このマシンが受け入れる証明書を拒否することがあります。`,
    nextStep: (p) =>
      `${here(p)}について、${list(p.places)} を TLS インスペクションの対象から除外してください。Microsoft はこれらのホストのインスペクションをサポートしていません。`,
  },
  'tls.older-version': {
    sentence: ({ places, version, usual }) =>
      `${list(places)} は、ここでは ${version}、他のサーバーでは ${usual} で接続されます。`,
    cause: () =>
      '同じサービスが、このサーバーとだけ古い TLS バージョンで合意しています。経路上の何かがハンドシェイクに関与しています。',
    nextStep: (p) =>
      `${here(p)}から ${list(p.places)} への経路に、TLS インスペクションまたは TLS ポリシーがないか確認してください。`,
  },
  'tls.expires-soon': {
    sentence: ({ places, until, issuer }) =>
      `${list(places)} の証明書は ${until} に期限切れになります (発行者 ${issuer})。`,
    cause: (p) =>
      `Microsoft は証明書を十分前もって更新します。${ifLocal(p, '他のサーバーは別の証明書を受け取っているため、このサーバーの経路上の機器が独自の証明書を提示しています。')}`,
    nextStep: (p) =>
      `${here(p)}と Microsoft の間のプロキシまたはファイアウォールの担当に、発行者と期限を伝えてください。`,
  },
};
