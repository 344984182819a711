import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

interface Machines {
  /** Each with its address, such as `ece-svc03 (192.0.2.7)`. */
  machines: readonly string[];
  /** One of them was said to be the original. */
  settled: boolean;
}

/** Told by the line between agents and API, and seen in no result: `circumstances.ts` makes the finding. */
export const mailpathAgentCloned = defineRule({
  id: 'mailpath.agent-cloned',
  items: ['X8'],
  owner: 'server-administrator',
  confidence: 'certain',
  words: words<Machines>({
    en: {
      sentence: ({ machines }) =>
        `Two machines have the key of this server's agent: ${en.list(machines)}. Nothing of either is accepted.`,
      cause: ({ settled }) =>
        settled
          ? 'One of them was said to be the original, and gets a new key when it joins next, within two minutes. The other will be refused from then on.'
          : 'Both were connected at the same time with one key, so the machine, or the state folder of its agent, was copied. It cannot be told from here which is the original. The agent of this server is lent nothing meanwhile.',
      nextStep: ({ servers }) =>
        `End the agent on the copy. Then either confirm the original with POST /v1/sites/{siteId}/servers/{serverId}/original-machine, or create a new enrolment code for ${en.list(servers)} and use it there with mailpath-agent enrol --replace. What the original has seen meanwhile is sent then. If nobody copied the machine, find out who has its key.`,
    },
    ja: {
      sentence: ({ machines }) =>
        `このサーバーのエージェントの鍵を 2 台のマシンが持っています (${ja.list(machines)})。どちらからの結果も受け入れません。`,
      cause: ({ settled }) =>
        settled
          ? '一方が元のマシンであると確認されました。2 分以内に次に接続したときに新しい鍵に切り替わり、それ以降、もう一方は拒否されます。'
          : '同じ鍵で同時に接続していたため、マシンまたはエージェントの状態フォルダーが複製されています。どちらが元のマシンかは、ここからは判断できません。その間、このサーバーのエージェントには何も貸し出しません。',
      nextStep: ({ servers }) =>
        `複製側のエージェントを停止してください。その後、POST /v1/sites/{siteId}/servers/{serverId}/original-machine で元のマシンを確認するか、${ja.list(servers)} の新しい登録コードを作成し、元のマシンで mailpath-agent enrol --replace を実行してください。その間に元のマシンが記録した結果は、復旧後に送信されます。複製した覚えがない場合は、鍵が誰に渡ったかを調べてください。`,
    },
  }),
  find: () => [],
});
