import { z } from 'zod';
import { type Language, Problem } from '@mailpath/protocol';

/** The other end said no, or something that is not its answer. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The few requests that a launcher makes, with the answer checked against its schema. The stand-in's control interface
 * needs no key.
 */
export class ApiClient {
  readonly url: string;
  private readonly key: string | null;
  private readonly language: Language;
  constructor(url: string, key: string | null, language: Language = 'en') {
    this.url = url;
    this.key = key;
    this.language = language;
  }

  get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.request('GET', path, undefined, schema);
  }

  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return this.request('POST', path, body, schema);
  }

  /** Where nothing of the answer is needed. */
  async put(path: string, body: unknown): Promise<void> {
    await this.request('PUT', path, body, z.unknown());
  }

  private async request<T>(method: string, path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        'accept-language': this.language,
        ...(this.key === null ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    // 204 answers nothing at all.
    const json: unknown = text === '' ? null : JSON.parse(text);
    if (response.ok) return schema.parse(json);
    const problem = Problem.safeParse(json);
    throw new ApiRefusal(
      response.status,
      problem.success ? problem.data.detail : `${method} ${path} answered ${response.status}`,
    );
  }
}
