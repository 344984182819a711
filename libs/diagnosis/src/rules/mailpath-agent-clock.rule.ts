import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

interface Clock {
  aheadMs: number;
  /** Every server of the site differs from the API by as much. */
  alike: boolean;
}

/** Told by the line between agent and API, and seen in no result: `agent-clocks.ts` decides. */
export const mailpathAgentClock = defineRule({
  id: 'mailpath.agent-clock',
  items: ['X9'],
  owner: 'server-administrator',
  confidence: ({ alike }: { alike: boolean }) => (alike ? 'possible' : 'likely'),
  words: words<Clock>({
    en: {
      sentence: ({ aheadMs }) =>
        `The clock of this server is ${en.minutes(aheadMs)}, compared with the clock of the API.`,
      cause: ({ alike }) =>
        alike
          ? 'Every server of the site differs from the API by the same time, so it is more likely the clock of the machine that the API runs on.'
          : 'The server does not follow a time source. Certificates and tokens are checked against the clock; with a difference of more than 5 minutes they are refused.',
      nextStep: (p) =>
        p.alike
          ? 'Compare the clock of the machine of the API with a time source (NTP) first, then those of the servers.'
          : `Let ${en.list(p.servers)} follow a time source (NTP or the domain's) again. Until then its times are not to be trusted.`,
    },
    ja: {
      sentence: ({ aheadMs }) => `API の時計によると、このサーバーの時計は ${ja.minutes(aheadMs)}。`,
      cause: ({ alike }) =>
        alike
          ? 'サイトのすべてのサーバーが API と同じだけずれているため、API が動作しているマシンの時計が原因である可能性が高いです。'
          : 'サーバーが時刻源に同期していません。証明書とトークンはサーバーの時計を基準に検証され、5 分を超えるずれがあると拒否されます。',
      nextStep: (p) =>
        p.alike
          ? 'まず API のマシンの時計を時刻源 (NTP) と比べ、次に各サーバーの時計を確認してください。'
          : `${ja.list(p.servers)} を時刻源 (NTP またはドメイン) に再び同期させてください。それまで、そのサーバーの時刻は信頼できません。`,
    },
  }),
  find: () => [],
});
