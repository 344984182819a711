import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CheckResult } from '@mailpath/protocol';
import { Outbox } from '../outbox.ts';
import { CountingApi } from './counting-api.ts';
import { keptLog } from './log-lines.ts';
import { passed } from './result-fixtures.ts';

/**
 * Marks are found at least this near to every byte of their record: the JSON before the first one is the longest
 * stretch.
 */
const NEAR = 640;
const MARK = /#([0-9a-f]{8})-(\d{4})#/g;

/** A result whose every stretch of bytes tells which record it belongs to. */
export function marked(boot: string, sequence: number, bytes: number): CheckResult {
  const mark = `#${boot.slice(0, 8)}-${String(sequence).padStart(4, '0')}#`;
  return { ...passed(), evidence: { marked: { text: mark.repeat(Math.ceil(bytes / mark.length)) } } };
}

/** A state folder that an agent left behind, and what it had produced and delivered by then. */
export interface LeftBehind {
  stateDir: string;
  /** By boot and sequence. */
  produced: Map<string, CheckResult>;
  api: CountingApi;
}

/** In memory where the system has that: a thousand outboxes need no disk to be waited for. */
export function quickDir(): string {
  const shm = '/dev/shm';
  return mkdtempSync(path.join(existsSync(shm) ? shm : os.tmpdir(), 'mailpath-outbox-'));
}

/**
 * Two starts of the agent: the first ended properly, so that its results are in the database file, the second was
 * killed, so that its are in the write-ahead log. The API has got the first few.
 */
export function leaveBehind(into: string, sizes: readonly number[]): LeftBehind {
  const produced = new Map<string, CheckResult>();
  const api = new CountingApi();
  const folder = path.join(into, 'first');
  for (const boot of [randomUUID(), randomUUID()]) {
    const outbox = new Outbox({ stateDir: folder, boot, log: keptLog().log });
    sizes.forEach((bytes, i) => {
      const result = marked(boot, i + 1, bytes);
      produced.set(`${boot} ${i + 1}`, result);
      outbox.add(result, null);
    });
    api.take(outbox, 'acknowledge', 5);
    if (api.batches === 2) copyState(folder, path.join(into, 'killed'));
    outbox.close();
  }
  return { stateDir: path.join(into, 'killed'), produced, api };
}

/** What a kill leaves: the files as they are while the outbox is open. */
export function copyState(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from))
    if (!name.endsWith('-shm')) copyFileSync(path.join(from, name), path.join(to, name));
}

/** Flips one bit, and tells whose bytes those may be: the records marked next to it on either side. */
export function flip(file: string, at: number, bit: number): string[] {
  const bytes = readFileSync(file);
  const window = bytes.subarray(Math.max(0, at - NEAR), at + NEAR).toString('latin1');
  const here = Math.min(at, NEAR);
  const marks = [...window.matchAll(MARK)];
  const before = marks.filter((mark) => mark.index <= here).at(-1);
  const behind = marks.find((mark) => mark.index + mark[0].length > here);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  writeFileSync(file, bytes);
  return [before, behind].flatMap((mark) => (mark ? [`${mark[1]} ${Number(mark[2])}`] : []));
}
