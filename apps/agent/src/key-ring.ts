import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import path from 'node:path';
import { agentKeyFromPem, agentKeyToPem, fingerprintOf, makeAgentKey } from './agent-key.ts';
import { keyPath, write } from './agent-file.ts';
import { textOf, type Log } from './log.ts';

const nextPath = (stateDir: string): string => path.join(stateDir, 'agent-key.next.pem');

/**
 * The key that the agent joins with, and while it goes over to another one both of them: at every moment, also after a
 * crash or a loss of power, one of those on disk is good, and neither goes before a join has shown that the other is.
 */
export class KeyRing {
  readonly #stateDir: string;
  readonly #log: Log;
  #present: KeyObject;
  #next: KeyObject | null;
  /** The next one first: once the API has let it in, the other is worth nothing. */
  #triesNext = true;

  constructor(stateDir: string, present: KeyObject, log: Log) {
    this.#stateDir = stateDir;
    this.#present = present;
    this.#log = log;
    this.#next = this.#readNext();
  }

  /** What to join with now. */
  get key(): KeyObject {
    return (this.#triesNext && this.#next) || this.#present;
  }

  /** The key that takes the place of the present one, on disk before anybody knows it. Throws the system's error. */
  makeNext(): KeyObject {
    if (this.#next) return this.#next;
    const next = makeAgentKey();
    rmSync(nextPath(this.#stateDir), { force: true });
    write(nextPath(this.#stateDir), agentKeyToPem(next), this.#stateDir);
    // The present one is good until the API has said that it has this one.
    this.#triesNext = false;
    return (this.#next = next);
  }

  /** The API has noted the next key. */
  noted(): void {
    this.#triesNext = true;
  }

  /** The API does not know the key: the other one is tried, if there is one. False where there is none. */
  turn(): boolean {
    if (!this.#next) return false;
    this.#triesNext = !this.#triesNext;
    return true;
  }

  /** The API has let it in: the other key is worth nothing, or was never noted. */
  joined(): void {
    const next = this.#next;
    if (!next) return;
    try {
      if (this.#triesNext) renameSync(nextPath(this.#stateDir), keyPath(this.#stateDir));
      else rmSync(nextPath(this.#stateDir), { force: true });
    } catch (error) {
      // Both stay, and the next start finds out again which one is good.
      this.#log.error('key not put in place', { reason: textOf(error) });
      return;
    }
    if (this.#triesNext) {
      this.#present = next;
      this.#log.info('key replaced', { fingerprint: fingerprintOf(next) });
    }
    this.#next = null;
    this.#triesNext = true;
  }

  #readNext(): KeyObject | null {
    const file = nextPath(this.#stateDir);
    if (!existsSync(file)) return null;
    try {
      return agentKeyFromPem(readFileSync(file, 'utf8'));
    } catch (error) {
      // Cut off while it was written, so nobody has heard of it.
      this.#log.warn('next key cannot be read', { reason: textOf(error) });
      return null;
    }
  }
}
