import type { Phase } from '@mailpath/protocol';
import { readSignIns } from './remedies.ts';
import type { LadderAnswer } from './rung.ts';
import { firstSaid, type Said } from './said.ts';

/** Conditional Access and security defaults, by what Microsoft's translations call them. */
const ENTRA_POLICY: Said = {
  words: [
    [
      'conditional access',
      'security defaults',
      'bedingten zugriff',
      'bedingter zugriff',
      'sicherheitsstandards',
      'accès conditionnel',
      'paramètres de sécurité par défaut',
      'acceso condicional',
      'acesso condicional',
      'accesso condizionale',
      'voorwaardelijke toegang',
      '条件付きアクセス',
      'セキュリティの既定値',
      '条件访问',
      '安全默认',
      '條件式存取',
      '조건부 액세스',
    ],
  ],
  at: ['login', 'mailbox'],
  answer: {
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The words name a policy of Entra ID, Conditional Access or security defaults, which refuses this login.',
      ja: '応答の文面は、Entra ID のポリシー (条件付きアクセスまたはセキュリティの既定値群) によるログインの拒否を示しています。',
    },
    action: {
      en: 'Find this login in the Entra sign-in log, read which policy stopped it, and exclude the mailbox account or allow the egress address of this server.',
      ja: 'Entra のサインイン ログでこのログインを探し、ブロックしたポリシーを確認してください。そのうえで、メールボックスのアカウントを除外するか、このサーバーの送信元 IP アドレスを許可してください。',
    },
  },
};

/** Any other rule that somebody set: of Exchange Online as far as the words say. */
const SOME_POLICY: Said = {
  words: [
    [
      'access rule',
      'policy',
      'policies',
      'richtlinie',
      'stratégie',
      'directiva',
      'política',
      'criterio',
      'criteri ',
      'beleid',
      'ポリシー',
      '策略',
      '原則',
      '정책',
    ],
  ],
  unless: ['password', 'retention', 'quota', 'throttl', 'kennwort', 'パスワード'],
  at: ['login', 'mailbox'],
  answer: {
    items: ['X4', 'C6'],
    owner: 'exchange',
    retry: 'no',
    meaning: {
      en: 'The words name a policy or an access rule that refuses this; whose it is they do not say.',
      ja: '応答の文面は、ポリシーまたはアクセス規則による拒否を示していますが、どのポリシーかは示されていません。',
    },
    action: readSignIns,
  },
};

/** A policy that the words name; less exact than a code of the table, which may stand for the switches as well. */
export const saidOfPolicy = (line: string, phase: Phase | null): LadderAnswer | null =>
  firstSaid([ENTRA_POLICY, SOME_POLICY], line, phase);
