import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** Told by the times of results, and seen in none: `check-silence.ts` decides. */
export const mailpathCheckSilent = defineRule({
  id: 'mailpath.check-silent',
  items: ['X9'],
  owner: 'mailpath',
  confidence: 'certain',
  words: words<{ checks: readonly string[] }>({
    en: {
      sentence: ({ checks }) =>
        `${en.list(checks)} ${checks.length > 1 ? 'do' : 'does'} not run, while other checks of this server do.`,
      cause: () =>
        'The agent left it out of its last two rounds: it hangs, or the agent is too busy to reach it. What is shown of it is old.',
      nextStep: ({ servers }) =>
        `Look into the log of the agent on ${en.list(servers)}, and restart its service. If it comes back, report it to Mailpath with that log.`,
    },
    ja: {
      sentence: ({ checks }) =>
        `${ja.list(checks)} が実行されていません。このサーバーのほかのチェックは実行されています。`,
      cause: () =>
        '直近の 2 ラウンドで実行されませんでした。チェックが停止しているか、エージェントの負荷が高く順番が回っていません。表示中の結果は古いものです。',
      nextStep: ({ servers }) =>
        `${ja.list(servers)} のエージェントのログを確認し、サービスを再起動してください。再発する場合は、そのログを添えて Mailpath に報告してください。`,
    },
  }),
  find: () => [],
});
