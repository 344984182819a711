import { ASSERTION_PROTOCOL, LEASE_PROTOCOL } from '@mailpath/protocol';
import { WHY_NOT_LENT } from '../estate/servers/lendee.ts';
import { refusal } from '../platform/refusal.ts';

// What a caller is refused with about runs and sign-ins.

export const notOpenedHere = refusal('work.not-opened-here', {
  en: () =>
    'This page was not opened in this browser, or the browser keeps no cookies. Open the address of the sign-in again, and allow cookies of Mailpath.',
  ja: () =>
    'このページはこのブラウザーで開かれていないか、ブラウザーが Cookie を保存していません。Mailpath の Cookie を許可し、サインインのアドレスをもう一度開いてください。',
});

export const changedSinceBegun = refusal('work.changed-since-begun', {
  en: () =>
    'The tenant or the client id of the site, or the key of Mailpath, was changed since this sign-in began. Start it again.',
  ja: () =>
    'このサインインの開始後に、サイトのテナントかクライアント ID、または Mailpath の鍵が変更されました。もう一度始めてください。',
});

export const stateNotOurs = refusal('work.state-not-ours', {
  en: () =>
    'This state is not one that Mailpath gave out. Start the sign-in again, and open the address that it answers.',
  ja: () =>
    'この state は Mailpath が発行したものではありません。サインインをもう一度始め、表示されるアドレスを開いてください。',
});

export const addressNotOurs = refusal('work.address-not-ours', {
  en: () =>
    'This address is not one that Mailpath gave out. Start the sign-in again, and open the address that it answers.',
  ja: () =>
    'このアドレスは Mailpath が発行したものではありません。サインインをもう一度始め、表示されるアドレスを開いてください。',
});

export const answeredBefore = refusal('work.answered-before', {
  en: () => 'This sign-in was answered before, or it has expired after 15 minutes. Start it again.',
  ja: () => 'このサインインは応答済みか、15 分の期限が切れています。もう一度始めてください。',
});

export const openedBefore = refusal('work.opened-before', {
  en: () =>
    'This sign-in was opened in a browser before, or it has expired after 15 minutes. Start it again.',
  ja: () =>
    'このサインインは、すでにブラウザーで開かれたか、15 分の期限が切れています。もう一度始めてください。',
});

export const notStartedHere = refusal('work.not-started-here', {
  en: () =>
    'This sign-in was not started in this browser, so it cannot end here. Start it again, and open the address that it answers in the browser in which you sign in.',
  ja: () =>
    'このサインインはこのブラウザーで始められていないため、ここでは完了できません。もう一度始め、表示されるアドレスを、サインインするブラウザーで開いてください。',
});

export const tooManyRuns = refusal<{ most: number; seconds: number }>('work.too-many-runs', {
  en: ({ most, seconds }) =>
    `More than ${most} runs were begun at this site within a minute. Read those that there are, or go on in ${seconds} s.`,
  ja: ({ most, seconds }) =>
    `このサイトで 1 分間に ${most} 件を超える実行が始まりました。実行中のものを確認するか、${seconds} 秒後に再開してください。`,
});

export const nobodyToAsk = refusal('work.nobody-to-ask', {
  en: () => 'No agent of these servers is connected now, so nobody can be asked.',
  ja: () => 'これらのサーバーのエージェントは 1 つも接続されていないため、依頼できません。',
});

export const noneOfTheChecks = refusal('work.none-of-the-checks', {
  en: () => 'None of these checks is asked of any of these servers; GET /v1/checks lists them.',
  ja: () =>
    'これらのチェックは、どのサーバーの役割にも当てはまりません。チェックの一覧は GET /v1/checks にあります。',
});

export const agentNotConnected = refusal<{ name: string }>('work.agent-not-connected', {
  en: ({ name }) =>
    `The agent of ${name} is not connected now, so it cannot obtain a token. Start it, or choose another server.`,
  ja: ({ name }) =>
    `${name} のエージェントは接続されていないため、トークンを取得できません。起動するか、別のサーバーを選んでください。`,
});

export const waitsForApproval = refusal<{ name: string }>('work.waits-for-approval', {
  en: ({ name }) => `${name}: ${WHY_NOT_LENT.unapproved}`,
  ja: ({ name }) =>
    `${name}：このサーバーは承認待ちで、それまでシークレットは貸与されません。サーバーのページで、エージェントのフィンガープリントとホストを比べて承認してください。`,
});

export const tooOldToLend = refusal<{ name: string }>('work.too-old-to-lend', {
  en: ({ name }) => `${name}: ${WHY_NOT_LENT['old-protocol']}`,
  ja: ({ name }) =>
    `${name}：このサーバーのエージェントは古すぎます。シークレットの貸与にはプロトコル ${LEASE_PROTOCOL} 以降、クライアント証明書による署名の貸与にはプロトコル ${ASSERTION_PROTOCOL} 以降が必要です。エージェントを更新してください。`,
});

export const ofTheApplicationItself = refusal('work.of-the-application-itself', {
  en: () =>
    'This site signs in as the application itself (grant app-only), so no user needs to. Set grant to delegated first.',
  ja: () =>
    'このサイトはアプリケーション自身としてサインインするため（grant が app-only）、ユーザーのサインインは不要です。必要な場合は、先に grant を delegated にしてください。',
});

export const noTenant = refusal('work.no-tenant', {
  en: () => 'The site has no tenant: set the field tenant first.',
  ja: () => 'このサイトにはテナントがありません。先に tenant を設定してください。',
});

export const noClientId = refusal('work.no-client-id', {
  en: () => 'The site has no client id: set the field clientId first.',
  ja: () => 'このサイトにはクライアント ID がありません。先に clientId を設定してください。',
});

export const nothingToProveWith = refusal('work.nothing-to-prove-with', {
  en: () =>
    'The site has neither client certificate nor client secret, without which a code cannot be redeemed: set one with PUT /v1/sites/{siteId}/client-certificate or PUT /v1/sites/{siteId}/client-secret first.',
  ja: () =>
    'このサイトにはクライアント証明書もクライアント シークレットもないため、認可コードを引き換えられません。先に PUT /v1/sites/{siteId}/client-certificate または PUT /v1/sites/{siteId}/client-secret で設定してください。',
});
