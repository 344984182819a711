/** Tells once that a round of this start of the process was acknowledged by the API, to the last of its results. */
export class RoundProof {
  readonly #boot: string;
  readonly #onProved: () => void;
  #through: number | null = null;
  #acknowledged = -1;
  #told = false;

  constructor(boot: string, onProved: () => void) {
    this.#boot = boot;
    this.#onProved = onProved;
  }

  /** The first round is over; `sequence` is its last result's. */
  roundOver(sequence: number): void {
    this.#through ??= sequence;
    this.#look();
  }

  joined(): void {
    this.#acknowledged = Math.max(this.#acknowledged, 0);
    this.#look();
  }

  acknowledged(boot: string, sequence: number): void {
    if (boot === this.#boot) this.#acknowledged = Math.max(this.#acknowledged, sequence);
    this.#look();
  }

  #look(): void {
    if (this.#told || this.#through === null || this.#acknowledged < this.#through) return;
    this.#told = true;
    this.#onProved();
  }
}
