import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const mailpathInternal = defineRule({
  id: 'mailpath.internal',
  items: ['X8'],
  owner: 'mailpath',
  confidence: 'certain',
  words: words({
    en: {
      sentence: ({ places }) =>
        `Mailpath itself failed while it looked at ${en.list(places)}; this says nothing about the path.`,
      cause: () => 'A fault in Mailpath, not in the network.',
      nextStep: () =>
        'Report the evidence line to the administrator of Mailpath; judge the path by the other checks.',
    },
    ja: {
      sentence: ({ places }) =>
        `${ja.list(places)} の確認中に Mailpath 自体が失敗しました。経路については何も分かりません。`,
      cause: () => 'ネットワークではなく、Mailpath の不具合です。',
      nextStep: () => '根拠の行を Mailpath の管理者に報告し、経路はほかのチェックで判断してください。',
    },
  }),
  find: eachResult({
    applies: ({ failure }) => failure?.code === 'internal',
    about: ({ check }) => check,
    details: nothing,
  }),
});
