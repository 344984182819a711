import { CATALOGUE } from '@mailpath/checks';
import { CHECK_TITLES } from '@mailpath/terminal';
import { expect, it } from 'vitest';

it('calls each check in a report what the catalogue calls it, and in Japanese besides', () => {
  const english = Object.entries(CHECK_TITLES).map(([id, { en }]) => [id, en]);
  expect(Object.fromEntries(english)).toEqual(
    Object.fromEntries(CATALOGUE.map(({ id, title }) => [id, title])),
  );
  for (const { ja } of Object.values(CHECK_TITLES)) expect(ja).toMatch(/[\p{sc=Hiragana}\p{sc=Han}]/u);
});
