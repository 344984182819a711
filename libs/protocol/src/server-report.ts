import { z } from 'zod';
import { CheckResult } from './check-result.ts';
import { Finding } from './finding.ts';
import { Cloud, Roles } from './words.ts';

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
    findings: z.array(Finding),
  })
  .meta({ id: 'ServerReport' });
export type ServerReport = z.infer<typeof ServerReport>;
