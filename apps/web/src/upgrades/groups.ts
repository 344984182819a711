import type { Upgrade } from '../api/types.ts';

type Member = Upgrade['servers'][number];

/** The servers that go together, in the order in which the groups go. */
export function byGroup(servers: readonly Member[]): { group: number; servers: readonly Member[] }[] {
  return [...Map.groupBy(servers, ({ group }) => group)]
    .map(([group, together]) => ({ group, servers: together }))
    .toSorted((a, b) => a.group - b.group);
}

/** The numbers of a version such as 1.10.2, to be compared; a server without an agent comes before all. */
const numbers = (version: string | null): number[] => (version ?? '').split('.').map((part) => Number(part));

/** The newest version that runs anywhere, and null where none does. */
export function newestOf(versions: readonly { version: string | null }[]): string | null {
  return versions.reduce<string | null>((newest, { version }) => {
    const [a, b] = [numbers(version), numbers(newest)];
    const differs = [0, 1, 2].find((i) => (a[i] ?? 0) !== (b[i] ?? 0));
    return differs !== undefined && (a[differs] ?? 0) > (b[differs] ?? 0) ? version : newest;
  }, null);
}
