import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellText } from './shell-text.ts';

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const MARK = '\ufeff';

it('reads a document back from every encoding that a shell writes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const text = JSON.stringify({ name, site: '本社' });
      for (const bytes of [
        Buffer.from(text),
        Buffer.from(MARK + text),
        Buffer.from(MARK + text, 'utf16le'),
        bigEndian(MARK + text),
        Buffer.from(text, 'utf16le'),
        bigEndian(text),
      ])
        expect(shellText(bytes)).toBe(text);
    }),
  );
});

it('refuses bytes that are no text, instead of reading signs that nobody wrote', () => {
  expect(() => shellText(Buffer.from([0x7b, 0x22, 0xff, 0xfd]))).toThrow(TypeError);
  expect(() => shellText(Buffer.from([0xff, 0xfe, 0x00]))).toThrow(TypeError);
});

it('reads an empty file as an empty text', () => expect(shellText(new Uint8Array())).toBe(''));
