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
        'Nobody has confirmed the key that the agent has now: it was enrolled, or has a new key, or its server was given a further role, or its approval was withdrawn. It is lent no client secret and no token before an administrator confirms it, so no mailbox is looked at from this server.',
      nextStep: ({ servers }) =>
        `Run mailpath-agent status on ${en.list(servers)}, compare the fingerprint, and confirm it with POST /v1/sites/{siteId}/servers/{serverId}/approval. If nobody enrolled this agent, revoke it, and find out who used the enrolment code.`,
    },
    ja: {
      sentence: ({ hostName, keyFingerprint }) =>
        `このサーバーは承認待ちです。エージェントの申告ではホスト ${hostName} で動作し、鍵は ${keyFingerprint} です。`,
      cause: () =>
        'エージェントの現在の鍵は、まだ誰にも承認されていません。登録されたか、鍵が新しくなったか、サーバーに役割が追加されたか、承認が取り消されたためです。管理者が承認するまでクライアント シークレットもトークンも貸し出さないため、このサーバーからはメールボックスを確認しません。',
      nextStep: ({ servers }) =>
        `${ja.list(servers)} で mailpath-agent status を実行してフィンガープリントを照合し、POST /v1/sites/{siteId}/servers/{serverId}/approval で承認してください。登録した覚えがない場合は、エージェントを失効させ、登録コードが誰に使われたかを調べてください。`,
    },
  }),
  find: () => [],
});
