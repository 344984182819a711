import { endpointOf } from '../look.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const connectOnlyTogether = defineRule({
  id: 'connect.only-together',
  items: ['C10'],
  owner: 'network',
  confidence: 'possible',
  after: ['resolve.comes-and-goes'],
  words: words({
    en: {
      sentence: ({ places }) =>
        `The check of ${en.list(places)} failed at first and passed when it was repeated alone.`,
      cause: () =>
        'A fault of the moment, or a device on the path that limits how many connections one server may open at once.',
      nextStep: (p) =>
        `If it comes again, let the firewall team look for a limit on connections from ${en.here(p)} to ${en.list(p.places)}.`,
    },
    ja: {
      sentence: ({ places }) =>
        `${ja.list(places)} のチェックは最初に失敗し、単独で再実行すると成功しました。`,
      cause: () => '一時的な障害か、1 台のサーバーの同時接続数を制限する機器が途中にあります。',
      nextStep: (p) =>
        `再発する場合は、${ja.here(p)}から ${ja.list(p.places)} への接続数の制限がないか、ファイアウォール担当に確認を依頼してください。`,
    },
  }),
  find: eachResult({
    more: (results, { server }) => {
      const [first] = server.firstLooks.filter(({ id }) => results.some(({ repeats }) => repeats === id));
      return { phase: first?.failure?.phase ?? 'connect' };
    },
    applies: ({ outcome, repeats }) => outcome === 'pass' && repeats !== null,
    about: () => 'together',
    part: nothing,
    details: nothing,
    evidence: (results) =>
      results.map((result) => `${endpointOf(result)}: second look ${result.id} of ${result.repeats}`),
  }),
});
