import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** Told by the site, and seen in no result: `circumstances.ts` makes the finding. */
export const mailpathApprovalAwaited = defineRule({
  id: 'mailpath.approval-awaited',
  items: ['X8'],
  owner: 'ece-administrator',
  confidence: 'certain',
  words: words<{ hostName: string; keyFingerprint: string }>({
    en: {
      sentence: ({ hostName, keyFingerprint }) =>
        `This server waits for approval: its agent says that it runs on ${hostName}, and has the key ${keyFingerprint}.`,
      cause: () =>
        'The agent was enrolled after the site was given its secrets, or in the place of an earlier one, or was given a further role. It is lent no client secret and no token before an administrator confirms it, so no mailbox is looked at from this server.',
      nextStep: ({ servers }) =>
        `Run mailpath-agent status on ${en.list(servers)}, compare the fingerprint, and confirm it with POST /v1/sites/{siteId}/servers/{serverId}/approval. If nobody enrolled this agent, revoke it, and find out who used the enrolment code.`,
    },
    ja: {
      sentence: ({ hostName, keyFingerprint }) =>
        `このサーバーは承認待ちです。エージェントの申告ではホスト ${hostName} で動作し、鍵は ${keyFingerprint} です。`,
      cause: () =>
        'このエージェントは、サイトにシークレットが設定された後に登録されたか、以前のエージェントに代わって登録されたか、役割が追加されました。管理者が承認するまでクライアント シークレットもトークンも貸し出さないため、このサーバーからはメールボックスを確認しません。',
      nextStep: ({ servers }) =>
        `${ja.list(servers)} で mailpath-agent status を実行してフィンガープリントを照合し、POST /v1/sites/{siteId}/servers/{serverId}/approval で承認してください。登録した覚えがない場合は、エージェントを失効させ、登録コードが誰に使われたかを調べてください。`,
    },
  }),
  find: () => [],
});
