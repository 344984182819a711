import { expect, it } from 'vitest';
import { jsonText, readByCodePage } from './json-text.ts';

it('is escaped where a code page would change it, and is the same document', () => {
  const document = { name: '東京-svc01', note: '’ 😀 \u0080 ~' };
  const text = jsonText(document, true);
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  expect(JSON.parse(text)).toEqual(document);
  expect(jsonText(document, false)).toContain('東京');
});

it('is so for redirected output of Windows alone', () => {
  expect(readByCodePage('win32', false)).toBe(true);
  expect(readByCodePage('win32', true)).toBe(false);
  expect(readByCodePage('linux', false)).toBe(false);
});
