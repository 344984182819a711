import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './support/api.ts';
import { client } from './support/mail-site.ts';
import { openapi } from './support/contract.ts';
import { createSite } from './support/scripted-agent.ts';

type Needs = 'anyone' | 'signed-in' | 'viewer' | 'operator' | 'administrator';
const RANK = ['viewer', 'operator', 'administrator'] as const;
type Role = (typeof RANK)[number];
/** Where a caller has its role: at the site that is asked about, at another one, or everywhere. */
type Place = 'here' | 'elsewhere' | 'everywhere';

const operations = Object.entries(openapi.paths as Record<string, Record<string, object>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method,
      path,
      needs: (operation as Record<string, unknown>)['x-mailpath-needs'] as Needs,
    })),
);

let api: RunningApi;
let siteId: string;
/** Headers by what the caller is. */
const callers = new Map<string, Record<string, string>>();

async function keyOf(role: Role, place: Place, sites: Record<'here' | 'elsewhere', string>): Promise<string> {
  const body = { name: `${role} ${place}`, role, siteId: place === 'everywhere' ? null : sites[place] };
  const { body: made } = await client(api).post('/v1/api-keys').send(body).expect(201);
  return (made as { key: string }).key;
}

beforeAll(async () => {
  api = await startApi();
  const sites = {
    here: await createSite(api, { name: `here ${randomUUID()}` }),
    elsewhere: await createSite(api, { name: `elsewhere ${randomUUID()}` }),
  };
  siteId = sites.here;
  for (const role of RANK)
    for (const place of ['here', 'elsewhere', 'everywhere'] as const)
      callers.set(`${role} ${place}`, { authorization: `Bearer ${await keyOf(role, place, sites)}` });
  const { headers } = await request(api.server).post('/v1/session').send({ key: api.apiKey }).expect(204);
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const ours = { cookie, 'sec-fetch-site': 'same-origin' };
  await request(api.server).delete('/v1/session').set(ours).expect(204);
  callers.set('an ended session', ours);
  callers.set('nobody', {});
  callers.set('an unknown key', { authorization: `Bearer mpk_${'A'.repeat(43)}` });
});
afterAll(() => api.close());

/** What the guard must answer, decided here once more and by a table; null where it lets the caller through. */
function refusal(needs: Needs, ofSite: boolean, caller: string): number | null {
  if (needs === 'anyone') return null;
  const [word, place] = caller.split(' ');
  const role = RANK.find((each) => each === word);
  if (!role) return 401;
  if (needs === 'signed-in') return null;
  const holds = place === 'everywhere' || (place === 'here' && ofSite);
  if (!holds) return ofSite ? 404 : 403;
  return RANK.indexOf(role) >= RANK.indexOf(needs) ? null : 403;
}

describe('every operation of the document', () => {
  it('says which callers it is open to', () => {
    expect(operations.length).toBeGreaterThan(50);
    const unsaid = operations.filter(({ needs }) => !['anyone', 'signed-in', ...RANK].includes(needs));
    expect(unsaid).toEqual([]);
  });

  it('answers every kind of caller, at its own site, at another and everywhere, as the table decides', async () => {
    const wrong: string[] = [];
    for (const { method, path, needs } of operations) {
      const url = path.replace('{siteId}', siteId).replace(/\{\w+\}/g, () => randomUUID());
      for (const [caller, headers] of callers) {
        const answer = await request(api.server)[method as 'get'](url).set(headers);
        const expected = refusal(needs, path.includes('{siteId}'), caller);
        const { detail = '' } = answer.body as { detail?: string };
        // 404 is also what is answered for the ids that nobody has: of the site it must say so.
        const hidden = answer.status === 404 && detail === `Site ${siteId} does not exist.`;
        const refused =
          [401, 403].includes(answer.status) && !isOfHandler(path, answer.status)
            ? answer.status
            : hidden
              ? 404
              : null;
        if (refused !== expected)
          wrong.push(`${method} ${path} by ${caller}: ${answer.status} ${detail}, expected ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Operations whose own answer is a refusal of that status: a code that is wrong, a link that is none. */
const isOfHandler = (path: string, status: number): boolean => path === '/v1/enrolments' && status === 403;
