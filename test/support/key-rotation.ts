import { generateKeyPairSync, sign } from 'node:crypto';
import { newKeyStatement } from '@mailpath/protocol';
import { expect } from 'vitest';
import { type Identity, ScriptedAgent } from './scripted-agent.ts';

/** Offers a key that was made for it, signed by the one that it joined with or by another. */
export function offerKey(agent: ScriptedAgent, { agentId, privateKey }: Identity, signer = privateKey) {
  const next = generateKeyPairSync('ed25519');
  const publicKey = next.publicKey.export({ format: 'jwk' }).x ?? '';
  const statement = newKeyStatement(agent.nonce, agentId, publicKey);
  agent.send('new-key', { publicKey, signature: sign(null, statement, signer).toString('base64url') });
  return { publicKey, privateKey: next.privateKey };
}

/** Makes a key, offers it, and joins with it once as the agent does. */
export async function goOver(url: string, agent: ScriptedAgent, old: Identity): Promise<Identity> {
  const { publicKey, privateKey } = offerKey(agent, old);
  expect((await agent.next('key-noted')).publicKey).toBe(publicKey);
  await agent.leave();
  const anew = { ...old, privateKey };
  await (await ScriptedAgent.join(url, anew, agent.boot)).leave();
  return anew;
}
