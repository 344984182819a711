import { createHash, randomUUID, sign } from 'node:crypto';
import { type AgentBatch, batchNonce, joinStatement, PROTOCOL_VERSION } from '@mailpath/protocol';
import type { client } from './mail-site.ts';
import { deliveriesFrom, FACTS, type Identity } from './scripted-agent.ts';

/** What an agent posts, signed over this challenge; `changes` come before the signature, but for the results. */
export function batchOf(
  identity: Identity,
  challenge: string,
  changes: Partial<AgentBatch> = {},
): AgentBatch {
  const boot = randomUUID();
  const results = changes.results ?? JSON.stringify({ boot, deliveries: deliveriesFrom(1, 3) });
  const nonce = changes.nonce ?? challenge;
  const digest = createHash('sha256').update(results).digest('base64url');
  const statement = joinStatement(batchNonce(nonce, digest), identity.agentId);
  return {
    protocol: PROTOCOL_VERSION,
    agentId: identity.agentId,
    nonce,
    signature: sign(null, statement, identity.privateKey).toString('base64url'),
    boot,
    facts: FACTS,
    line: { fault: 'upgrade-refused', detail: 'Unexpected server response: 403' },
    results,
    ...changes,
  };
}

/** Asks for a challenge and posts three results. */
export async function handInByHttps(caller: ReturnType<typeof client>, identity: Identity): Promise<void> {
  const { body } = await caller.post('/v1/agents/challenges').expect(200);
  await caller
    .post('/v1/agents/batches')
    .send(batchOf(identity, body.nonce as string))
    .expect(200);
}
