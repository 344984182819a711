import { skipped } from '@mailpath/checks';
import {
  BilingualError,
  CLOUD_TARGETS,
  type CheckResult,
  type Endpoint,
  type Task,
} from '@mailpath/protocol';
import { canonicalHost, endpointText, readEndpoint } from './endpoint-text.ts';

/** An entry of agent.json's `allow`, checked: `host:port` or `host:*`. The error says what to write instead. */
export function readAllowEntry(text: string): string {
  const { host, port } = readEndpoint(text);
  if (port === null)
    throw new BilingualError({
      en: `add the port, such as ${endpointText(host, 993)}, or ${endpointText(host, '*')} for any port`,
      ja: `ポートを付けてください。例: ${endpointText(host, 993)}、すべてのポートは ${endpointText(host, '*')}`,
    });
  return key(host, port);
}

const key = (host: string, port: number | '*'): string => endpointText(canonicalHost(host), port);

const PRESETS: ReadonlySet<string> = new Set(
  Object.values(CLOUD_TARGETS)
    .flatMap((targets) => Object.values(targets))
    .map(({ host, port }) => key(host, port)),
);

/** Says of a place whether this machine's own administrator, or the presets of Microsoft's clouds, permit it. */
export type AllowList = (place: Endpoint) => boolean;

/** The API has no say in it: an agent that can be pointed anywhere would be a port scanner. */
export function allowList(entries: readonly string[]): AllowList {
  const added = new Set(entries.map(readAllowEntry));
  return ({ host, port }) =>
    PRESETS.has(key(host, port)) || added.has(key(host, port)) || added.has(key(host, '*'));
}

/** Whether every place that a task connects to is permitted. */
export const permits = (allowed: AllowList, task: Task): boolean => placesOf(task).every(allowed);

/** The result of a task that is not run, with the place that is not permitted. */
export function notAllowed(allowed: AllowList, task: Task): CheckResult {
  const { host, port } = placesOf(task).find((place) => !allowed(place)) ?? task.target;
  const place = endpointText(host, port);
  const reason = `${place} is not on this server's allow list: add it to agent.json`;
  return skipped(
    task.check,
    task.target,
    { code: 'not-allowed', about: place, reason },
    { policy: { barred: 'place', host, port } },
  );
}

/** A check that sends at its target may read the answer at a second place. */
function placesOf(task: Task): Endpoint[] {
  return task.reading ? [task.target, task.reading] : [task.target];
}
