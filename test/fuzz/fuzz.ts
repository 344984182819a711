import { request as httpRequest } from 'node:http';
import { takeContradictions } from '../support/contract.ts';
import { Known } from './known.ts';
import { Random } from './random.ts';
import { type FuzzRequest, requestTo } from './requests.ts';
import { operations } from './schema.ts';

export interface FuzzReport {
  requests: number;
  /** What went wrong, each with the request in a form that can be sent again. */
  failures: string[];
  /** How often each operation was asked, and how often it succeeded. */
  asked: Map<string, { times: number; succeeded: number }>;
  /** Requests that are as the document says, and were refused as not valid: rules that no schema can tell. */
  refusedThoughValid: Map<string, number>;
}
interface Options {
  url: string;
  key: string;
  /** A site that has everything. */
  siteId: string;
  seed: number;
  requests: number;
}

/** A site is made again when the last one was deleted, so that operations have something to work on. */
const SITES = 3;

/** Sends requests that follow from the document and a seed, one after the other, and holds each answer against it. */
export async function fuzz({ url, key, siteId, seed, requests }: Options): Promise<FuzzReport> {
  const random = new Random(seed);
  const known = new Known(siteId);
  const all = operations();
  const report: FuzzReport = { requests, failures: [], asked: new Map(), refusedThoughValid: new Map() };
  const authorization = `Bearer ${key}`;
  const learnFrom = async (path: string) => {
    const sent = await send(url, {
      method: 'GET',
      url: path,
      headers: { authorization },
      body: undefined,
      fault: null,
    });
    if (sent.status === 200) known.learn(path, JSON.parse(sent.body));
  };
  for (const list of ['servers', 'agents', 'results', 'findings'])
    await learnFrom(`/v1/sites/${siteId}/${list}`);
  takeContradictions();

  for (let index = 0; index < requests; index += 1) {
    const operation = index < SITES ? all.find(({ operationId }) => operationId === 'createSite') : undefined;
    const { operationId } = operation ?? random.one(all);
    const chosen = operation ?? all.find((each) => each.operationId === operationId);
    if (!chosen) continue;
    const made = requestTo(chosen, known, key, random);
    const { status, body } = await send(url, made);
    const wrong = [...takeContradictions(), ...faultsOf(made, status)];
    if (wrong.length > 0) report.failures.push(tell(index, seed, url, made, status, body, wrong));
    const isSuccess = status >= 200 && status < 400 && made.method === chosen.method;
    const count = report.asked.get(operationId) ?? { times: 0, succeeded: 0 };
    report.asked.set(operationId, {
      times: count.times + 1,
      succeeded: count.succeeded + (isSuccess ? 1 : 0),
    });
    if (status === 400 && made.fault === null && made.method === chosen.method) {
      const why = `${operationId}: ${reasonOf(body)}`;
      report.refusedThoughValid.set(why, (report.refusedThoughValid.get(why) ?? 0) + 1);
    }
    if (isSuccess && (status === 200 || status === 201 || status === 202) && body.startsWith('{'))
      known.learn(made.url, JSON.parse(body));
    if (operationId === 'deleteSite' && status === 204)
      known.forgetSite(/sites\/([^/?]+)/.exec(made.url)?.[1] ?? '');
  }
  return report;
}

/** What no answer may be, whatever the document says of it. */
function faultsOf({ fault }: FuzzRequest, status: number): string[] {
  return [
    ...(status >= 500 ? ['a fault of the API itself'] : []),
    ...(fault !== null && status < 400 ? [`accepted, though ${fault} is not as the document says`] : []),
  ];
}

function reasonOf(body: string): string {
  const { errors = [] } = JSON.parse(body) as { errors?: { field: string; message: string }[] };
  return errors.map(({ field, message }) => `${field} ${message}`).join('; ') || body;
}

function tell(
  index: number,
  seed: number,
  url: string,
  { method, url: path, headers, body }: FuzzRequest,
  status: number,
  answer: string,
  wrong: string[],
): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const words = [
    `curl -i -X ${method} ${quoted(url + path)}`,
    ...Object.entries(headers)
      .filter(([name]) => name !== 'authorization')
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    headers['authorization'] === undefined ? '' : '-H "Authorization: Bearer $KEY"',
    body === undefined ? '' : `--data-raw ${quoted(body.slice(0, 2_000))}`,
  ];
  return [
    `request ${index}: ${wrong.join('; ')}`,
    `  ${words.filter(Boolean).join(' ')}`,
    `  answered ${status} ${answer.slice(0, 400)}`,
    `  again: npm run fuzz -- --seed ${seed} --requests ${index + 1}`,
  ].join('\n');
}

/** By node:http, which sends what fetch would refuse to. */
function send(base: string, { method, url, headers, body }: FuzzRequest) {
  const { hostname, port } = new URL(base);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const length =
      body === undefined
        ? {}
        : { 'content-length': String(Buffer.byteLength(body)), connection: 'keep-alive' };
    const sent = httpRequest(
      { hostname, port, method, path: url, headers: { ...headers, ...length } },
      (answer) => {
        // A stream goes on for as long as somebody listens: its head is its answer.
        if (answer.headers['content-type']?.startsWith('text/event-stream')) {
          resolve({ status: answer.statusCode ?? 0, body: '' });
          answer.destroy();
          return;
        }
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
        );
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
