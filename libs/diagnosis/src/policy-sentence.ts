import type { CheckResult, Evidence, Language } from '@mailpath/protocol';
import { isIPv6 } from 'node:net';

type Policy = NonNullable<Evidence['policy']>;

const WORDS: Readonly<Record<Language, Record<Policy['barred'], (policy: Policy) => string>>> = {
  en: {
    place: (policy) =>
      `This server's own rules do not allow ${placeOf(policy)}. If the agent is to check it, add it to "allow" in agent.json on the server and restart the agent.`,
    address: (policy) =>
      `On this server ${policy.host} leads to ${addressOf(policy)}, which the server's own rules do not open. If that address is right, add its network to "policy.networks" in agent.json on the server and restart the agent; if not, correct the name's DNS entry.`,
  },
  ja: {
    place: (policy) =>
      `このサーバー自身の規則では ${placeOf(policy)} への接続が許可されていません。エージェントに確認させる場合は、サーバー上の agent.json の "allow" に追加し、エージェントを再起動してください。`,
    address: (policy) =>
      `このサーバーでは ${policy.host} のアドレスが ${addressOf(policy)} ですが、サーバー自身の規則で許可されていません。そのアドレスが正しい場合は、サーバー上の agent.json の "policy.networks" にそのネットワークを追加し、エージェントを再起動してください。正しくない場合は、DNS の登録を修正してください。`,
  },
};

/** Why the server's own rules kept a check from running, and what to do; null when it was not they. */
export function policySentence({ evidence }: CheckResult, language: Language): string | null {
  const { policy } = evidence;
  return policy ? WORDS[language][policy.barred](policy) : null;
}

function placeOf({ host, port }: Policy): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

function addressOf({ address = '?', range }: Policy): string {
  return range === undefined ? address : `${address} (${range})`;
}
