import { setTimeout as delay } from 'node:timers/promises';
import { Comparison, Finding, FindingCheck, FindingLink } from '@mailpath/protocol';
import type { FindingWords } from '@mailpath/terminal';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';

const FindingPage = z.object({ items: z.array(z.object({ id: z.uuid(), state: z.string() })) });
const FindingDetail = z.object({
  ...Finding.pick({
    severity: true,
    confidence: true,
    summary: true,
    cause: true,
    owner: true,
    nextStep: true,
    excludes: true,
    items: true,
    statements: true,
  }).shape,
  links: z.array(FindingLink),
  results: z.array(
    FindingCheck.pick({ server: true, check: true, target: true }).extend({ basis: z.boolean() }),
  ),
});
const POLL_MS = 200;
/** A second look takes as long as a round at the most; what is not confirmed by then needs another round. */
const PATIENCE_MS = 20_000;

/** What was concluded from a comparison. */
export interface Concluded {
  comparison: Comparison;
  /** The worst first. */
  open: FindingWords[];
  /** How many were seen once and wait for a later round to confirm them. */
  pending: number;
}

/** The findings of a site once every failure in its comparison is explained by an open one, or patience is over. */
export async function openFindings(api: ApiClient, siteId: string): Promise<Concluded> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const comparison = await api.get(`/v1/sites/${siteId}/comparison`, Comparison);
    if (isExplained(comparison) || performance.now() > until) {
      const { items } = await api.get(`/v1/sites/${siteId}/findings?state=all&limit=500`, FindingPage);
      const open: FindingWords[] = [];
      for (const { id } of items.filter(({ state }) => state === 'open')) {
        const { results, ...finding } = await api.get(`/v1/sites/${siteId}/findings/${id}`, FindingDetail);
        open.push({ ...finding, consequences: results.filter(({ basis }) => !basis) });
      }
      return {
        comparison,
        open,
        pending: items.filter(({ state }) => state === 'pending').length,
      };
    }
    await delay(POLL_MS);
  }
}

const isExplained = ({ rows }: Comparison): boolean =>
  rows.every(({ cells }) =>
    cells.every(({ outcome, finding }) => outcome !== 'fail' || finding?.state === 'open'),
  );
