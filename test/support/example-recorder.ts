import type { Answer } from '../../apps/api/src/platform/http/answers.ts';
import { operationOf } from './contract.ts';

export interface Example {
  request?: unknown;
  status: number;
  answer?: unknown;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const BEGIN = Date.parse('2026-11-24T03:00:00Z');
/** Lists are shown by their first entries. */
const SHOWN = 3;

/** Keeps the first success of each operation, and writes it without what is of one run alone. */
export class ExampleRecorder {
  readonly #answers = new Map<string, Answer>();

  add(answer: Answer): void {
    const operation = operationOf(answer);
    if (operation === undefined || answer.status >= 400 || answer.status === 304) return;
    // Of several, the longest that is still easy to read says most.
    const known = this.#answers.get(operation);
    if (!known || (answer.body.length > known.body.length && answer.body.length < 12_000))
      this.#answers.set(operation, answer);
  }

  get operations(): string[] {
    return [...this.#answers.keys()].toSorted();
  }

  /**
   * By operation. Ids and moments are the same in every recording, in the order of the real ones; keys are of no use.
   */
  examples(): Record<string, Example> {
    const raw = this.operations.map((operation): [string, Example] => [operation, this.#example(operation)]);
    const text = JSON.stringify(Object.fromEntries(raw));
    const ids = [...new Set(text.match(UUID))];
    const moments = [...new Set(text.match(MOMENT))].toSorted();
    const told = text
      .replace(UUID, (id) => `01a20bac-7abe-7000-8000-${String(ids.indexOf(id) + 1).padStart(12, '0')}`)
      .replace(MOMENT, (moment) => new Date(BEGIN + moments.indexOf(moment) * 1_000).toISOString())
      .replace(/mpk_[\w-]{43}/g, `mpk_${'x'.repeat(43)}`)
      .replace(/("code":"|sign-in#)[\w-]{43}/g, `$1${'x'.repeat(43)}`)
      .replace(/-----BEGIN ([A-Z ]+)-----[^"]*?-----END/g, '-----BEGIN $1-----\\nMII…\\n-----END')
      .replace(/("thumbprint":")[0-9A-F]{40}/g, `$1${'0'.repeat(40)}`)
      .replace(/ticket=[\w-]{43}/g, `ticket=${'x'.repeat(43)}`)
      .replace(/127\.0\.0\.1:\d+|localhost:\d+/g, 'mailpath.example.com');
    return JSON.parse(told) as Record<string, Example>;
  }

  #example(operation: string): Example {
    const { request, status, body, contentType } = this.#answers.get(operation) as Answer;
    const answer: unknown = contentType.includes('json') && body !== '' ? shortened(JSON.parse(body)) : body;
    return {
      ...(request !== undefined && request !== null && { request }),
      status,
      ...(answer !== '' && { answer }),
    };
  }
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, SHOWN).map(shortened);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}
