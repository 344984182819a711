import { useTenantUrls } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** Tenant, authority and cloud (X3), and the service behind them (C7). */
export const TENANT_ROWS = [
  {
    codes: [50001],
    cause: 'token.registration',
    items: ['X2', 'X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The resource that the scope names does not exist or is disabled.',
      ja: 'スコープが示すリソースが存在しないか、無効になっています。',
    },
    action: {
      en: 'Check the host in the scope: outlook.office.com, or that of the sovereign cloud.',
      ja: 'スコープのホストを確認してください。outlook.office.com、またはソブリン クラウドのホストです。',
    },
  },
  {
    codes: [500011],
    cause: 'token.registration',
    items: ['X2', 'X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'This tenant knows no such resource: wrong resource in the scope, wrong tenant or cloud, or a tenant without Exchange Online.',
      ja: 'このテナントにそのリソースがありません。スコープのリソース、テナント、クラウドのいずれかが誤っているか、テナントに Exchange Online がありません。',
    },
    action: {
      en: 'Check the host in the scope and the tenant ID, and that Exchange Online belongs to this tenant.',
      ja: 'スコープのホストとテナント ID を確認し、Exchange Online がこのテナントにあることを確認してください。',
    },
  },
  {
    codes: [500014],
    cause: 'token.denied',
    items: ['C7', 'X3'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The service principal of the resource is disabled: the subscription lapsed, or an administrator switched it off.',
      ja: 'リソースのサービス プリンシパルが無効です。サブスクリプションが失効したか、管理者が無効にしています。',
    },
    action: {
      en: 'Check the Exchange Online subscription and the enterprise application of the resource.',
      ja: 'Exchange Online のサブスクリプションと、リソースのエンタープライズ アプリケーションを確認してください。',
    },
  },
  {
    codes: [650052],
    cause: 'token.denied',
    items: ['C7'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The organization has not subscribed to the service.',
      ja: '組織がこのサービスをサブスクライブしていません。',
    },
    action: {
      en: 'Check the Exchange Online subscription of the tenant and the licence of the mailbox.',
      ja: 'テナントの Exchange Online サブスクリプションとメールボックスのライセンスを確認してください。',
    },
  },
  {
    codes: [50049, 50050],
    cause: 'token.denied',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The authority is an unknown instance, or the discovery request is malformed.',
      ja: '機関 (authority) が不明なインスタンスであるか、検出要求の形式が正しくありません。',
    },
    action: {
      en: 'Check the host of the authorization URL and of the token URL in ECE.',
      ja: 'ECE の認可 URL とトークン URL のホストを確認してください。',
    },
  },
  {
    codes: [50059, 50128],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The request names no tenant, and none follows from the account.',
      ja: '要求にテナントの情報がなく、アカウントからも特定できません。',
    },
    action: useTenantUrls,
  },
  {
    codes: [90019],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: { en: 'The request names no tenant.', ja: '要求にテナントが指定されていません。' },
    action: useTenantUrls,
  },
  {
    codes: [50107],
    cause: 'token.denied',
    items: ['X3', 'X5'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The federation realm of the account is unknown.',
      ja: 'アカウントのフェデレーション領域が不明です。',
    },
    action: {
      en: 'Let the identity team check the federation of the mailbox’s domain.',
      ja: 'ID 管理の担当者に、メールボックスのドメインのフェデレーション設定を確認するよう依頼してください。',
    },
  },
  {
    codes: [50194],
    cause: 'token.registration',
    items: ['X3', 'C3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'A single-tenant application was called through the common address.',
      ja: 'シングル テナント アプリケーションが common のアドレスで呼び出されました。',
    },
    action: useTenantUrls,
  },
  {
    codes: [9001023],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'This grant is not supported at the addresses common and consumers.',
      ja: 'この許可の種類は、common および consumers のアドレスではサポートされていません。',
    },
    action: useTenantUrls,
  },
  {
    codes: [9002332],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'An application for work accounts only was called through the address consumers.',
      ja: '職場アカウント専用のアプリケーションが consumers のアドレスで呼び出されました。',
    },
    action: useTenantUrls,
  },
  {
    codes: [90124, 90130],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'A resource or application of version 1 is not supported at the addresses common and consumers.',
      ja: 'バージョン 1 のリソースまたはアプリケーションは、common および consumers のアドレスではサポートされていません。',
    },
    action: useTenantUrls,
  },
  {
    codes: [700005],
    cause: 'token.other-tenant-grant',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The code was redeemed at another tenant than the one that issued it.',
      ja: '認可コードが、発行元とは別のテナントで引き換えられました。',
    },
    action: {
      en: 'Use the same tenant ID in the authorization URL and the token URL of ECE.',
      ja: 'ECE の認可 URL とトークン URL に同じテナント ID を使用してください。',
    },
  },
  {
    codes: [90002],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'There is no such tenant: a typing error in the tenant ID, or the wrong cloud.',
      ja: 'テナントが見つかりません。テナント ID の入力の誤りか、クラウドの誤りです。',
    },
    action: {
      en: 'Compare the tenant ID in the URLs of ECE with that of the application’s overview page in Entra.',
      ja: 'ECE の URL のテナント ID を、Entra のアプリケーションの概要ページに表示されている値と比較してください。',
    },
  },
  {
    codes: [900023],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'What stands for the tenant is neither a GUID nor a domain name.',
      ja: 'テナントとして指定された値が、GUID でもドメイン名でもありません。',
    },
    action: {
      en: 'Correct the tenant ID in the authorization URL and the token URL of ECE.',
      ja: 'ECE の認可 URL とトークン URL のテナント ID を修正してください。',
    },
  },
  {
    codes: [90038, 90043, 90051],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The tenant belongs to another national cloud.',
      ja: 'テナントが別の国内クラウドに属しています。',
    },
    action: {
      en: 'Use the sign-in host and the mail hosts of that cloud: login.microsoftonline.us, or login.partner.microsoftonline.cn.',
      ja: 'そのクラウドのサインイン ホストとメール ホストを使用してください。login.microsoftonline.us または login.partner.microsoftonline.cn です。',
    },
  },
  {
    codes: [900382, 900432],
    cause: 'token.registration',
    items: ['X3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'A confidential client cannot sign in across clouds.',
      ja: '機密クライアントは、クラウドをまたいでサインインできません。',
    },
    action: {
      en: 'Register the application in the cloud of the mailbox.',
      ja: 'メールボックスが属するクラウドにアプリケーションを登録してください。',
    },
  },
] as const satisfies readonly AadstsRow[];
