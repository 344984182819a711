import type { Confidence, Demand, FailureCode, Outcome, Owner, Phase, Severity } from '@mailpath/protocol';

/** What may have been ruled out, and what each sentence of it is made of. */
export interface ExclusionFacts {
  'works-elsewhere': { servers: readonly string[]; places: readonly string[] };
  'alike-everywhere': { servers: readonly string[] };
  'other-ports': { places: readonly string[] };
  'token-refreshed': { servers: readonly string[] };
  'token-made': { servers: readonly string[] };
  'mailbox-opens': { mailboxes: readonly string[] };
}
export type Exclusions = { [Id in keyof ExclusionFacts]: (facts: ExclusionFacts[Id]) => string };
/** One thing that was ruled out, without a language. */
export type Excluded<Ids extends keyof ExclusionFacts = keyof ExclusionFacts> = {
  [Id in Ids]: { id: Id } & ExclusionFacts[Id];
}[Ids];

/** What a server answers in one row of the comparison. */
export interface Answering {
  outcome: Outcome;
  phase: Phase | null;
  code: FailureCode | null;
}

/** Why a cell of the comparison has nothing to say. */
export type NoData =
  'not-asked' | 'target-changed' | 'no-agent' | 'not-connected' | 'not-approved' | 'no-result';

/** Words around the rules: labels, differences, cells without data. */
export interface FrameWords {
  /** `everywhere`: the cause holds for every server of the site that looked. */
  summary: (told: { servers: readonly string[]; everywhere: boolean }, sentence: string) => string;
  /** The cause of a refusal whose words no table knows: the step in which it came speaks alone. */
  unknownAnswer: (cause: string) => string;
  /** In the place of a sentence that something else which was seen speaks against. */
  weaker: (told: { places: readonly string[] }) => Record<'sentence' | 'cause' | 'nextStep', string>;
  severity: Record<Severity, string>;
  confidence: Record<Confidence, string>;
  owner: Record<Owner, string>;
  demand: Record<Demand, string>;
  labels: Record<
    | 'cause'
    | 'owner'
    | 'nextStep'
    | 'excluded'
    | 'consequences'
    | 'checklist'
    | 'links'
    | 'check'
    | 'outcome'
    | 'phase'
    | 'seen'
    | 'target',
    string
  >;
  /** Where the statements of the checklist can be read. */
  statements: string;
  consequence: (server: string, check: string, target: string) => string;
  closing: {
    /** `others`: how many came to another outcome, such as `, 1 warn`. */
    failed: (told: { failed: number; all: number; server: string; others: string }) => string;
    passed: (told: { all: number; server: string; others: string }) => string;
    noFinding: string;
    /** Where every check was skipped, nothing is known; least of all that none failed. */
    nothingRan: (told: { servers: readonly string[] }) => string;
    /** How many came to that outcome. */
    count: (outcome: Exclude<Outcome, 'pass' | 'fail'>, count: number) => string;
  };
  difference: {
    answer: (answer: Answering, plural: boolean) => string;
    /** `more`: how many others there are beside those that are named. */
    sentence: (
      odd: string,
      oddAnswer: string,
      others: { names: readonly string[]; more: number },
      othersAnswer: string,
    ) => string;
  };
  noData: Record<NoData, string>;
}
