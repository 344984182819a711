// oxlint-disable-next-line no-restricted-imports -- the sources of the forms are read here, and run nowhere
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../words/en.ts';
import { ja } from '../words/ja.ts';
import { asked, FORMS, fieldOf, type FormName, labelOf } from './form-fields.ts';

const SOURCES = [
  'settings/site-form.tsx',
  'sites/sites-page.tsx',
  'servers/add-server-page.tsx',
  'mail/new-mailbox.tsx',
  'then/baselines.tsx',
  'people/users-page.tsx',
  'people/keys-page.tsx',
  'people/account-page.tsx',
  'settings/client-secret.tsx',
  'settings/client-certificate.tsx',
  'settings/paste-url.tsx',
  'upgrades/begin-upgrade.tsx',
];
const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const PARTS: Record<string, readonly string[]> = {
  'upgrades/begin-upgrade.tsx': ['upgrades/upgrade-groups.tsx', 'upgrades/upgrade-hours.tsx'],
};
/** The fields beside which a form tells why they were refused. */
function fieldsIn(path: string): string[] {
  const text = [path, ...(PARTS[path] ?? [])].map(textOf).join('');
  const named = [
    ...text.matchAll(/<(?:Field|FieldNote|Pem) name="(\w+)"/g),
    ...text.matchAll(/\b(?:text|input)\('(\w+)'/g),
  ];
  return [...new Set(named.map(([, field]) => field ?? ''))];
}
const formIn = (path: string): string => /form="(\w+)"/.exec(textOf(path))?.[1] ?? '';

describe('the fields of forms', () => {
  it('are those of all forms', () => {
    expect(SOURCES.map(formIn).toSorted()).toEqual(FORMS.toSorted());
  });

  it.each(SOURCES)('each have a label and a place for what is refused of them in %s', (path) => {
    const form = formIn(path) as FormName;
    for (const words of [en, ja]) {
      expect(fieldsIn(path).toSorted()).toEqual(asked(form, words).toSorted());
      for (const field of fieldsIn(path)) expect(labelOf(form, field, words)).toMatch(/\S/);
    }
  });

  it('are known by the first name of a path, and by no name that every object has', () => {
    expect(fieldOf('groups.0.1')).toBe('groups');
    expect(labelOf('changeSite', 'redirectUri', ja)).toBe(ja.settings.redirectUri);
    expect(labelOf('changeSite', 'constructor', en)).toBeNull();
    expect(labelOf('changeSite', 'cloud', en)).toBeNull();
  });
});
