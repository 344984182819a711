import { endpointOf } from '../look.ts';
import { defineRule, eachResult } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const mailpathUnexplained = defineRule({
  id: 'mailpath.unexplained',
  items: ['C10'],
  owner: 'unknown',
  confidence: 'possible',
  words: words<{ line: string }>({
    en: {
      sentence: ({ line, places }) => line || `${en.list(places)} needs a look.`,
      cause: () => 'No rule of Mailpath explains this yet.',
      nextStep: () => 'Read the evidence, and compare with a server that works.',
    },
    ja: {
      sentence: ({ line, places }) =>
        line === '' ? `${ja.list(places)} の確認が必要です。` : `説明できない結果です: ${line}`,
      cause: () => 'この結果を説明する Mailpath のルールはまだありません。',
      nextStep: () => '根拠を確認し、正常なサーバーと比較してください。',
    },
  }),
  find: eachResult({
    applies: () => true,
    about: (result) => `${result.check} ${endpointOf(result)}`,
    details: ([{ failure, reason }]) => ({ line: failure?.message ?? reason ?? '' }),
  }),
});
