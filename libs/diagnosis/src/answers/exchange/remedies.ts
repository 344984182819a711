import type { Bilingual } from '@mailpath/protocol';
/** What to do, where several answers of Exchange Online ask for the same. */

export const useOAuth: Bilingual = {
  en: 'The alias in ECE still uses a password: set it to OAuth and create a token.',
  ja: 'ECE のエイリアスがまだパスワードを使用しています。OAuth に設定し、トークンを作成してください。',
};

export const allowSmtpAuth: Bilingual = {
  en: 'Run Set-CASMailbox <mailbox> -SmtpClientAuthenticationDisabled $false; the value of the mailbox wins over that of the tenant, which Get-TransportConfig shows.',
  ja: 'Set-CASMailbox <mailbox> -SmtpClientAuthenticationDisabled $false を実行してください。メールボックスの値は、Get-TransportConfig で確認できるテナントの値より優先されます。',
};

export const grantSendAs: Bilingual = {
  en: 'Run Add-RecipientPermission <from> -Trustee <token user> -AccessRights SendAs, or send as the account of the token itself.',
  ja: 'Add-RecipientPermission <from> -Trustee <token user> -AccessRights SendAs を実行するか、トークンのアカウント自身を送信者にしてください。',
};

export const openMailbox: Bilingual = {
  en: 'Check ImapEnabled of the token’s user with Get-CASMailbox, FullAccess with Get-MailboxPermission, the address in user=, and the licence of the mailbox.',
  ja: 'トークンのユーザーの ImapEnabled を Get-CASMailbox で、FullAccess を Get-MailboxPermission で確認してください。user= のアドレスとメールボックスのライセンスも確認してください。',
};

export const backOff: Bilingual = {
  en: 'Try again at growing intervals; if it lasts, look at the service health of Microsoft 365.',
  ja: '間隔を空けながら再試行してください。解消しない場合は、Microsoft 365 のサービス正常性を確認してください。',
};

export const clientFault: Bilingual = {
  en: 'This is a fault of the client program, not of the set-up: report it with the dialogue.',
  ja: '設定ではなく、クライアント プログラムの問題です。通信の記録を添えて報告してください。',
};

export const useSubmissionHost: Bilingual = {
  en: 'Set the SMTP host in ECE to smtp.office365.com, port 587, with STARTTLS and OAuth.',
  ja: 'ECE の SMTP ホストを smtp.office365.com、ポート 587、STARTTLS、OAuth に設定してください。',
};

export const startTlsFirst: Bilingual = {
  en: 'The client must send STARTTLS first and AUTH afterwards; check that EHLO after TLS shows AUTH LOGIN XOAUTH2.',
  ja: 'クライアントは先に STARTTLS、その後に AUTH を送信する必要があります。TLS 開始後の EHLO に AUTH LOGIN XOAUTH2 が表示されることを確認してください。',
};
