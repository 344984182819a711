import type { FailureCode } from '@mailpath/protocol';

/**
 * What the path or the other end did wrong. The message is the rest of a sentence that begins with host, port and
 * address, such as "closed the connection during the greeting"; failure.ts puts the two together.
 */
export class PathError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PathError';
    this.code = code;
  }
}

/**
 * The other end answered, but not what the protocol asks for. `line` is what it said; the runner keeps it as evidence.
 * `code` is another one where the answer is a refusal in the protocol's own words.
 */
export class UnexpectedReply extends PathError {
  readonly line: string;

  /** `remark` ends the sentence: what the line tells beyond not being the right one. */
  constructor(line: string, expected: string, remark = '', code: FailureCode = 'unexpected-reply') {
    super(code, `answered "${shortened(line)}" where ${expected} was expected${remark}`);
    this.name = 'UnexpectedReply';
    this.line = line;
  }
}

/** The run's time was over before the other end had answered. The reason of a probe's signal at its deadline. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** A line that is fit to be quoted inside a sentence. */
export function shortened(line: string): string {
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
