import type { CheckResult, Delivery } from '@mailpath/protocol';
import type { ScriptedAgent } from './scripted-agent.ts';

export const HOUR_MS = 3_600_000;
/** Long enough ago that no round looks back at it. */
export const LONG_AGO = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 60 * HOUR_MS;
export const always = (): boolean => true;

/** A result as agents send it: an id of its moment, phases, and evidence that repeats with other numbers. */
export function observed(at: number, n: number, changes: Partial<CheckResult> = {}): Partial<CheckResult> {
  const startedAt = new Date(at).toISOString();
  return {
    id: idAt(at, n),
    startedAt,
    check: n % 3 === 0 ? 'tcp.b' : 'tcp.a',
    durationMs: 20 + (n % 7) / 10,
    phases: [
      { name: 'resolve', ms: (n % 11) / 10 },
      { name: 'connect', ms: 10 + (n % 5) },
    ],
    evidence: { http: { status: 200, date: new Date(at).toUTCString(), noise: 'word '.repeat(60) } } as never,
    ...changes,
  };
}

/** A UUIDv7 of the moment. */
export function idAt(at: number, n: number): string {
  const hex = at.toString(16).padStart(12, '0');
  const tail = n.toString(16).padStart(4, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${tail.slice(1)}-8${'0'.repeat(3)}-0123456789ab`;
}

/** In frames of a hundred, as agents send them. */
export async function deliverAll(agent: ScriptedAgent | undefined, deliveries: Delivery[]): Promise<void> {
  for (let at = 0; at < deliveries.length; at += 100) await agent?.deliver(deliveries.slice(at, at + 100));
}
