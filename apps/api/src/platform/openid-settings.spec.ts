import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const SITE = '01a20bac-7abe-74ff-a112-9ae128132374';
const ALL = {
  MAILPATH_PUBLIC_URL: 'https://mailpath.example.com',
  MAILPATH_OPENID_ISSUER: 'https://login.microsoftonline.com/6731de76-14a6-49ae-97bc-6eba6914391e/v2.0',
  MAILPATH_OPENID_CLIENT_ID: 'client',
  MAILPATH_OPENID_CLIENT_SECRET: 'hunter2',
  MAILPATH_OPENID_ROLES: 'group:a=viewer',
};
const rules = (text: string) => loadConfig({ ...ALL, MAILPATH_OPENID_ROLES: text }).MAILPATH_OPENID_ROLES;

describe('the settings of sign-in by OpenID Connect', () => {
  it.each(Object.keys(ALL))('are all there or none: without %s nothing starts', (name) => {
    expect(() => loadConfig({ ...ALL, [name]: '' })).toThrow(`${name}: write it as well`);
  });

  it('have a secret that may stand in a file, and is told by no refusal', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mailpath-openid-'));
    try {
      const file = join(folder, 'secret');
      writeFileSync(file, 'hunter3\n');
      const { MAILPATH_OPENID_CLIENT_SECRET: _, ...rest } = ALL;
      const config = loadConfig({ ...rest, MAILPATH_OPENID_CLIENT_SECRET_FILE: file });
      expect(config.MAILPATH_OPENID_CLIENT_SECRET).toBe('hunter3');
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(() => loadConfig({ ...ALL, MAILPATH_OPENID_CLIENT_SECRET: 'hunter 2' })).toThrow(
      /^(?![^]*hunter)[^]*MAILPATH_OPENID_CLIENT_SECRET: write/,
    );
  });

  it.each([
    'https://login.microsoftonline.com/common/v2.0',
    'https://login.microsoftonline.com/Organizations/v2.0',
    'https://login.microsoftonline.us/consumers/v2.0',
    'http://login.example.com/',
    'http://127.0.0.1/',
    'https://u:p@login.example.com/',
    'https://login.example.com/?a',
    'login.example.com',
  ])('have no issuer %s', (issuer) => {
    expect(() => loadConfig({ ...ALL, MAILPATH_OPENID_ISSUER: issuer })).toThrow(
      /MAILPATH_OPENID_ISSUER: write/,
    );
  });

  it('map groups and app roles to roles, of the whole or of one site, whatever their names hold', () => {
    expect(
      rules(`group:/mail/a=b:c = administrator , app-role:Desk=operator@${SITE.toUpperCase()},`),
    ).toEqual([
      { claim: 'groups', value: '/mail/a=b:c', role: 'administrator', siteId: null },
      { claim: 'roles', value: 'Desk', role: 'operator', siteId: SITE },
    ]);
  });

  it.each([
    'group:a',
    'group:=viewer',
    'a=viewer',
    'role:a=viewer',
    'toString:a=viewer',
    'group:a=owner',
    'group:a=Viewer',
    'group:a=viewer@',
    'group:a=viewer@Osaka',
    `group:a=viewer@${SITE}@${SITE}`,
    'group:a=viewer,group:b',
    ',',
  ])('have no mapping %j', (text) => {
    expect(() => rules(text)).toThrow(/MAILPATH_OPENID_ROLES: write who may do what/);
  });
});
