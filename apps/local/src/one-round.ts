import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Comparison } from '@mailpath/protocol';
import type { ApiClient } from './api-client.ts';

const Run = z.object({ id: z.uuid(), state: z.enum(['running', 'done']) });
const POLL_MS = 200;

/** What of a run is asked for; everything, of all servers, when left out. */
export interface Asked {
  checks?: readonly string[];
}

/** Asks all agents of the site for one round, waits until it is over, and answers the comparison. */
export async function oneRound(api: ApiClient, siteId: string, asked: Asked = {}): Promise<Comparison> {
  let run = await api.post(`/v1/sites/${siteId}/runs`, asked, Run);
  // The API ends a run at its deadline, whoever has not answered by then.
  while (run.state === 'running') {
    await delay(POLL_MS);
    run = await api.get(`/v1/sites/${siteId}/runs/${run.id}`, Run);
  }
  return api.get(`/v1/sites/${siteId}/comparison`, Comparison);
}
