import type { ServerResponse } from 'node:http';
import { SEED_APPLICATION } from '../seed.ts';
import { sendHtml } from './message.ts';

/**
 * The name of the example site's own ECE. Nothing of it is here but an answer at its address, for the check of the
 * external URL.
 */
export const ECE_HOST = new URL(SEED_APPLICATION.redirectUri).hostname;

export function answerAsEce(response: ServerResponse): void {
  sendHtml(response, 200, '<title>ECE</title><p>The ECE of the example site would answer here.');
}
