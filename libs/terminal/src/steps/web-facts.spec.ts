import type { CheckResult } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { factsOf } from './step-facts.ts';

const HEAD = {
  date: 'Sat, 28 Nov 2026 09:00:00 GMT',
  contentType: 'text/html',
  location: 'https://outlook.office.com/mail/',
  retryAfter: null,
  server: 'Microsoft-IIS/10.0',
  via: null,
};

const told = (phase: 'http' | 'token' | 'proxy', evidence: object, failure: object | null = null) =>
  factsOf(
    { target: { host: 'outlook.office365.com', port: 443 }, failure, evidence } as unknown as CheckResult,
    phase,
    'en',
  ).map(({ text }) => text);

describe('a web check', () => {
  it('is told as the dialogue that it was: the request, and the head of the answer', () => {
    expect(told('http', { http: { request: 'GET /', status: 302, ...HEAD } })).toEqual([
      'C: GET /',
      'C: Host: outlook.office365.com',
      'S: HTTP 302',
      'S: Date: Sat, 28 Nov 2026 09:00:00 GMT',
      'S: Server: Microsoft-IIS/10.0',
      'S: Content-Type: text/html',
      'S: Location: https://outlook.office.com/mail/',
    ]);
  });

  it('has the fields of a query or form by name alone, but for the kind of grant', () => {
    const parameters = ['client_id', 'scope', 'grant_type', 'refresh_token', 'client_secret'];
    const http = { request: 'POST /tenant/oauth2/v2.0/token', parameters, status: 400 };
    expect(
      told('token', { http, token: { grant: 'refresh_token', status: 400, error: 'invalid_grant' } }),
    ).toEqual([
      'C: POST /tenant/oauth2/v2.0/token',
      'C: Host: outlook.office365.com',
      'C: client_id=…&scope=…&grant_type=refresh_token&refresh_token=…&client_secret=…',
      'S: HTTP 400',
      'S: invalid_grant',
    ]);
  });

  it('of an agent that kept no request is told by what it kept', () => {
    expect(told('http', { http: { status: 503 } })).toEqual(['S: HTTP 503']);
    expect(told('token', { token: { grant: 'refresh_token', status: 200 } })).toEqual([
      'C: grant_type=refresh_token',
      'S: HTTP 200',
    ]);
    expect(told('http', {})).toEqual([]);
  });

  it('says what a proxy was asked for and answered, once', () => {
    const proxy = {
      url: 'http://proxy.example:3128',
      status: 407,
      reply: '407 Proxy Authentication Required',
    };
    expect(told('proxy', { proxy })).toEqual([
      'http://proxy.example:3128',
      'C: CONNECT outlook.office365.com:443',
      'S: 407 Proxy Authentication Required',
    ]);
    expect(told('http', { proxy, http: { status: 200 } })).toEqual(['S: HTTP 200']);
    expect(
      told('proxy', { proxy: { url: 'socks5://proxy.example:1080', status: null, reply: null } }),
    ).toEqual(['socks5://proxy.example:1080']);
  });
});
