import { EVIDENCE_LIST_MAX, EVIDENCE_TEXT_MAX } from '@mailpath/protocol';
import { expect, test } from 'vitest';
import { evidenceLines, evidenceText } from './evidence-text.ts';

test('text stays as it is when it can be shown', () => {
  expect(evidenceText('* OK Exchange 中文 ü 🙂')).toBe('* OK Exchange 中文 ü 🙂');
});

test('controls, line ends and marks that turn text around are replaced', () => {
  expect(evidenceText('a\0b\x1b[2J\r\n\u202e\u2028\x85')).toBe(
    'a\ufffdb\ufffd[2J\ufffd\ufffd\ufffd\ufffd\ufffd',
  );
});

test('text is cut to what evidence may hold, never inside a pair of surrogates', () => {
  const cut = evidenceText('🙂'.repeat(EVIDENCE_TEXT_MAX));
  expect(cut.length).toBeLessThanOrEqual(EVIDENCE_TEXT_MAX);
  expect(cut.isWellFormed()).toBe(true);
  expect(cut.endsWith('…')).toBe(true);
});

test('lines are cut in number and in length', () => {
  const lines = evidenceLines(Array.from({ length: 100 }, () => 'x'.repeat(2000)));
  expect(lines).toHaveLength(EVIDENCE_LIST_MAX);
  expect(lines[0]).toHaveLength(256);
});
