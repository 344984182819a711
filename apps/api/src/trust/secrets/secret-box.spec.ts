import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CannotOpen, SecretBox } from './secret-box.ts';

const box = new SecretBox(randomBytes(32));
const place = { purpose: 'refresh-token', siteId: 'site', key: 'sales@example.com' };
const secret = 'a refresh token, ü and all';

describe('the box for secrets', () => {
  it('opens what it sealed, in its place', () => {
    expect(box.open(box.seal(secret, place), place)).toBe(secret);
    expect(box.open(box.seal('', place), place)).toBe('');
  });

  it('seals the same secret differently each time, and shows nothing of it', () => {
    const [one, two] = [box.seal(secret, place), box.seal(secret, place)];
    expect(one.equals(two)).toBe(false);
    expect(one.includes(Buffer.from(secret))).toBe(false);
  });

  it.each([
    ['purpose', { ...place, purpose: 'access-token' }],
    ['site', { ...place, siteId: 'other' }],
    ['row', { ...place, key: 'support@example.com' }],
    ['parts, joined to the same text', { purpose: 'refresh-token', siteId: 'site","sales', key: '' }],
  ])('opens nothing that was moved to another %s', (_, other) => {
    expect(() => box.open(box.seal(secret, place), other)).toThrow(CannotOpen);
  });

  it('opens nothing in which one bit was changed, wherever it lies', () => {
    const sealed = box.seal(secret, place);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] as number) ^ 1;
      expect(() => box.open(changed, place), `byte ${at}`).toThrow(CannotOpen);
    }
  });

  it('opens nothing that was cut off, and nothing with another key', () => {
    const sealed = box.seal(secret, place);
    for (const length of [0, 1, 12, 28, sealed.length - 1])
      expect(() => box.open(sealed.subarray(0, length), place)).toThrow(CannotOpen);
    expect(() => new SecretBox(randomBytes(32)).open(sealed, place)).toThrow(/another key/);
  });

  it('says nothing of the secret when it cannot open it', () => {
    let text = '';
    try {
      new SecretBox(randomBytes(32)).open(box.seal(secret, place), place);
    } catch (error) {
      text = `${String(error)} ${JSON.stringify(error)}`;
    }
    expect(text).toContain('refresh-token');
    expect(text).not.toContain(secret);
  });

  it('takes no key of another length', () => {
    expect(() => new SecretBox(randomBytes(16))).toThrow(RangeError);
  });
});
