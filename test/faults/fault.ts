/** What a fault did, beside what it may do at the most. */
export interface Outcome {
  /** What was measured, with its unit: "412 KiB kept, 2 look-ups". */
  readonly figure: string;
  /** What it may be at the most. */
  readonly bound: string;
  readonly held: boolean;
}

/** Something that goes wrong around Mailpath, done to the real program for as long as it takes. */
export interface Fault {
  /** A clause that ends "what Mailpath stands when ...". */
  readonly name: string;
  /** The spec that does the same in small with every `npm test`, where there is one. */
  readonly shortForm?: string;
  run(): Promise<Outcome>;
}
