import type { addresses as en } from '../en/addresses.ts';

const WHERE =
  'ECE 11.5 ～ 12.5: パーティションの "Web server URL or Load Balancer URL"。12.6 以降: Partition > Apps > General Settings > "External URL of Application"。';
const NO_REASON = '理由は記録されていません';

const form = (fault: string): string => `外部 URL が ECE の求める形式ではありません: ${fault}。`;
const notTaken = (fault: string): string => `Entra はこのリダイレクト URI を受け付けません: ${fault}。`;

const REFUSED = {
  mismatch: '登録済みの URI のいずれとも一致しません',
  unregistered: 'リダイレクト URI が登録されていません',
  missing: 'リダイレクト URI が指定されていません',
};
const AS_SHOWN =
  'ECE の画面から 1 文字ずつ正確にコピーし、同じものを Entra ([認証]、プラットフォーム Web) に登録してください。';

export const addresses: typeof en = {
  'external-url.missing': () => 'アプリケーションの外部 URL が入力されていません。',
  'external-url.enter': () => `ECE に表示されるとおりに入力してください。${WHERE}`,
  'external-url.no-url': (text) => `外部 URL ${text} は URL ではありません。`,
  'external-url.set': () => `https://ece.example.com の形式に設定してください。${WHERE}`,
  'external-url.no-https': (protocol) => form(`https:// ではなく ${protocol}// で始まっています`),
  'external-url.address': (host) => form(`${host} は名前ではなくアドレスです`),
  'external-url.no-domain': (host) => form(`${host} にドメインが付いていません`),
  'external-url.port': (port) => form(`ポート ${port} が含まれています`),
  'external-url.path': (path) => form(`パス ${path} が含まれています`),
  'external-url.query': () => form('クエリが含まれています'),
  'external-url.fragment': () => form('フラグメントが含まれています'),
  'external-url.good': (host) => `外部 URL https://${host} は ECE の求める形式です。`,
  'console.missing': () => '管理コンソールを開くアドレスが入力されていません。',
  'console.enter': (host) => `入力してください。名前は ${host} である必要があります。`,
  'console.same': (host) => `管理コンソールは外部 URL の名前 ${host} で開かれています。`,
  'console.other': (opened, external) =>
    `管理コンソールは ${opened} で開かれていますが、外部 URL は ${external} です。`,
  'console.open': (external) =>
    `管理コンソールを https://${external} で開くか、外部 URL を実際に使用している名前に設定してください。`,
  'external-url.looked-elsewhere': (server, seen, host) =>
    `${server} が確認したのは ${seen} で、${host} はまだ確認していません。`,
  'next-round': () => '次回のチェックを待ってください。',
  'external-url.seen': (server, host) => `${server} では、${host} の名前を解決でき、証明書も有効です。`,
  'external-url.unresolved': (server, host) => `${server} では、${host} の名前を解決できません。`,
  'external-url.add-to-dns': (server, host) =>
    `${server} が使用する DNS に ${host} を登録するか、外部 URL を修正してください。`,
  'external-url.untrusted': (server, host, distrust) =>
    `${server} では、${host} の証明書が有効ではありません (${distrust ?? '不明'})。`,
  'external-url.certificate': (host) =>
    `${host} の名前に対する証明書を、エージェントと管理者のブラウザーが信頼する認証局から取得して設定してください。`,
  'external-url.unseen': (server, host, reason) =>
    `${server} では、${host} を確認できませんでした: ${reason ?? NO_REASON}`,
  'external-url.open': (host) => `管理者のブラウザーで https://${host} を開いて確認してください。`,

  'redirect.missing': () => 'リダイレクト URI が入力されていません。',
  'redirect.as-shown': () => AS_SHOWN,
  'redirect.as-shown-or-pasted': () =>
    `${AS_SHOWN}認可 URL (authorize URL) を貼り付けて読み取ることもできます。`,
  'redirect.no-uri': (text) => `リダイレクト URI ${text} は絶対 URI ではありません。`,
  'redirect.no-https': () =>
    notTaken('https:// で始まっていません (http:// が認められるのは localhost のみです)'),
  'redirect.character': () => notTaken("使用できない文字 ! $ ' ( ) , ; のいずれかが含まれています"),
  'redirect.long': (max) => notTaken(`${max} 文字を超えています`),
  'redirect.wildcard': () => notTaken('ワイルドカードが含まれています'),
  'redirect.fragment': () => notTaken('フラグメント (#) が含まれています'),
  'redirect.blank': () => notTaken('空白またはバックスラッシュが含まれています'),
  'redirect.good-form': () => 'リダイレクト URI は Entra が受け付ける形式です。',
  'redirect.remarks': ({ path, endsInSlash, hasQuery, port }) =>
    [
      path === null
        ? 'パスがありません。Entra は末尾にスラッシュを付けて返すため、一つの形式で登録して比較してください。'
        : `パス ${path} は大文字と小文字を区別して 1 文字ずつ照合され、末尾のスラッシュは${endsInSlash ? 'あり' : 'なし'}です。Entra にも同じものを登録してください。`,
      hasQuery
        ? 'クエリが含まれています。Entra がこれを受け付けるのは、職場または学校アカウント専用のアプリケーションのみです。'
        : '',
      port === null ? '' : `ポート ${port} も一致する必要があります。`,
    ].join(''),
  'redirect.no-external-url': () => 'リダイレクト URI と比較する外部 URL が入力されていません。',
  'redirect.enter-external-url': () => 'アプリケーションの外部 URL を入力してください。',
  'redirect.same-name': (host) => `リダイレクト URI の名前は外部 URL と同じ ${host} です。`,
  'redirect.other-name': (host, external) =>
    `リダイレクト URI の名前は ${host} ですが、外部 URL は ${external} です。`,
  'redirect.one-name': () => '両方を同じ名前にし、そのリダイレクト URI を Entra に登録してください。',
  'redirect.asked-other': (server) =>
    `${server} がこれまで Entra に問い合わせたのは別のリダイレクト URI です。`,
  'redirect.refused': (server, why, aadsts) =>
    `${server} からの問い合わせに対し、Entra はリダイレクト URI を拒否しました: ${REFUSED[why]} (AADSTS${aadsts})。`,
  'redirect.taken': (server) =>
    `${server} からの問い合わせに対し、Entra はリダイレクト URI を受け付けました。`,
  'redirect.taken-despite': (server, other) =>
    `${server} からの問い合わせに対し、Entra はリダイレクト URI を受け付け、別の点を拒否しました (${other ?? '不明'})。`,
  'redirect.mend-other': () =>
    'エラーの内容に従って修正してください。リダイレクト URI の問題ではありません。',
  'redirect.stopped': (server, other) =>
    `${server} からの問い合わせは ${other} で止まりました。これはリダイレクト URI の問題ではありません。`,
  'redirect.mend-first': () =>
    '先にそちらを修正してください。テナントとクライアント ID はリダイレクト URI より先に確認されます。',
  'redirect.unasked': (server, reason) =>
    `${server} は Entra に問い合わせることができませんでした: ${reason ?? NO_REASON}`,
  'redirect.mend-way': () => '先にサインイン ホストへの経路を修正してください。',
};
