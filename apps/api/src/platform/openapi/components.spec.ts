import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Components } from './components.ts';

describe('the components of the document', () => {
  const named = (shape: z.ZodRawShape) => z.object(shape).meta({ id: 'ComponentsSpecThing' });

  it('are the schemas that have a name, once each', () => {
    const components = new Components();
    const thing = named({ a: z.string() });
    expect(components.convert(z.array(thing)).schema).toEqual({
      type: 'array',
      items: { $ref: '#/$defs/ComponentsSpecThing' },
    });
    expect(Object.keys(components.convert(thing).components)).toEqual(['ComponentsSpecThing']);
  });

  it('are refused where two schemas of different shapes share a name, however deep they stand', () => {
    const components = new Components();
    components.convert(z.object({ deep: z.array(named({ a: z.string() })) }));
    expect(() => components.convert(named({ a: z.string() }))).not.toThrow();
    expect(() => components.convert(z.object({ it: named({ a: z.int() }) }))).toThrow(
      /two different schemas .* ComponentsSpecThing/,
    );
  });
});
