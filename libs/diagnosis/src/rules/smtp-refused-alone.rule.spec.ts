import { describe, expect, it } from 'vitest';
import { diagnoseSite } from '../diagnose-site.ts';
import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { signedIn, SITE } from '../testing/healthy.ts';
import { also } from '../testing/sign-in-steps.ts';

/** SMTP alone refuses the login, in these words. */
function told(reply: string) {
  const broken = failing(signedIn('smtp.login'), 'authenticate', 'denied', { login: { reply } });
  const server = svc();
  const results = server.results.filter(({ check }) => check !== 'smtp.login');
  const [finding, ...more] = diagnoseSite({ site: SITE, servers: [also({ ...server, results }, broken)] });
  expect(more).toEqual([]);
  expect(finding?.rule).toBe('smtp.refused-alone');
  return finding;
}

describe('a login that SMTP alone refuses', () => {
  it.each(['535 5.7.3 Authentication unsuccessful', '535 5.7.3 Échec de l’authentification'])(
    'with the answer that says no reason is told as the switch or the permission: %s',
    (reply) => {
      expect(told(reply)?.cause).toMatch(/SMTP AUTH is switched off/);
    },
  );

  it.each([
    '535 5.7.139 Authentifizierung nicht erfolgreich, Sicherheitsstandards.',
    '535 5.7.139 認証に失敗しました。',
    '535 5.7.139 Nie udało się',
  ])('with one that may be a policy’s as well is not told as the switch: %s', (reply) => {
    const finding = told(reply);
    expect(finding?.cause).toContain('SMTP AUTH is off, or a policy or security defaults forbid it');
    expect(finding?.cause).not.toContain('is switched off');
    expect(finding?.items).toEqual(['C6', 'X4']);
  });

  it.each([
    "535 5.7.139 L'authentification a échoué, l'authentification de base est désactivée.",
    '535 5.7.139 Die Basisauthentifizierung ist deaktiviert.',
    '535 5.7.139 A autenticac\u0327a\u0303o ba\u0301sica está desabilitada.',
  ])('because of basic authentication says so, in whichever language: %s', (reply) => {
    const finding = told(reply);
    expect(finding?.cause).toContain('basic authentication is disabled');
    expect(finding?.cause).not.toContain('SMTP AUTH');
    expect(finding?.nextStep).toContain('set it to OAuth');
  });
});
