import { type CheckResult, type Evidence, EVIDENCE_TEXT_MAX } from '@mailpath/protocol';

/** What stands where a secret stood. */
export const MASK = '[secret]';
/** Shorter ones would be found by chance in ordinary words. */
const SHORTEST = 6;
/** So many characters of a secret in a row are no chance. */
const PIECE = 16;

/**
 * The result with every trace of these secrets replaced: as they are, as base64 (both alphabets, at each of the three
 * offsets in which they may lie inside something longer, such as a SASL response), in hexadecimal, and as a URL, a form
 * or JSON writes them. Servers repeat what they were sent in their errors, so that no check can know where one turns
 * up. What the result is about, its closed words and its times hold nothing of a server's and stay, whatever a short
 * password happens to resemble.
 */
export function withoutSecrets(result: CheckResult, secrets: ReadonlySet<string>): CheckResult {
  const maskOf = maskFor(secrets);
  // The mask may be longer than what it stands for.
  const mask = (text: string) => maskOf(text).slice(0, EVIDENCE_TEXT_MAX).toWellFormed();
  const { failure, reason, evidence } = result;
  return {
    ...result,
    failure: failure && { ...failure, message: mask(failure.message) },
    reason: reason === null ? null : mask(reason),
    evidence: masked(evidence, mask) as Evidence,
  };
}

/** The text with every trace replaced. */
export function textWithoutSecrets(text: string, secrets: ReadonlySet<string>): string {
  return maskFor(secrets)(text);
}

/**
 * The same for many texts. Pieces of a secret go too: a server may break what it repeats into lines, and evidence is
 * cut to a length.
 */
export function maskFor(secrets: ReadonlySet<string>): (text: string) => string {
  const traces = [...secrets].flatMap(tracesOf).sort((a, b) => b.length - a.length);
  const pieces = new Set<string>();
  for (const trace of traces)
    for (let at = 0; at + PIECE <= trace.length; at += 1) pieces.add(trace.slice(at, at + PIECE));
  return (text) => withoutPieces(maskedText(text, traces), pieces);
}

function withoutPieces(text: string, pieces: ReadonlySet<string>): string {
  let shown = '';
  let kept = 0;
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    if (!pieces.has(text.slice(at, at + PIECE))) continue;
    shown += text.slice(kept, at) + MASK;
    while (pieces.has(text.slice(at, at + PIECE))) at += 1;
    kept = at + PIECE - 1;
    at = kept - 1;
  }
  return shown + text.slice(kept);
}

function tracesOf(secret: string): string[] {
  if (secret.length < SHORTEST) return [];
  const bytes = Buffer.from(secret, 'utf8');
  const inside = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .split('=', 1)[0] as string;
    // The first characters and the last mix with what stands beside the secret.
    return encoded.slice(
      offset === 0 ? 0 : offset + 1,
      bytes.length % 3 === (3 - offset) % 3 ? undefined : -1,
    );
  });
  const encoded = [...inside, ...inside.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const escaped = [encodeURIComponent(secret), form];
  const hex = bytes.toString('hex');
  return [
    ...new Set([
      secret,
      JSON.stringify(secret).slice(1, -1),
      ...escaped,
      // RFC 3986, section 2.1: the digits of an escape are the same in either case.
      ...escaped.map((text) => text.replaceAll(/%../g, (escape) => escape.toLowerCase())),
      hex,
      hex.toUpperCase(),
      ...encoded,
    ]),
  ].filter((trace) => trace.length >= SHORTEST);
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((each) => masked(each, mask));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each, mask)]));
}

function maskedText(text: string, traces: readonly string[]): string {
  const shown = traces.reduce((sofar, trace) => sofar.replaceAll(trace, MASK), text);
  // What is quoted is cut to a length, and the cut may have gone through a secret: what is left of it stands before the
  // mark.
  const parts = shown.split('…');
  return parts.map((part, nth) => (nth === parts.length - 1 ? part : withoutRest(part, traces))).join('…');
}

function withoutRest(cut: string, traces: readonly string[]): string {
  const left = Math.max(0, ...traces.map((trace) => overlap(cut, trace)));
  return left < SHORTEST ? cut : `${cut.slice(0, -left)}${MASK}`;
}

/** How many characters the end of the text and the beginning of the trace have in common. */
function overlap(text: string, trace: string): number {
  for (let length = Math.min(text.length, trace.length - 1); length >= SHORTEST; length -= 1)
    if (text.endsWith(trace.slice(0, length))) return length;
  return 0;
}
