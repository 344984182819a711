/** As many different requests as anybody makes at a time; the oldest are forgotten first. */
const MOST_KEPT = 1_000;

/**
 * Runs by what was asked: whoever asks for the same thing while nobody has begun to answer it joins the run that waits. Requests for the
 * same thing are looked at one after the other, so that of many at the same moment one begins a run. Kept in memory: two instances
 * may each have a run that waits.
 */
export class AskedRuns {
  readonly #last = new Map<string, Promise<string | null>>();

  /** The id of the run that `waits`, or of the one that `begin` makes. */
  async join(
    asked: string,
    waits: (runId: string) => Promise<boolean>,
    begin: () => Promise<string>,
  ): Promise<string> {
    const last = this.#last.get(asked) ?? Promise.resolve(null);
    const run = last.then(async (runId) => (runId !== null && (await waits(runId)) ? runId : begin()));
    // Whoever asks next must not fail because this one did.
    const kept = run.catch(() => null);
    this.#last.delete(asked);
    this.#last.set(asked, kept);
    if (this.#last.size > MOST_KEPT) {
      const [oldest] = this.#last.keys();
      if (oldest !== undefined) this.#last.delete(oldest);
    }
    return run;
  }
}
