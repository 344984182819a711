import { PageImages } from './page-images.ts';
import type { KeptResult } from './kept-result.ts';
import type { OutboxLedger } from './outbox-ledger.ts';
import { readRecord, recordsIn, type FoundRecord } from './record-in-page.ts';

/** Well above the age that results reach in an outbox. */
const PLAUSIBLE_MS = 14 * 24 * 3_600_000;

interface Find {
  page: Buffer;
  record: FoundRecord;
  /** 0 while no image of it tells a moment that can be. */
  keptAt: number;
}

/**
 * Every result of a damaged database that can still be read whole, in the order in which they were observed, each once,
 * and none that the ledger knows to be acknowledged: old images of pages still hold those. `wal` is the log as it was
 * before SQLite saw it.
 */
export function* salvage(
  file: string,
  wal: Buffer,
  ledger: OutboxLedger | null,
  now: number,
): Generator<KeptResult> {
  const images = new PageImages(file, wal);
  try {
    const finds = new Map<string, Find>();
    for (const page of images.all()) {
      for (const record of recordsIn(page)) {
        const key = `${record.boot} ${record.sequence}`;
        const known = finds.get(key);
        if (known?.keptAt || ledger?.mayWait(record.boot, record.sequence) === false) continue;
        const result = readRecord(page, record, images.numbered);
        // The page is kept and not the payload, which may be long: a few pages hold many records.
        if (result) finds.set(key, { page, record, keptAt: plausible(result.keptAt, now) });
      }
    }
    const place = new Map(bootsInOrder(finds, ledger).map((boot, i) => [boot, i]));
    const order = ({ record }: Find): number => place.get(record.boot) ?? 0;
    const sorted = [...finds.values()].sort(
      (a, b) => order(a) - order(b) || a.record.sequence - b.record.sequence,
    );
    for (const { page, record, keptAt } of sorted) {
      const result = readRecord(page, record, images.numbered);
      if (result) yield { ...result, keptAt: keptAt || now };
    }
  } finally {
    images.close();
  }
}

/**
 * The moment is not covered by the checksum, and the end of an old image may be overwritten: too old, it would cost the
 * result.
 */
const plausible = (keptAt: number, now: number): number =>
  Math.abs(now - keptAt) <= PLAUSIBLE_MS ? keptAt : 0;

/** As the ledger has them; a boot that it does not know is older than all those. */
function bootsInOrder(finds: ReadonlyMap<string, Find>, ledger: OutboxLedger | null): string[] {
  const known = (ledger?.boots ?? []).map(({ boot }) => boot);
  const firstSeen = new Map<string, number>();
  for (const { record, keptAt } of finds.values())
    firstSeen.set(record.boot, Math.min(keptAt, firstSeen.get(record.boot) ?? keptAt));
  const unknown = [...firstSeen].filter(([boot]) => !known.includes(boot)).sort(([, a], [, b]) => a - b);
  return [...unknown.map(([boot]) => boot), ...known];
}
