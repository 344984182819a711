import { z } from 'zod';
import { CheckResult } from './check-result.ts';
import { Finding, FindingLink } from './finding.ts';
import { Cloud, Roles } from './words.ts';

/** A finding with where Microsoft and Cisco write of it, in the language of its words. */
export const LinkedFinding = Finding.extend({
  /** Absent in what an older version printed. */
  links: z.array(FindingLink).optional(),
});
export type LinkedFinding = z.infer<typeof LinkedFinding>;

/** What `mailpath-agent check --json` prints: one round on one server, with what follows from it. */
export const ServerReport = z
  .object({
    server: z.object({
      name: z.string(),
      roles: Roles,
      /** Node's `process.platform` and `os.release()`. */
      platform: z.string(),
      nodeVersion: z.string(),
      agentVersion: z.string(),
    }),
    cloud: Cloud,
    startedAt: z.iso.datetime(),
    durationMs: z.number().nonnegative(),
    results: z.array(CheckResult),
    findings: z.array(LinkedFinding),
  })
  .meta({ id: 'ServerReport' });
export type ServerReport = z.infer<typeof ServerReport>;
