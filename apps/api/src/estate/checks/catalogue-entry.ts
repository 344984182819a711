import { LANES, Phase, StandardTarget } from '@mailpath/protocol';
import { z } from 'zod';
import { pageOf } from '../../platform/page.ts';

/** One check as a person reads it. */
export const CatalogueEntry = z
  .object({
    id: z.string(),
    title: z.string(),
    proves: z.string(),
    target: StandardTarget.nullable().describe('Null: aimed only at targets that a site adds.'),
    statements: z.array(z.string()),
    lane: z.enum(LANES).meta({ id: 'Lane' }),
    phases: z.array(Phase),
    statementsUrl: z.url(),
  })
  .meta({ id: 'CatalogueEntry' });
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

export const CataloguePage = pageOf('CataloguePage', CatalogueEntry);
