import type { ScheduledCheck } from '@mailpath/diagnosis';

/** A site that was not looked at for so long is forgotten. */
const FORGOTTEN_AFTER_MS = 86_400_000;

interface SiteSchedule {
  lookedAt: number;
  /** By place; null for what was scheduled when the site was first looked at, and may have been for long. */
  since: ReadonlyMap<string, number | null>;
}

const placeOf = ({ server, check, target }: ScheduledCheck): string =>
  JSON.stringify([server, check, target]);

/**
 * Since when each check is scheduled, as far as this process has seen: one that was taken away and is put back has an
 * old result, and was not left out of a round for that.
 */
export class ScheduleMemory {
  /** The site that was looked at longest ago stands first. */
  readonly #sites = new Map<string, SiteSchedule>();

  /** The checks of a site with ages that count from when they were put back. */
  counted(siteId: string, scheduled: readonly ScheduledCheck[], now: Date): ScheduledCheck[] {
    const lookedAt = now.getTime();
    const before = this.#sites.get(siteId)?.since;
    const since = new Map(
      scheduled.map((each) => {
        const place = placeOf(each);
        if (before === undefined) return [place, null];
        const from = before.has(place) ? (before.get(place) ?? null) : lookedAt;
        // The clock may have been put back meanwhile.
        return [place, from === null ? null : Math.min(from, lookedAt)];
      }),
    );
    this.#sites.delete(siteId);
    this.#sites.set(siteId, { lookedAt, since });
    this.#forget(lookedAt);
    return scheduled.map((each) => {
      const from = since.get(placeOf(each)) ?? null;
      return from === null ? each : { ...each, ageMs: Math.min(each.ageMs, lookedAt - from) };
    });
  }

  #forget(now: number): void {
    for (const [siteId, { lookedAt }] of this.#sites) {
      if (now - lookedAt <= FORGOTTEN_AFTER_MS) return;
      this.#sites.delete(siteId);
    }
  }
}
