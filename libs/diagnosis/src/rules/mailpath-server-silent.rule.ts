import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

interface Silence {
  /** ISO 8601. */
  lastSeenAt: string;
  connected: boolean;
  reporting: readonly string[];
}

const minute = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** Told by the site, and seen in no result: `silence.ts` decides, `circumstances.ts` makes the finding. */
export const mailpathServerSilent = defineRule({
  id: 'mailpath.server-silent',
  items: ['X8', 'C10'],
  owner: ({ servers, reporting }: { servers: readonly string[]; reporting: readonly string[] }) =>
    servers.length > 1 && reporting.length === 0 ? 'network' : 'server-administrator',
  confidence: 'likely',
  words: words<Silence>({
    en: {
      sentence: ({ lastSeenAt }) =>
        `Nothing has come since ${minute(lastSeenAt)}: what is shown of mail there is as old as that.`,
      cause: ({ servers, connected, reporting }) => {
        if (connected)
          return 'The agent is connected, and sends no results: its rounds hang or are stopped, or its outbox is full.';
        if (servers.length > 1 && reporting.length === 0)
          return 'No server of the site reports: the line of the site, its firewall or proxy, or the address of the API, which all of them share.';
        if (servers.length > 1)
          return `They fell silent within one round of each other: a host, a rack or a line that they share. ${en.list(reporting)} still ${reporting.length > 1 ? 'report' : 'reports'}, so it is no fault of the API.`;
        return `The machine is off, its agent is not running, or its agent is not connected, since its own line is cut.${reporting.length > 0 ? ` ${en.list(reporting)} still ${reporting.length > 1 ? 'report' : 'reports'}, so it is no fault of the API.` : ''}`;
      },
      nextStep: (p) =>
        `Look whether ${en.list(p.servers)} ${p.servers.length > 1 ? 'are' : 'is'} running and can reach the API, then run mailpath-agent status there. What its agent has seen meanwhile is sent when it is back.`,
    },
    ja: {
      sentence: ({ lastSeenAt }) =>
        `${minute(lastSeenAt)} 以降、何も届いていません。表示中のメールの状態はその時点のものです。`,
      cause: ({ servers, connected, reporting }) => {
        if (connected)
          return 'エージェントは接続していますが、結果を送っていません。ラウンドが停止または停滞しているか、送信待ちがいっぱいです。';
        if (servers.length > 1 && reporting.length === 0)
          return 'サイトのどのサーバーからも届いていません。共有している回線、ファイアウォール、プロキシ、または API のアドレスが原因です。';
        if (servers.length > 1)
          return `1 ラウンド以内に相次いで途絶えています。共有しているホスト、ラック、または回線が原因です。${ja.list(reporting)} からは届いているため、API の問題ではありません。`;
        return `マシンが停止しているか、エージェントが動作していないか、そのサーバーの回線が切れて接続できていません。${reporting.length > 0 ? `${ja.list(reporting)} からは届いているため、API の問題ではありません。` : ''}`;
      },
      nextStep: (p) =>
        `${ja.list(p.servers)} が動作し API に到達できるかを確認し、そこで mailpath-agent status を実行してください。その間にエージェントが記録した結果は、復旧後に送信されます。`,
    },
  }),
  find: () => [],
});
