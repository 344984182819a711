import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@mailpath/protocol';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './support/api.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
}
interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: object;
  responses: Record<string, { content?: Record<string, unknown> }>;
  security?: unknown[];
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

const ID = '01a20bac-7abe-74ff-a112-9ae128132374';
const HOSTILE_TEXT = [
  'x',
  '0',
  '-1',
  '%00',
  '\u0000',
  'null',
  'NaN',
  '9'.repeat(400),
  '../../etc/passwd',
  "'; drop table sites; --",
  '日本語',
  '🚀',
  '\ud83d',
  '=cmd()',
  '${7*7}',
  '[]',
  '{}',
  'true',
  ' ',
  '2026-13-45T99:99:99Z',
  '1e309',
];
const HOSTILE_BODIES = [
  '[]',
  'null',
  '1',
  '"text"',
  'true',
  '{"unknown":1}',
  '{"name":{"$ne":null}}',
  '{"name":[1]}',
  '{"code":1,"facts":[]}',
  '{"name":"\\u0000","roles":["services"]}',
  '{"name":1e400}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `{"a":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`,
  '{"constructor":{"prototype":{}}}',
  '{"targets":{"constructor":{}}}',
  '{"name":"\\ud800","roles":"services"}',
];

const SHOWN = /^\/v1\/(?:session\/openid|sign-ins)(?:\/|$)/;

describe('the OpenAPI document', () => {
  let api: RunningApi;
  let document: Document;
  let operations: { method: string; path: string; operation: Operation }[];

  beforeAll(async () => {
    api = await startApi();
    document = (await request(api.server).get('/openapi.json')).body as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
    );
  });

  afterAll(() => api.close());

  const send = (method: string, path: string) =>
    request(api.server)[method as 'get'](path).auth(api.apiKey, { type: 'bearer' });
  const fill = (path: string, value: string) =>
    path.replace(/\{\w+\}/g, () => encodeURIComponent(value.toWellFormed()));

  it('is the one in docs/openapi.json (npm run openapi writes it anew)', () => {
    const stored = readFileSync(join(import.meta.dirname, '../docs/openapi.json'), 'utf8');
    const served = `${JSON.stringify(document, null, 2)}\n`;
    expect(served === stored, 'docs/openapi.json is not the served document: npm run openapi').toBe(true);
  });

  it('names every operation once, in words, under a heading', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(operations.length);
    for (const { operation } of operations) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(operation.summary).toEqual(expect.stringMatching(/\S/));
      expect(operation.tags).toHaveLength(1);
    }
  });

  it('describes the refusals of every operation as problems', () => {
    const { Problem: described } = document.components.schemas;
    expect(described).toBeDefined();
    for (const { method, path, operation } of operations) {
      const { parameters = [], requestBody, responses, security } = operation;
      const expected = [
        // A header such as If-None-Match is never refused: what it does not name is sent.
        ...(parameters.some((each) => each.in !== 'header') || requestBody ? ['400'] : []),
        ...(parameters.some((each) => each.in === 'path') ? ['404'] : []),
        ...(requestBody ? ['413', '415'] : []),
        ...(security ? [] : ['401', '503']),
      ];
      expect(Object.keys(responses), `${method} ${path}`).toEqual(expect.arrayContaining(expected));
      const otherwise = Object.entries(responses)
        .filter(([status]) => Number(status) >= 400 && path !== '/health/ready')
        .filter(([, { content = {} }]) => {
          // A person whose browser is led there is shown a page.
          const types = Object.keys(content).filter((type) => !(type === 'text/html' && SHOWN.test(path)));
          return types.join() !== 'application/problem+json';
        });
      expect(otherwise, `${method} ${path}`).toEqual([]);
    }
  });

  it('has no reference that leads nowhere', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g);
    const missing = [...references]
      .map(([, ref]) => ref as string)
      .filter((ref) => {
        const [kind = '', name = ''] = ref.replace('#/components/', '').split('/');
        return !(name in (document.components[kind as 'schemas'] ?? {}));
      });
    expect(missing).toEqual([]);
  });

  it('holds for bad input: every operation refuses it as a problem, and never fails', async () => {
    const failures: string[] = [];
    const check = async (label: string, sent: request.Test) => {
      const { status, headers, body, text } = await sent;
      const refused = status >= 400 && status < 500;
      const isProblem =
        String(headers['content-type']).startsWith('application/problem+json') &&
        Problem.safeParse(body).success;
      // Text that happens to be fine, such as a limit of 0 written as a name, may be served.
      if (status >= 500 || (refused && !isProblem))
        failures.push(`${label}: ${status} ${text.slice(0, 200)}`);
      return status;
    };
    for (const { method, path, operation } of operations) {
      const label = `${method} ${path}`;
      const { parameters = [], requestBody } = operation;
      if (parameters.some((each) => each.in === 'path')) {
        for (const value of HOSTILE_TEXT) {
          const status = await check(`${label} ${value}`, send(method, fill(path, value)));
          if (status < 400) failures.push(`${label}: took the id ${value}`);
        }
      }
      for (const { name } of parameters.filter((each) => each.in === 'query')) {
        for (const value of HOSTILE_TEXT) {
          await check(
            `${label} ${name}=${value}`,
            send(method, fill(path, ID)).query({ [name]: value.toWellFormed() }),
          );
        }
      }
      if (!requestBody) continue;
      for (const body of HOSTILE_BODIES) {
        const sent = send(method, fill(path, ID)).set('content-type', 'application/json').send(body);
        const status = await check(`${label} ${body.slice(0, 60)}`, sent);
        if (status < 400) failures.push(`${label}: took the body ${body.slice(0, 60)}`);
      }
      const empty = await check(`${label} without a body`, send(method, fill(path, ID)));
      if (empty < 400) failures.push(`${label}: took no body`);
    }
    expect(failures).toEqual([]);
  });
});
