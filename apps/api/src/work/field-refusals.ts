import { refusal } from '../platform/refusal.ts';

// What is wrong with a field, and what to write.

export const stateMissing = refusal('work.state-missing', {
  en: () => 'the parameter state is missing: a sign-in does not end at this address',
  ja: () => 'パラメーター state がありません。サインインが終わるアドレスではありません',
});

export const stateForm = refusal('work.state-form', {
  en: () => 'Mailpath did not give out this value of the parameter state',
  ja: () => 'パラメーター state は Mailpath が発行したものではありません',
});

export const codeOrError = refusal('work.code-or-error', {
  en: () => 'a sign-in ends with either code or error',
  ja: () => 'サインインは code か error のどちらか一方で終わります',
});

export const redirectUriForm = refusal('work.redirect-uri-form', {
  en: () =>
    'write the redirect URI as you registered it in Entra, such as https://ece.example.com/system/callback, at most 256 characters',
  ja: () =>
    'Entra に登録されているリダイレクト URI を入力してください（256 文字以内、例：https://ece.example.com/system/callback）',
});

export const endAddressForm = refusal('work.end-address-form', {
  en: () => 'paste the whole address at which the browser ended',
  ja: () => 'ブラウザーに最後に表示されたアドレス全体を貼り付けてください',
});

export const endAddressAlone = refusal('work.end-address-alone', {
  en: () => 'paste only the address at which the browser ended',
  ja: () => 'ブラウザーに最後に表示されたアドレスだけを貼り付けてください',
});

export const notAnEndAddress = refusal('work.not-an-end-address', {
  en: () =>
    'a sign-in does not end at this address: the right one has the parameters state and code, or state and error. Copy the whole address',
  ja: () =>
    'サインインが終わるアドレスではありません。state と code、または state と error を含むアドレス全体をコピーしてください',
});

export const ofAnotherSignIn = refusal('work.of-another-sign-in', {
  en: () =>
    'this address belongs to another sign-in: its state is not the one that Mailpath gave out for this one',
  ja: () => 'このアドレスは別のサインインのものです。state が、このサインインに発行したものと異なります',
});

export const noRedirectUri = refusal('work.no-redirect-uri', {
  en: () => 'a sign-in by device code has no redirect URI; leave it out, or choose the flow browser',
  ja: () =>
    'デバイス コードによるサインインにリダイレクト URI はありません。省略するか、フロー browser を選んでください',
});

export const notAnApplicationServer = refusal<{ name: string }>('work.not-an-application-server', {
  en: ({ name }) =>
    `${name} is not an application server, and only an application server creates the first token (S47); choose a server with the role application`,
  ja: ({ name }) =>
    `${name} はアプリケーション サーバーではありません。最初のトークンはアプリケーション サーバーで作成します（S47）。役割が application のサーバーを選んでください`,
});
