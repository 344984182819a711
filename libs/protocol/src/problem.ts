import { z } from 'zod';

/** Every refusal over HTTP, as `application/problem+json` (RFC 9457). `code` is stable; `detail` is for people. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    /** Id of the request, to be found in the API's log. */
    requestId: z.string().optional(),
    /** One entry per field that was refused. */
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
