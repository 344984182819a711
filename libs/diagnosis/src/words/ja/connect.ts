import type { connect as en } from '../en/connect.ts';
import { HOW, OWN_RULE, PERIMETER, here, ifAll, ifLocal, list } from './phrases.ts';

export const connect: typeof en = {
  'server.offline': {
    sentence: () => 'どのホストのどのポートにも接続できません。',
    cause: (p) =>
      `インターネットへの経路がまったくありません。ネットワーク、デフォルト ゲートウェイ、または外向き通信をすべて遮断するファイアウォールが原因です。${ifAll(p, '全サーバーが同じ状態のため、サイト全体の回線またはファイアウォールの問題です。')}`,
    nextStep: (p) =>
      `まず、${here(p)}のネットワーク、デフォルト ゲートウェイ、ファイアウォールを確認してください。他の症状はすべてこの結果です。`,
  },
  'connect.refused': {
    sentence: ({ places }) => `${list(places)} への TCP 接続が拒否されます。`,
    cause: (p) =>
      `Microsoft の代わりに何かが応答し、すぐにポートを閉じています。拒否するファイアウォール ルール、または別の宛先へ向ける hosts や NAT の設定が考えられます。${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `${here(p)}から ${list(p.places)} への外向き TCP を名前で許可し、アドレスが Microsoft のものであることを確認してください。`,
  },
  'connect.timeout': {
    sentence: ({ places }) => `${list(places)} への TCP 接続に応答がありません。`,
    cause: (p) =>
      `途中でパケットが破棄されています。ほとんどの場合、このサーバー、ホスト、ポートを許可するルールがファイアウォールにありません。${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `${here(p)}から ${list(p.places)} への外向き TCP を、応答も含めて名前で許可してください。`,
  },
  'connect.unreachable': {
    sentence: ({ places }) => `${list(places)} への経路がありません。`,
    cause: (p) =>
      `このサーバーに経路がないか、途中のルーターまたはファイアウォールが ICMP で通信の禁止を返しています。${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `${here(p)}のデフォルト ゲートウェイを確認し、次に ${list(p.places)} までの途中のファイアウォールを確認してください。`,
  },
  'connect.broken': {
    sentence: ({ places }) => `${list(places)} への TCP 接続を確立できません。`,
    cause: () => '接続の確立中に切断されました。途中の機器が干渉しています。',
    nextStep: (p) =>
      `ネットワーク担当に、${here(p)}から ${list(p.places)} への TCP 通信のトレースを依頼してください。`,
  },
  'connect.port-closed': {
    sentence: ({ port, how, hosts }) =>
      `TCP ポート ${port} は、どのホスト (${list(hosts)}) に対しても${HOW[how]}。`,
    cause: (p) =>
      `ファイアウォールが外向きのポート ${p.port} 自体を遮断しています。他のポートは開いています。${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) => `${here(p)}から ${list(p.hosts)} への外向き TCP ポート ${p.port} を許可してください。`,
  },
  'connect.host-closed': {
    sentence: ({ host, how, places }) =>
      `${host} への TCP 接続は、どのポートでも${HOW[how]} (${list(places)})。`,
    cause: (p) =>
      `ポートではなくホスト自体が遮断されているか、誤った宛先に向けられています。古いアドレス一覧を使うファイアウォール、または Microsoft のものではないアドレスが考えられます。${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `${here(p)}に対して ${p.host} を名前で許可し、正常なサーバーで得られるアドレスと比較してください。`,
  },
  'connect.mail-ports': {
    sentence: ({ places, how }) =>
      `ポート 443 だけが開いています。${list(places)} への TCP 接続は${HOW[how]}。`,
    cause: (p) =>
      `ファイアウォールは Web 通信だけを許可し、メール用のポートを許可していません。Microsoft 365 のメール サーバー向けのルールがありません。${ifAll(p, PERIMETER)}${ifLocal(p, OWN_RULE)}`,
    nextStep: (p) =>
      `${here(p)}から ${list(p.places)} への外向き TCP を許可してください。Web アクセスだけではメールは使えません。`,
  },
  'connect.family-dead': {
    sentence: ({ family, hosts }) =>
      `${list(hosts)} の IPv${family} アドレスにはどれも到達できません。もう一方のアドレス ファミリーは正常です。`,
    cause: (p) =>
      `IPv${p.family} のアドレスと経路は設定されていますが、実際には通信できません。先に IPv${p.family} を試すクライアントは待たされ、Java プログラムは失敗することがあります。${ifLocal(p, '他のサーバーの経路は正常です。')}`,
    nextStep: (p) =>
      `${here(p)}の IPv${p.family} の経路を修復するか、使用しない場合は IPv${p.family} を無効にしてください。`,
  },
  'connect.some-addresses': {
    sentence: ({ addresses, hosts }) =>
      `${list(hosts)} のアドレスのうち ${list(addresses)} に到達できません。他のアドレスには到達できます。`,
    cause: () =>
      'この名前のアドレスの一部に到達できません。クライアントは別のアドレスで接続できますが、遅くなり、失敗することもあります。',
    nextStep: (p) =>
      `${here(p)}に対して、アドレスの一覧ではなく名前で ${list(p.places)} を許可してください。`,
  },
  'connect.only-together': {
    sentence: ({ places }) => `${list(places)} のチェックは最初に失敗し、単独で再実行すると成功しました。`,
    cause: () => '一時的な障害か、1 台のサーバーの同時接続数を制限する機器が途中にあります。',
    nextStep: (p) =>
      `再発する場合は、${here(p)}から ${list(p.places)} への接続数の制限がないか、ファイアウォール担当に確認を依頼してください。`,
  },
};
