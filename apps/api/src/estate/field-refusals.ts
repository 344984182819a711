import { refusal } from '../platform/refusal.ts';

// What is wrong with a field, and what to write.

export const standardTargetName = refusal('estate.standard-target-name', {
  en: () => 'this name belongs to a standard target; override that one under targets, or choose another name',
  ja: () => 'この名前は標準の対象のものです。targets で上書きするか、別の名前を選んでください',
});

export const checkIds = refusal<{ ids: string }>('estate.check-ids', {
  en: ({ ids }) => `write the id of a check: ${ids}`,
  ja: ({ ids }) => `チェックの ID を指定してください：${ids}`,
});

export const targetNamedTwice = refusal('estate.target-named-twice', {
  en: () => 'each target name may be used once',
  ja: () => '対象の名前は重複できません',
});

export const tooManyTargets = refusal('estate.too-many-targets', {
  en: () => 'a site has at most 50 further targets',
  ja: () => '追加の対象は 50 件までです',
});

export const tooManyIssuers = refusal('estate.too-many-issuers', {
  en: () => 'a site expects at most 20 further issuers',
  ja: () => '追加の発行者は 20 件までです',
});

export const webAddress = refusal('estate.web-address', {
  en: () => 'write the address at which agents and administrators log in, such as https://ece.example.com',
  ja: () => 'オペレーターと管理者がログインするアドレスを入力してください（例：https://ece.example.com）',
});

export const webAddressAlone = refusal('estate.web-address-alone', {
  en: () =>
    'write the address at which agents and administrators log in, such as https://ece.example.com, without a user name or password in it',
  ja: () =>
    'オペレーターと管理者がログインするアドレスを入力してください（例：https://ece.example.com）。ユーザー名やパスワードは含めないでください',
});

export const mailboxEvery = refusal('estate.mailbox-every', {
  en: () => 'write a whole number of seconds from 60 to 86400, or null for never',
  ja: () =>
    '60 から 86400 までの整数（秒）を入力してください。定期的に行わない場合は空（null）にしてください',
});

export const every = refusal('estate.every', {
  en: () => 'write a whole number of seconds from 10 to 86400',
  ja: () => '10 から 86400 までの整数（秒）を入力してください',
});

export const tenantForm = refusal('estate.tenant-form', {
  en: () => 'write the tenant id (a GUID) or a domain of the tenant, such as contoso.onmicrosoft.com',
  ja: () => 'テナント ID（GUID）またはテナントのドメインを入力してください（例：contoso.onmicrosoft.com）',
});

export const clientIdForm = refusal('estate.client-id-form', {
  en: () => 'the client id is the GUID of the Entra application',
  ja: () => 'クライアント ID には Entra アプリケーションの GUID を入力してください',
});

export const serverNameForm = refusal('estate.server-name-form', {
  en: () =>
    'write a name in the form of a host name: letters, digits, dashes and dots, at most 100 characters, such as ece-svc01',
  ja: () =>
    'ホスト名の形式で入力してください。英数字、ハイフン、ピリオドで 100 文字以内です（例：ece-svc01）',
});

export const fingerprintForm = refusal('estate.fingerprint-form', {
  en: () =>
    'write the fingerprint of the agent key as mailpath-agent status shows it: SHA256: and 43 characters',
  ja: () =>
    'mailpath-agent status に表示される、エージェントの鍵のフィンガープリントを入力してください（SHA256: と 43 文字）',
});

export const insideAddress = refusal<{ host: string; range: string }>('estate.inside-address', {
  en: ({ host, range }) =>
    `${host} is an inside address (${range}): write a public address or a host name, or let an administrator add its network to MAILPATH_ALLOW_NETWORKS`,
  ja: ({ host, range }) =>
    `${host} は内部のアドレスです（${range}）。公開アドレスかホスト名を指定するか、そのネットワークを MAILPATH_ALLOW_NETWORKS に追加するよう管理者に依頼してください`,
});

export const serverNotHere = refusal<{ id: string }>('estate.server-not-here', {
  en: ({ id }) => `this site has no server ${id}`,
  ja: ({ id }) => `このサイトにサーバー ${id} はありません`,
});
