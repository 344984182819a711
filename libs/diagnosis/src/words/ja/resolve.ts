import type { resolve as en } from '../en/resolve.ts';
import { here, ifAll, ifLocal, list } from './phrases.ts';

export const resolve: typeof en = {
  'resolve.no-name': {
    sentence: ({ hosts }) => `このサーバーのリゾルバーでは、どの名前 (${list(hosts)}) も存在しません。`,
    cause: () =>
      'リゾルバーが Microsoft 365 の名前をまったく解決できません。社内の名前だけを扱っているか、インターネットに問い合わせできない状態です。',
    nextStep: (p) =>
      `${here(p)}の DNS サーバーが公開名 (少なくとも ${list(p.hosts)}) を解決できるよう、フォワーダーまたはルート ヒントを設定してください。`,
  },
  'resolve.no-answer': {
    sentence: ({ hosts }) => `${list(hosts)} のアドレスを返すリゾルバーがありません。`,
    cause: (p) =>
      `設定された DNS サーバーが応答しないか、エラーを返しているため、名前で指定する宛先には一切到達できません。${ifAll(p, 'すべてのサーバーで同じ状態のため、DNS サーバー自体を確認してください。')}`,
    nextStep: (p) =>
      `${here(p)}のネットワーク設定にある DNS サーバーと、そのポート 53 (UDP、TCP) への到達性を確認してください。${list(p.hosts)} を解決できる必要があります。`,
  },
  'resolve.name-fails': {
    sentence: ({ hosts }) =>
      `リゾルバーは ${list(hosts)} に対して有効な応答を返しません。他の名前は解決できます。`,
    cause: () =>
      'この名前に限ってリゾルバーが失敗しています。この名前専用のゾーン、フォワーダー、またはフィルターに問題があります。',
    nextStep: (p) =>
      `DNS 担当に、${here(p)}のリゾルバーで ${list(p.hosts)} を検索し、応答する設定を修正するよう依頼してください。`,
  },
  'resolve.not-found': {
    sentence: ({ hosts }) => `このサーバーでは、名前 ${list(hosts)} は存在しないと応答されます。`,
    cause: () =>
      '名前が存在しないとリゾルバーが応答しました。公開ゾーンを隠す社内ゾーン、DNS フィルター、またはホスト名の誤りが考えられます。',
    nextStep: (p) =>
      `${here(p)}と正常なサーバーで ${list(p.hosts)} を検索し、使用しているリゾルバーを比較して、ゾーン、フィルター、またはホスト名を修正してください。`,
  },
  'resolve.hosts-entry': {
    sentence: ({ addresses, hosts }) =>
      `このサーバーは ${list(hosts)} に ${list(addresses)} を使用していますが、どのリゾルバーもこのアドレスを返しません。`,
    cause: () =>
      'hosts ファイルのエントリ、またはこのサーバーの別の名前サービスが DNS より優先され、内容が古くなっています。',
    nextStep: (p) => `${here(p)}の hosts ファイルから ${list(p.hosts)} のエントリを探し、削除してください。`,
  },
  'resolve.unusual-address': {
    sentence: ({ addresses, hosts }) =>
      `${list(hosts)} が ${list(addresses)} に解決されます。これは Microsoft のアドレスではありません。`,
    cause: () => '社内ゾーン、DNS フィルター、またはシンクホールが、この名前に独自のアドレスを返しています。',
    nextStep: (p) =>
      `DNS 担当に、${here(p)}のリゾルバーで ${list(p.hosts)} を公開 DNS と同じ結果に解決するよう依頼してください。`,
  },
  'resolve.other-answer': {
    sentence: ({ hosts, addresses, others }) =>
      `ここでは ${list(hosts)} が ${list(addresses)} に解決され、どのサーバーからも到達できません。他のサーバーは ${list(others)} を得て接続できています。`,
    cause: ({ resolvers }) =>
      `このサーバーは他のサーバーと異なる DNS サーバー (${list(resolvers)}) に問い合わせており、その応答先が反応しません。スプリット DNS または古いゾーンが考えられます。`,
    nextStep: (p) =>
      `${here(p)}に他のサーバーと同じ DNS サーバーを設定するか、${list(p.resolvers)} が返す ${list(p.hosts)} の内容を修正してください。`,
  },
  'resolve.one-resolver': {
    sentence: ({ resolver, status }) =>
      `DNS サーバー ${resolver} が失敗しています (${status})。別の DNS サーバーは応答しています。`,
    cause: (p) =>
      `設定された DNS サーバーの 1 つが機能していないため、それを先に使う検索は遅くなり、もう一方が混雑すると失敗します。${ifLocal(p, '同じサイトの他のサーバーには応答しているため、ここからその DNS サーバーへの経路が閉じています。')}`,
    nextStep: (p) =>
      `${p.resolver}、または${here(p)}からそのポート 53 への経路を修復するか、ネットワーク設定から外してください。`,
  },
};
