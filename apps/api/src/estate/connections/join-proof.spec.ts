import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { joinStatement } from '@mailpath/protocol';
import { newNonce, provesJoin } from './join-proof.ts';

const AGENT = '3f1f7b0e-8d0e-4b7e-9f2a-0d6c1f4f8a11';
const pair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { raw: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'), privateKey };
};
const { raw, privateKey } = pair();
const signed = (nonce: string, agentId = AGENT) =>
  sign(null, joinStatement(nonce, agentId), privateKey).toString('base64url');

describe('the proof with which an agent joins', () => {
  const nonce = newNonce();

  it('holds for its own key, this nonce and this agent', () => {
    expect(provesJoin(raw, nonce, AGENT, signed(nonce))).toBe(true);
  });

  it('does not hold for the nonce of another connection', () => {
    expect(provesJoin(raw, newNonce(), AGENT, signed(nonce))).toBe(false);
  });

  it('does not hold for another agent', () => {
    const other = 'aaaaaaaa-8d0e-4b7e-9f2a-0d6c1f4f8a11';
    expect(provesJoin(raw, nonce, other, signed(nonce))).toBe(false);
  });

  it('does not hold for another key', () => {
    expect(provesJoin(pair().raw, nonce, AGENT, signed(nonce))).toBe(false);
  });

  it('does not hold for a signature of the wrong length, and does not throw', () => {
    expect(provesJoin(raw, nonce, AGENT, 'AAAA')).toBe(false);
  });
});
