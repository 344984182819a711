import type { authorizeUrl as en, TenantOf } from '../en/authorize-url.ts';

const WHOSE: Record<TenantOf, string> = { 'authorize-url': '認可 URL', token: 'トークン' };

export const authorizeUrl: typeof en = {
  'tenant.personal-sign-in': () =>
    'サインイン先が個人用 Microsoft アカウント向けです。個人用アカウントには Exchange Online のメールボックスがありません。',
  'tenant.any': (word) =>
    `サインイン先が任意のテナント (${word}) です。シングル テナントのアプリケーションは拒否され (AADSTS50194)、別のテナントのユーザーがサインインできてしまいます。`,
  'tenant.put-own': () =>
    'ECE の認可 URL とトークン URL に、テナントの ID またはドメインを設定してください。',
  'tenant.personal': (of) => `${WHOSE[of]}はテナントではなく、個人用 Microsoft アカウントのものです。`,
  'tenant.work-account': () => 'メールボックスの職場アカウントでサインインしてください。',
  'tenant.missing': (of, seen) => `${WHOSE[of]}のテナントは ${seen} ですが、テナントが入力されていません。`,
  'tenant.enter': () => 'Entra のテナントと照合し、入力してください。',
  'tenant.same': (of) => `${WHOSE[of]}はサイトのテナントのものです。`,
  'tenant.other': (of, seen, own) =>
    `${WHOSE[of]}のテナントは ${seen} ですが、サイトのテナントは ${own} です。`,
  'tenant.which': () =>
    'アプリケーションとメールボックスがどちらのテナントにあるかを Entra で確認し、誤っている方を修正してください。',
  'tenant.perhaps': (of, seen, own) =>
    `${WHOSE[of]}のテナントは ${seen} で、入力値は ${own} です。名前と ID、または 2 つの名前が同じテナントを指している可能性があります。`,
  'tenant.enter-id': () => 'テナント ID (Entra の [概要]、[テナント ID]) を入力してください。',
  'cloud.same': (host, cloud) => `${host} はサイトのクラウド ${cloud} のサインイン ホストです。`,
  'cloud.other': (host, clouds, cloud) =>
    `${host} は ${clouds.join('、')} のサインイン ホストですが、サイトのクラウドは ${cloud} です。`,
  'cloud.correct': () => 'ECE の URL、またはここに入力したサイトのクラウドを修正してください。',
  'client.missing': (seen) =>
    `認可 URL のクライアント ID は ${seen} ですが、クライアント ID が入力されていません。`,
  'client.enter': () => 'Entra のアプリケーションと照合し、入力してください。',
  'client.same': () => 'クライアント ID はサイトのものと一致しています。',
  'client.other': (seen, own) =>
    `認可 URL のクライアント ID は ${seen} ですが、サイトのクライアント ID は ${own} です。`,
  'client.which': () =>
    'どちらのアプリケーションが正しいかを Entra で確認し、誤っている方を修正してください。',
  'sent-redirect.none': () => '認可 URL にリダイレクト URI が含まれていません。',
  'sent-redirect.copy-again': () =>
    'アドレス全体をもう一度コピーしてください。全体をコピーしていた場合は、ECE でリダイレクト URI を設定してください。',
  'sent-redirect.same': () =>
    'ECE が送信するリダイレクト URI は、入力されたものと 1 文字も違わず一致しています。',
  'sent-redirect.other': (sent, own) =>
    `ECE が送信するリダイレクト URI は ${sent} ですが、入力値は ${own} です。`,
  'sent-redirect.register': () => 'ECE が送信するものを 1 文字も違えずに登録してください。',
  'response-type.other': (asked) =>
    `認可 URL が認可コードではなく ${asked ?? 'response_type なし'} を要求しています。更新トークンは得られません。`,
  'response-type.code': () => 'ECE は認可コード フロー (response_type=code) を使用する必要があります。',
  'prompt.asks': (prompt) => `Microsoft は誰のサインインかを確認します (prompt=${prompt})。`,
  'prompt.none': () =>
    'Microsoft は誰のサインインかを確認しません (prompt=none)。トークンは端末のユーザーのものになります。',
  'prompt.take-out': () => '認可 URL から prompt=none を取り除いてください。',
  'prompt.perhaps': () =>
    '誰のサインインかを Microsoft に確認させる指定がありません。端末のユーザーで自動的にサインインされる可能性があります。',
  'prompt.private-window': () =>
    'トークンはブラウザーのプライベート ウィンドウ (シークレット モード) で作成してください。',
  'scopes.good': (scopes) =>
    `スコープは Exchange Online のもので、サイトが使用する機能をすべて含んでいます: ${scopes.join('、')}。`,
  'scopes.v1-none': () =>
    'アドレスは v1 エンドポイントのもので、リソースの指定がありません。アクセス許可はアプリの登録内容に従います。',
  'scopes.v1-see': (wanted) =>
    `アプリの登録に Office 365 Exchange Online のメールのアクセス許可があること、トークン要求に resource=${wanted} が含まれることを確認してください。`,
  'scopes.v1-good': () => 'アドレスは v1 エンドポイントのもので、Exchange Online を要求しています。',
  'scopes.v1-other': (resource) =>
    `v1 エンドポイントにリソース ${resource} を要求していますが、これはこのクラウドの Exchange Online ではありません。`,
  'scopes.v1-ask': (wanted) => `${wanted} を要求してください。`,
  'scopes.several': (count) =>
    `スコープが ${count} 個のリソースにまたがっています。Entra のトークンは 1 つのリソースに対してのみ発行されます (AADSTS70011、AADSTS700022)。`,
  'scopes.only': (wanted) => `${wanted}/ 配下のスコープだけを要求してください。`,
  'scopes.missing': (protocols) => `${protocols.join(' または ')} のスコープがありません。`,
  'scopes.add': (scopes) => `${scopes.join(' または ')} も要求してください。`,
  'scopes.other': (what, resource, cloud) =>
    ({
      graph:
        'スコープが Microsoft Graph のものです。Exchange Online はサインイン時にそのトークンを拒否します。',
      'exchange-of-another-cloud': `スコープが ${cloud} とは別のクラウドの Exchange Online のものです。`,
      unknown: `スコープが ${resource} のもので、Exchange Online のものではありません。`,
    })[what],
  'scopes.below': (wanted, example) =>
    `${wanted}/ 配下のスコープ (例: ${wanted}/${example}) を要求してください。`,
  'scopes.no-offline': () =>
    'スコープ offline_access がありません。更新トークンが発行されないため、約 1 時間後にメールが停止します。',
  'scopes.add-offline': () => 'offline_access も要求してください。',
};
