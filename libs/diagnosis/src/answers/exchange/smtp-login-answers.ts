import { allowSmtpAuth, backOff, startTlsFirst, useOAuth } from './remedies.ts';
import type { ExchangeRow } from './exchange-row.ts';

/**
 * A line with 535 5.7.139 that gives this reason (the source of an expression). MAIL FROM without a login repeats the
 * line behind a 5.7.57 of its own, and the reason is worth more than that.
 */
function refusedBecause(reason: string): RegExp {
  // linear: anchored, and the one quantifier is bounded; the reasons are words of the table.
  return new RegExp(
    `^(?:(?:5[35]0[ -])?5\\.7\\.57 [^[]{0,120}Error: )?535[ -]5\\.7\\.139 (?:Authentication unsuccessful, )?${reason}`,
    'i',
  );
}

/** What the SMTP server says to EHLO, AUTH, and a MAIL FROM without a login. */
export const SMTP_LOGIN_ANSWERS: readonly ExchangeRow[] = [
  {
    row: 'D1',
    protocol: 'smtp',
    phases: ['authenticate'],
    code: 'denied',
    items: ['C5', 'C6', 'X2', 'C8'],
    owner: 'ece-administrator',
    retry: 'no',
    patterns: [/^535[ -]5\.7\.3(?: |$)/i],
    meaning: {
      en: 'The login is refused: a wrong token (audience, or no SMTP.Send), a wrong name in user=, SMTP AUTH off for the mailbox, or a password.',
      ja: 'ログインが拒否されました。トークンの誤り (対象 aud の誤り、または SMTP.Send の不足)、user= の名前の誤り、メールボックスの SMTP AUTH が無効、パスワードの使用、のいずれかです。',
    },
    remedy: {
      en: 'Check the claims of the token, and SmtpClientAuthenticationDisabled with Get-CASMailbox; when IMAP works with the same account, it is SMTP.Send or SMTP AUTH.',
      ja: 'トークンのクレームを確認し、Get-CASMailbox で SmtpClientAuthenticationDisabled を確認してください。同じアカウントで IMAP が機能する場合は、SMTP.Send または SMTP AUTH が原因です。',
    },
  },
  {
    row: 'D2',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    code: 'denied',
    items: ['C6'],
    owner: 'exchange',
    retry: 'no',
    patterns: [refusedBecause('SmtpClientAuthentication is disabled for the Tenant\\b')],
    meaning: {
      en: 'SMTP AUTH is off for the tenant; that blocks OAuth as well.',
      ja: 'テナントの SMTP AUTH が無効です。OAuth もブロックされます。',
    },
    remedy: allowSmtpAuth,
  },
  {
    row: 'D3',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    code: 'denied',
    items: ['C6'],
    owner: 'exchange',
    retry: 'no',
    patterns: [refusedBecause('SmtpClientAuthentication is disabled for the Mailbox\\b')],
    meaning: {
      en: 'SMTP AUTH is off for this mailbox; that blocks OAuth as well.',
      ja: 'このメールボックスの SMTP AUTH が無効です。OAuth もブロックされます。',
    },
    remedy: allowSmtpAuth,
  },
  {
    row: 'D4',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    code: 'denied',
    items: ['C1', 'C5'],
    owner: 'ece-administrator',
    retry: 'no',
    patterns: [refusedBecause('basic authentication is disabled\\b')],
    meaning: {
      en: 'A login with a password is refused because basic authentication is disabled.',
      ja: '基本認証が無効のため、パスワードによるログインが拒否されました。',
    },
    remedy: useOAuth,
  },
  {
    row: 'D5',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    code: 'denied',
    items: ['X5'],
    owner: 'ece-administrator',
    retry: 'no',
    patterns: [refusedBecause('the user credentials were incorrect\\b')],
    meaning: {
      en: 'The user name or the password is wrong; this comes with basic authentication only.',
      ja: 'ユーザー名またはパスワードが正しくありません。基本認証の場合にのみ返されます。',
    },
    remedy: {
      en: 'Do not repeat the login, which locks the account; set the alias in ECE to OAuth.',
      ja: 'ログインを繰り返すとアカウントがロックされます。繰り返さず、ECE のエイリアスを OAuth に設定してください。',
    },
  },
  {
    row: 'D6',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    code: 'denied',
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    patterns: [refusedBecause('the request did not meet the criteria\\b')],
    meaning: {
      en: 'A Conditional Access policy, or another policy of the tenant, refuses the login.',
      ja: '条件付きアクセス ポリシー、またはテナントの別のポリシーによりログインが拒否されました。',
    },
    remedy: {
      en: 'Find this login in the Entra sign-in log, read which policy stopped it, and exclude the mailbox account or allow the egress address of this server.',
      ja: 'Entra のサインイン ログでこのログインを探し、ブロックしたポリシーを確認してください。そのうえで、メールボックスのアカウントを除外するか、このサーバーの送信元 IP アドレスを許可してください。',
    },
  },
  {
    row: 'D7',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    code: 'denied',
    items: ['X4', 'C6'],
    owner: 'entra',
    retry: 'no',
    patterns: [refusedBecause('user is locked by your organization.{1,3}s security defaults policy\\b')],
    meaning: {
      en: 'Security defaults of the tenant refuse the login: they turn SMTP AUTH off.',
      ja: 'テナントのセキュリティの既定値群によりログインが拒否されました。セキュリティの既定値群では SMTP AUTH が無効になります。',
    },
    remedy: {
      en: 'Replace security defaults by Conditional Access policies that exclude the mailbox account.',
      ja: 'セキュリティの既定値群の代わりに、メールボックスのアカウントを除外した条件付きアクセス ポリシーを使用してください。',
    },
  },
  {
    row: 'D8',
    protocol: 'smtp',
    phases: ['authenticate', 'send'],
    code: 'denied',
    items: ['X5', 'X7'],
    owner: 'entra',
    retry: 'back-off',
    patterns: [
      refusedBecause('(?:the )?federated STS (?:service was unreachable|URL does not support HTTPS)\\b'),
    ],
    meaning: {
      en: 'The federation server of your organization was not reachable, or does not use HTTPS.',
      ja: '組織のフェデレーション サーバーに到達できないか、HTTPS が使用されていません。',
    },
    remedy: {
      en: 'Let the identity team check the federation server (STS) and its URL.',
      ja: 'ID 管理の担当者に、フェデレーション サーバー (STS) とその URL を確認するよう依頼してください。',
    },
  },
  {
    row: 'D9',
    protocol: 'smtp',
    phases: ['send'],
    code: 'denied',
    items: ['X8', 'X6', 'C6'],
    owner: 'mailpath',
    retry: 'no',
    patterns: [/^(?:5[35]0[ -])?5\.7\.57 (?!.{0,200}535[ -]5\.7\.139 )/i],
    meaning: {
      en: 'MAIL FROM came without a login: no TLS, AUTH skipped, or the mechanism not offered.',
      ja: 'ログインせずに MAIL FROM が送信されました。TLS が未使用、AUTH が省略された、または認証方式が提示されていない、のいずれかです。',
    },
    remedy: startTlsFirst,
  },
  {
    row: 'D10',
    protocol: 'smtp',
    phases: ['authenticate'],
    code: 'denied',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    patterns: [/^504[ -]5\.7\.4(?: |$)/i],
    meaning: {
      en: 'AUTH came before TLS, or with a mechanism that is not offered.',
      ja: 'TLS の開始前に AUTH が送信されたか、提示されていない認証方式が使用されました。',
    },
    remedy: startTlsFirst,
  },
  {
    row: 'D11',
    protocol: 'smtp',
    phases: ['greet', 'starttls', 'authenticate'],
    code: 'denied',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    patterns: [/^501[ -]5\.5\.4(?: |$)/i, /^501[ -]5\.7\.4(?: |$)/i],
    meaning: {
      en: 'The server does not accept the name in EHLO.',
      ja: 'サーバーが EHLO の名前を受け付けません。',
    },
    remedy: {
      en: 'Let the client send a valid fully qualified domain name (FQDN) in EHLO.',
      ja: 'クライアントが EHLO で有効な完全修飾ドメイン名 (FQDN) を送信するようにしてください。',
    },
  },
  {
    row: 'D32',
    protocol: 'smtp',
    phases: ['authenticate'],
    code: 'denied',
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    // Base64 of JSON begins so: `{"`, `{ ` or `{` and a line end.
    patterns: [/^334 (?:ey[AIJ]|ew[o0])/],
    meaning: {
      en: 'The server explains the refusal in a base64 JSON challenge, as Google does; Exchange Online is not known to.',
      ja: 'サーバーが Google と同様に、拒否の理由を base64 の JSON チャレンジで返しています。Exchange Online では確認されていません。',
    },
    remedy: {
      en: 'Check that the host is smtp.office365.com; the client must decode the challenge, send an empty line and read the 535 that follows.',
      ja: 'ホストが smtp.office365.com であることを確認してください。クライアントはチャレンジをデコードし、空行を送信して、続く 535 を読み取る必要があります。',
    },
  },
  {
    row: 'D33',
    protocol: 'smtp',
    phases: ['authenticate'],
    code: 'unavailable',
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    patterns: [/^454[ -]4\.7\.0 Temporary authentication failure\b/i],
    meaning: {
      en: 'The service has a transient fault while it authenticates.',
      ja: '認証中に、サービスで一時的な障害が発生しました。',
    },
    remedy: backOff,
  },
];
