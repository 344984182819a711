import type { FastifyInstance } from 'fastify';

/** What of a path's segments a route demands: a word, or null for a parameter. */
type Pattern = readonly (string | null)[];

const segmentsOf = (path: string): string[] => (path.split('?', 1)[0] ?? '').split('/');

/** Which methods there are at a path, for whoever came with another one (RFC 9110, section 15.5.6). */
export class AllowedMethods {
  readonly #routes: { method: string; pattern: Pattern }[] = [];

  /** Routes that are added from now on count. */
  constructor(http: FastifyInstance) {
    http.addHook('onRoute', ({ method, url }) => {
      const pattern = segmentsOf(url).map((part) => (part.startsWith(':') ? null : part));
      for (const each of [method].flat()) this.#routes.push({ method: each, pattern });
    });
  }

  /** In alphabetical order; empty where there is nothing at this path. */
  at(path: string): string[] {
    const segments = segmentsOf(path);
    const methods = this.#routes
      .filter(({ pattern }) => pattern.length === segments.length)
      .filter(({ pattern }) =>
        pattern.every((part, i) => (part === null ? segments[i] !== '' : part === segments[i])),
      )
      .map(({ method }) => method);
    return [...new Set(methods)].toSorted();
  }
}
