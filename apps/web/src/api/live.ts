import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Language } from '../words/words.tsx';
import { SITES_KEY } from './query-client.ts';
import type { Cell, Comparison, Row } from './types.ts';

/** What the stream tells of the comparison: cells that are not what they were, and the differences of their rows. */
interface Patch {
  generatedAt: string;
  rows: { check: string; target: string; differences: Row['differences']; cells: Cell[] }[];
}

export const comparisonKey = (siteId: string, language: Language) =>
  ['comparison', siteId, language] as const;

/** Only rows and cells that the patch names get a new identity: the rest of the table is not drawn again. */
export function patched(comparison: Comparison, patch: Patch): Comparison {
  const at = new Map(comparison.servers.map(({ id }, index) => [id, index]));
  const change = new Map(patch.rows.map((row) => [`${row.check} ${row.target}`, row]));
  const rows = comparison.rows.map((row) => {
    const changed = change.get(`${row.check} ${row.target.name}`);
    if (!changed) return row;
    const cells = [...row.cells];
    for (const cell of changed.cells) {
      const index = at.get(cell.serverId);
      if (index !== undefined) cells[index] = cell;
    }
    return { ...row, differences: changed.differences, cells };
  });
  return { ...comparison, generatedAt: patch.generatedAt, rows };
}

/** After a refusal, such as that of a session that has ended. */
const REOPEN_MS = 5_000;
/** The API sends a beat every 20 s. */
const SILENT_MS = 50_000;
const EVENTS = ['comparison', 'finding', 'run', 'agent', 'site', 'reset', 'beat'] as const;

function listen(
  queries: QueryClient,
  siteId: string,
  language: Language,
  onLive: (live: boolean) => void,
): () => void {
  let stream: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const readAgain = (...keys: string[]): void => {
    for (const key of keys) void queries.invalidateQueries({ queryKey: [key, siteId] });
  };
  // A network that is cut says nothing: a stream without beats stands no more.
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      onLive(false);
      stream?.close();
      open();
    }, SILENT_MS);
  };
  const open = (): void => {
    heard();
    stream = new EventSource(`/v1/sites/${siteId}/events?language=${language}`);
    for (const kind of EVENTS) stream.addEventListener(kind, heard);
    stream.addEventListener('open', () => {
      onLive(true);
      // What happened while nobody listened is read once; from then on the stream tells it.
      readAgain('comparison', 'findings', 'servers');
    });
    stream.addEventListener('error', () => {
      onLive(false);
      // A browser reconnects after a cut, and gives up for good after a refusal: that is tried again here.
      if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS);
      // Whether the session has ended, or the API is gone, is told by the list of sites.
      void queries.invalidateQueries({ queryKey: SITES_KEY }, { cancelRefetch: false });
    });
    stream.addEventListener('comparison', ({ data }: MessageEvent<string>) => {
      const patch = JSON.parse(data) as Patch;
      queries.setQueryData<Comparison>(comparisonKey(siteId, language), (old) => old && patched(old, patch));
    });
    stream.addEventListener('finding', () => readAgain('findings', 'checklist'));
    stream.addEventListener('run', () => readAgain('run'));
    stream.addEventListener('agent', () => readAgain('servers'));
    // Missed events cannot be told any more, or the site itself is another: everything of it is read again.
    for (const kind of ['reset', 'site'])
      stream.addEventListener(kind, () => readAgain('comparison', 'findings', 'servers', 'site'));
  };
  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(silence);
    stream?.close();
  };
}

/** Keeps what is shown of a site true. Answers whether the stream stands. */
export function useLive(siteId: string, language: Language): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => listen(queries, siteId, language, setLive), [queries, siteId, language]);
  return live;
}
