/** What to do, and what it means, where several answers of Entra ID say the same. */
import type { Bilingual } from '../bilingual.ts';

export const createTokenAgain: Bilingual = {
  en: 'Create the token again in ECE, signed in as the mailbox’s own account.',
  ja: 'メールボックスのアカウントでサインインし、ECE でトークンを作成し直してください。',
};

export const signInAsMailbox: Bilingual = {
  en: 'Open a private window, sign in with the work account of the mailbox in its own tenant, and check the tenant ID in the URLs of ECE.',
  ja: 'プライベート ウィンドウを開き、メールボックスが属するテナントの職場アカウントでサインインしてください。ECE の URL に含まれるテナント ID も確認してください。',
};

export const useTenantUrls: Bilingual = {
  en: 'Put the tenant ID into the authorization URL and the token URL of ECE, in place of common or consumers.',
  ja: 'ECE の認可 URL とトークン URL に、common や consumers ではなくテナント ID を指定してください。',
};

export const registerRedirectUri: Bilingual = {
  en: 'Register exactly the redirect URI that ECE sends, under platform Web: https, the host of the external URL, the same path in the same case.',
  ja: 'ECE が送信するリダイレクト URI を、プラットフォーム Web に完全に同じ形で登録してください。https を使用し、ホストは外部 URL と同じにし、パスは大文字と小文字も一致させます。',
};

export const readSignInLog: Bilingual = {
  en: 'Find this sign-in in the Entra sign-in log, read which policy stopped it, and exclude the mailbox account or allow the egress addresses of the ECE servers.',
  ja: 'Entra のサインイン ログでこのサインインを探し、ブロックしたポリシーを確認してください。そのうえで、メールボックスのアカウントをポリシーから除外するか、ECE サーバーの送信元 IP アドレスを許可してください。',
};

export const useManagedDevice: Bilingual = {
  en: 'A private window never proves the device: use a separate browser profile on a compliant device, signed in as the mailbox user, or exclude the account from the policy.',
  ja: 'プライベート ウィンドウではデバイスを証明できません。準拠しているデバイスで別のブラウザー プロファイルを使ってメールボックスのユーザーとしてサインインするか、アカウントをポリシーから除外してください。',
};

export const excludeFromDevicePolicy: Bilingual = {
  en: 'Sign in on a managed device in a normal window, not in a private window and not on a server, or exclude the mailbox account from the device policy.',
  ja: 'プライベート ウィンドウやサーバー上ではなく、管理対象デバイスの通常のウィンドウでサインインするか、メールボックスのアカウントをデバイス ポリシーから除外してください。',
};

export const adminConsent: Bilingual = {
  en: 'Let an Entra administrator grant admin consent for the mail permissions of the application.',
  ja: 'アプリケーションのメール用アクセス許可について、Entra の管理者に管理者の同意を与えるよう依頼してください。',
};

export const tryLater: Bilingual = {
  en: 'Try again later; if it lasts, open a ticket with Microsoft and name the trace ID, the correlation ID and the time.',
  ja: '時間をおいて再試行してください。解消しない場合は、トレース ID、相関 ID、時刻を添えて Microsoft に問い合わせてください。',
};

export const identityTeam: Bilingual = {
  en: 'Hand it to the identity team, with the trace ID, the correlation ID and the time.',
  ja: 'トレース ID、相関 ID、時刻を添えて、ID 管理の担当者に連絡してください。',
};

export const clientFault: Bilingual = {
  en: 'This is a fault of the program that asked, not of the set-up: report it with the raw line.',
  ja: '設定ではなく、要求を送信したプログラムの問題です。受信した行をそのまま添えて報告してください。',
};

export const newPassword: Bilingual = {
  en: 'Set a new password for the account, then create the token again in ECE.',
  ja: 'アカウントに新しいパスワードを設定してから、ECE でトークンを作成し直してください。',
};

export const exactScope: Bilingual = {
  en: 'Use exactly the mail scopes, such as https://outlook.office.com/IMAP.AccessAsUser.All, and never mix those of several resources.',
  ja: 'https://outlook.office.com/IMAP.AccessAsUser.All などのメール用スコープを正確に指定し、複数のリソースのスコープを混在させないでください。',
};

export const personNeeded: Bilingual = {
  en: 'A person must act in a browser before a token is issued.',
  ja: 'トークンを発行する前に、ユーザーがブラウザーで操作する必要があります。',
};
