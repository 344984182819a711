import type { items as en } from '../en/items.ts';

const BASIC_ENDS =
  'SMTP AUTH の基本認証は 2026 年 12 月末から既定で無効になります。最終的な廃止日は 2027 年後半に Microsoft から発表される予定です。';
const list = (names: readonly string[]): string => names.join('、');

export const items: typeof en = {
  'title.C1': () => 'ECE のバージョン',
  'title.C2': () => 'アプリケーションの外部 URL',
  'title.C3': () => 'Entra アプリケーションのリダイレクト URI',
  'title.C4': () => 'アクセス トークンの有効期間',
  'title.C5': () => 'トークンのユーザー',
  'title.C6': () => 'メールボックスのプロトコル',
  'title.C7': () => 'メールボックスのライセンス',
  'title.C8': () => 'メールボックスのアクセス許可',
  'title.C9': () => 'サーバーから到達できる URL',
  'title.C10': () => 'サーバーから接続できるポート',
  'title.C11': () => 'Microsoft の接続テスト',
  'title.X1': () => 'アプリケーションのクライアント シークレットまたは証明書',
  'title.X2': () => 'アプリケーションの同意とアクセス許可',
  'title.X3': () => 'テナント、機関 (authority)、クラウド',
  'title.X4': () => '条件付きアクセス',
  'title.X5': () => 'アカウントの状態',
  'title.X6': () => 'TLS、信頼、プロキシ',
  'title.X7': () => 'スロットリングとサービスの障害',
  'title.X8': () => 'クライアントのプロトコル',
  'title.X9': () => 'サーバーの時計',

  'told.none': () => '確認できる結果がありません。',
  'told.none-of': (what, server) => `${server} には、${list(what)} を確認できる結果がありません。`,
  'told.stale': (server, check, at) =>
    `${server} の ${check} の結果は ${at} のもので、現在の状態を示すには古すぎます。`,
  'told.throttled': (server, check) =>
    `Microsoft が ${server} に間隔を空けるよう求めました (${check})。この項目の判断材料にはなりません。`,
  'told.internal': (server, check) =>
    `${server} の ${check} は Mailpath 自体の不具合で失敗しました。この項目の判断材料にはなりません。`,
  'told.skipped': (server, check, reason) =>
    `${server} の ${check} は実行されませんでした: ${reason ?? '理由は記録されていません'}`,
  'told.undecided': (server, check, message) =>
    `${server} の ${check} は失敗しましたが、この項目の判断材料にはなりません: ${message}`,
  'need.agent': (server) => `${server} のエージェントが動作し、接続していることを確認してください。`,
  'need.token': () =>
    'Mailpath でメールボックスのサインインを行い、サーバーがトークンを取得して試せるようにしてください。',
  'need.token-at': (server) =>
    `Mailpath で ${server} を選択してメールボックスのサインインを行い、このサーバー自身がトークンを要求するようにしてください。`,
  'need.mailbox-checks': () =>
    'サーバーがメールボックスにサインインできるように、メールボックスを登録し、サインインを行い、チェックを実行してください。',
  'need.wait': () => '次回のチェックを待ってください。続く場合は、チェックの間隔を長くしてください。',
  'need.mailpath': () => 'エージェントのログを確認し、不具合を報告してください。',
  'need.mend-first': () => '先に失敗の原因を修正してください。その後に判断できます。',

  refused: (server, message, meaning) => `${server} への応答: ${message} ${meaning.ja}`,
  'refused.action': (action) => action.ja,
  'refused.here-only': (server, others) =>
    `${list(others)} はトークンを取得できるため、場所に基づくポリシーが ${server} のパブリック アドレスを拒否しています。`,

  'user.application': (server) =>
    `${server} はアプリケーション自体のトークンを取得しています。誤ったユーザーでサインインすることはありません。`,
  'permissions.opened': (address, server) => `${server} が ${address} を開きました。`,
  'permissions.sent-as': (address, server) => `${server} が ${address} としてメッセージを送信しました。`,
  'permissions.not-opened': (address, server, message) =>
    `${server} はサインインできましたが、${address} を開けませんでした: ${message}`,
  'permissions.not-sent-as': (address, server, message) =>
    `${server} はサインインできましたが、${address} として送信できませんでした: ${message}`,
  'permissions.grant': (address, user) =>
    `次を実行してください: Add-MailboxPermission ${address} -User ${user} -AccessRights FullAccess。Exchange はほかの原因でも同じ応答を返すため、Get-CASMailbox ${user} とライセンスも確認してください。`,
  'permissions.own-account': (address) =>
    `メールボックス自体のアカウントのため、フル アクセス許可の不足ではありません。メールボックスの有無とライセンス、Get-CASMailbox ${address}、トークンのユーザー (C5) を確認してください。`,
  'permissions.grant-send-as': (address, user) =>
    `次を実行してください: Add-RecipientPermission ${address} -Trustee ${user} -AccessRights SendAs`,
  'permissions.try-send-as': (address, user) =>
    `${user} が ${address} として送信できるかどうかは、往復テストでのみ確認できます。このメールボックスで往復テストを許可するか、Get-RecipientPermission ${address} で確認してください。`,

  'urls.good': (server, hosts) => `${server} は ${list(hosts)} に到達できます。`,
  'urls.broken': (server, message) => `${server} から到達できません: ${message}`,
  'urls.mend': (server, hosts) =>
    `${server} から ${list(hosts)} の名前を解決し、HTTPS で到達できるようにしてください。`,
  'ports.good': (server, places) => `${server} から次のポートに接続できます: ${list(places)}。`,
  'ports.closed': (server, message) => `${server} から接続できません: ${message}`,
  'ports.recommended': (places) =>
    `この役割のメール プロセスは ${list(places)} を使用しませんが、Cisco のチェックリストでは要求されています (S56)。`,
  'ports.open': (server, places) => `${server} から ${list(places)} への TCP の発信を許可してください。`,
  'tls.good': (server, places) => `${server} は ${list(places)} の有効な証明書を受け取っています。`,
  'tls.java': () =>
    'ECE の Java は独自の証明書ストアを使用します。TLS を復号する装置がある場合は、そこの証明書も照合してください。',
  'tls.broken': (server, message) => `${server} の TLS に問題があります: ${message}`,
  'tls.mend': (server, places) =>
    `${server} について、${list(places)} を TLS インスペクションとプロキシの対象から除外するか、証明書ストアを修正してください。`,
  'clock.agrees': (server, seconds) => `${server} の時計と Microsoft の時計の差は ${seconds} 秒以内です。`,

  'external-test.missing': () => 'Microsoft の接続テストの結果が記録されていません。',
  'external-test.run': () =>
    'https://testconnectivity.microsoft.com/tests/o365 で "IMAP Email" または "POP Email" を実行し、結果を記録してください。このテストは Microsoft 側で実行されるため、メールボックスを使用できることは示しますが、サーバーのファイアウォール、DNS、プロキシ (C9、C10) については何も示しません。"Outbound SMTP Email" はアドレスがブロック リストにあるかどうかを調べるもので、ポート 587 の STARTTLS とサインインは確認しません。Cisco も TAC もこのテストをサポートしていません。',
  'external-test.passed': (by, at) =>
    `${by} の記録では、${at} の Microsoft の接続テストは合格でした。Microsoft 側から見た結果で、サーバーからの経路 (C9、C10) については何も示しません。`,
  'external-test.failed': (by, at) =>
    `${by} の記録では、${at} の Microsoft の接続テストは不合格でした。Microsoft 側から見た結果です。`,
  'external-test.mend': () =>
    'Microsoft 側からも失敗するため、サーバーのネットワークの問題ではありません。メールボックスとアカウント (C5 ～ C8)、およびテストが示す手順を確認してください。',
  'external-test.note': (note) => `メモ: ${note}`,

  'secret.taken': (server) =>
    `Entra は ${server} からのアプリケーションのクライアント シークレットを受け付けました。`,
  'secret.expired': (at) => `入力値によると、クライアント シークレットは ${at} に期限切れになりました。`,
  'secret.renew': () =>
    '期限切れになる前に Entra で新しいクライアント シークレットを作成し、その値 (ID ではなく) を ECE に入力してください。',
  'secret.correct': () => '入力された有効期限は過ぎています。入力値を修正してください。',
  'certificate.taken': (server) =>
    `Entra は ${server} からのアプリケーションのクライアント証明書を受け付けました。`,
  'certificate.expired': (at) => `クライアント証明書は ${at} に期限切れになりました。`,
  'certificate.renew': () =>
    '期限切れになる前に新しいクライアント証明書を作成し、Entra に古い証明書と並べて登録してから、ここと ECE に設定してください。',
  'proof.expires': (at) => `有効期限は ${at} です。`,
  'policy.passed': (server) =>
    `Entra は ${server} にトークンを発行しました。サインインを妨げるポリシーはありません。`,
  'account.good': (user, server) => `Entra は ${server} に ${user} のトークンを発行しました。`,
  'service.good': (services) => `Microsoft のサービスは応答しています: ${list(services)}。`,
  'service.unavailable': (server, message) => `${server} への応答: ${message}`,
  'service.see-health': () =>
    'しばらく待ち、Microsoft 365 のサービス正常性を確認してください。一部のサーバーだけの場合は、プロキシが Microsoft に代わって応答している可能性があります。',
  'protocol.good': (address, checks, server) =>
    `Exchange は ${address} へのサインインを正しいプロトコルとして受け付けました (${server} の ${list(checks)})。`,
  'protocol.java': () =>
    'これは Mailpath のクライアントによる結果です。POP3 の場合、ECE の Java Mail でも XOAUTH2 の 2 行形式を使用する必要があります。',
  'protocol.broken': (server, message) => `${server} でプロトコルの問題が発生しました: ${message}`,
  'protocol.mend': () =>
    '結果にある対話の行を確認してください。応答しているのがメール サーバーではないか、要求の形式が受け付けられていません。',

  'ready.good': (server, address, place) =>
    `${server} は ${address} のトークンを使用し、XOAUTH2 で ${place} にサインインしました。基本認証の終了による影響はありません。`,
  'ready.refused': (server, address, message) =>
    `${server} は ${address} のトークンでのサインインを拒否されました: ${message}`,
  'ready.switched-off': (address) =>
    `${address} の SMTP AUTH は無効です。パスワードだけでなく OAuth も使用できません。`,
  'ready.no-way': (server, message) => `${server} はサインインの段階まで到達できません: ${message}`,
  'ready.unknown': (server, address) =>
    `${server} が ${address} のトークンでサインインできることを示す結果がありません。`,
  'ready.mend': () => `期限までに修正してください。${BASIC_ENDS}`,
  'ready.try': () => `期限までに、サーバーからトークンでサインインして確認してください。${BASIC_ENDS}`,
};
