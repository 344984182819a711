import type { token as en } from '../en/token.ts';

export const token: typeof en = {
  'audience.unknown': (opaque) =>
    opaque
      ? 'アクセス トークンの中身を読み取れないため、対象のサービスが分かりません。'
      : 'アクセス トークンに対象 (aud) が含まれていないため、対象のサービスが分かりません。',
  'audience.see-scopes': (wanted) => `スコープが ${wanted}/ 配下であることを確認してください。`,
  'audience.good': () => 'トークンは Exchange Online のものです。',
  'audience.other': (what, audience, cloud) =>
    ({
      graph:
        'トークンは Microsoft Graph のものです。Exchange Online はサインイン時にこのトークンを拒否します。',
      'exchange-of-another-cloud': `トークンは ${cloud} とは別のクラウドの Exchange Online のものです。`,
      unknown: `トークンは ${audience} のもので、Exchange Online のものではありません。`,
    })[what],
  'audience.below': (wanted) => `${wanted}/ 配下のスコープを要求してください。`,
  'permissions.unknown': () => 'アクセス トークンから許可の内容を読み取れません。',
  'permissions.sign-in': () => '使用するプロトコルでメールボックスにサインインして確認してください。',
  'permissions.good': (held) =>
    `トークンにはサイトが使用するアクセス許可が含まれています: ${held.join('、')}。`,
  'permissions.role-perhaps': (names) =>
    `トークンに ${names.join(' または ')} が含まれていません。Exchange のロール (Application SMTP.SendAsApp) で代替されている可能性があります。`,
  'permissions.add-role': (names) =>
    `Entra で ${names.join(' または ')} を追加して同意するか、ロールが割り当てられていることを確認してください。`,
  'permissions.missing': (names) => `トークンに ${names.join(' または ')} が含まれていません。`,
  'permissions.add': (names) =>
    `アプリケーションの API のアクセス許可に ${names.join(' または ')} を追加して同意し、スコープとして要求したうえで、トークンを作り直してください。`,
  'user.unknown': () => 'トークンから、誰のサインインによるものかを読み取れません。',
  'user.not-entered': (user) => `トークンのユーザーは ${user} ですが、本来のユーザーが入力されていません。`,
  'user.watch': () =>
    'プライベート ウィンドウでトークンを作成し、どのユーザーがサインインするかを確認してください。',
  'user.same': (user, by) => `トークンのユーザーは正しく ${user} です (${by} による)。`,
  'user.other': (user, expected) =>
    `トークンのユーザーは ${user} ですが、${expected} である必要があります。作成時に別のユーザーがサインインしていました。`,
  'user.other-works': (user: string, expected: string) =>
    `トークンのユーザーは ${user} で、登録されているのは ${expected} です。メールボックスは開けるため、同じアカウントの別名か、メールボックスを開ける別のユーザーです。`,
  'user.enter-name': (user: string) => `${user} をメールボックスのユーザー名として登録してください。`,
  'user.other-untried': (user: string, expected: string) =>
    `トークンのユーザーは ${user} で、登録されているのは ${expected} です。このトークンでメールボックスを開けるかどうかは、まだ確認されていません。`,
  'user.try': () =>
    'このトークンでメールボックスにサインインしてください。サインイン名はメール アドレスと同じとは限りません。',
  'user.create-anew': (expected) =>
    `ブラウザーのプライベート ウィンドウで ${expected} としてサインインし、トークンを作り直してください。`,
  'token-client.same': () => 'トークンはサイトのアプリケーションのものです。',
  'token-client.other': (seen, own) =>
    `トークンのアプリケーションは ${seen} ですが、サイトのアプリケーションは ${own} です。`,
  'token-client.correct': () => 'ECE またはここに入力したクライアント ID を修正してください。',
  'lifetime.short': (minutes) =>
    `アクセス トークンの有効期間は ${minutes} 分です。チェックリストには 60 分とありますが、更新の間隔ともトークンの有効期間とも読めます。Entra の既定値は 60 ～ 90 分です。`,
  'lifetime.see-policy': () =>
    'Entra のトークンの有効期間ポリシーで意図的に短くしているかどうかを確認してください。更新の頻度が上がるだけです。',
  'lifetime.good': (minutes, isLong) =>
    `アクセス トークンの有効期間は ${minutes} 分です${isLong ? ' (Entra の既定値 60 ～ 90 分より長い)' : ''}。`,
  'clock.good': (server) => `${server} の時計は Entra の時計と合っています。`,
  'clock.off': (server, minutes, isAhead) =>
    `${server} の時計は Entra の時計より約 ${minutes} 分${isAhead ? '進んでいます' : '遅れています'}。`,
  'clock.time-source': (server) => `${server} の時刻同期を設定してください。`,
};
