import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../../libs/terminal/src/steps/step-facts.ts';
import { transcriptOf } from './transcript.ts';

const TARGET = { host: 'login.microsoftonline.com', port: 443 };
const HEAD = {
  date: 'Sat, 28 Nov 2026 09:00:00 GMT',
  server: 'Microsoft-IIS/10.0',
  via: '1.1 proxy.example',
  contentType: 'application/json',
  location: 'https://outlook.office.com/mail/',
  retryAfter: '7',
};
const of = (evidence: object) => ({ target: TARGET, failure: null, evidence }) as never;
const inTerminal = (evidence: object, ...phases: ('proxy' | 'http' | 'token')[]) =>
  phases
    .flatMap((phase) => factsOf(of(evidence), phase, 'en'))
    .map(({ text }) => text)
    .filter((text) => /^[CS]: /.test(text));

describe('the lines of a web check', () => {
  it.each<[string, object, ('proxy' | 'http' | 'token')[]]>([
    ['a page', { http: { request: 'GET /', status: 302, ...HEAD } }, ['http']],
    ['a page that says little', { http: { request: 'GET /x', status: 451 } }, ['http']],
    [
      'a token request',
      {
        http: {
          request: 'POST /t/oauth2/v2.0/token',
          parameters: ['client_id', 'grant_type', 'client_secret'],
          status: 400,
          ...HEAD,
        },
        token: {
          grant: 'refresh_token',
          status: 400,
          error: 'invalid_grant',
          suberror: 'bad_token',
          description: 'AADSTS70000: no',
        },
      },
      ['token'],
    ],
    ['a token of an agent of before', { token: { grant: 'refresh_token', status: 200 } }, ['token']],
    [
      'a redirect that is refused',
      {
        http: { request: 'GET /authorize', parameters: ['client_id', 'state'], status: 200 },
        redirect: { status: 200, error: 'invalid_request', description: 'AADSTS50011: no' },
      },
      ['http'],
    ],
    [
      'a way through a proxy that forbids',
      { proxy: { url: 'http://proxy.example:8080', status: 407, reply: null } },
      ['proxy'],
    ],
    ['nothing that was reached', {}, ['http']],
  ])('are in the panel what they are in the terminal: %s', (_, evidence, phases) => {
    expect(transcriptOf(of(evidence) as never)).toEqual(inTerminal(evidence, ...phases));
  });
});
