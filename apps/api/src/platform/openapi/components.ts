import { z } from 'zod';

interface Converted {
  schema: object;
  components: Record<string, object>;
}

/**
 * The named schemas of one document. No two of them share a name: a client would be made for one, and meet the other.
 */
export class Components {
  readonly #texts = new Map<string, string>();

  /**
   * JSON Schema 2020-12, which OpenAPI 3.1 is made of; a schema with `.meta({ id })` becomes a component of that name.
   * All are read as input: what is told apart by direction has two names. Throws when a name has another shape already.
   */
  convert(schema: unknown): Converted {
    const wrapped = z.toJSONSchema(z.object({ it: schema as z.ZodType }), {
      io: 'input',
      unrepresentable: 'any',
    });
    const { it } = wrapped.properties as { it: object };
    const components = (wrapped.$defs ?? {}) as Record<string, object>;
    for (const [name, component] of Object.entries(components)) this.#enter(name, JSON.stringify(component));
    return { schema: it, components };
  }

  #enter(name: string, text: string): void {
    const known = this.#texts.get(name) ?? text;
    if (known !== text)
      throw new Error(
        `two different schemas are called ${name} (.meta({ id })): give one of them another name`,
      );
    this.#texts.set(name, text);
  }
}
