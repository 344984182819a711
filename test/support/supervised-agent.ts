import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RealAgent } from './real-agent.ts';

/** An agent that is started again whenever it ends, as systemd and the Windows service do it. */
export class SupervisedAgent extends RealAgent {
  #wanted = false;
  /** How its processes ended so far. */
  readonly codes: (number | null)[] = [];

  supervise(): void {
    this.#wanted = true;
    this.#again();
  }

  /** Ends it in order, and lets it rest. */
  async rest(): Promise<void> {
    this.#wanted = false;
    this.process?.child.kill('SIGTERM');
    await this.process?.ended;
  }

  override async remove(): Promise<void> {
    this.#wanted = false;
    await super.remove();
  }

  /** Changes agent.json, as the administrator of the machine does it. */
  edit(change: (file: Record<string, unknown>) => void): void {
    const path = join(this.stateDir, 'agent.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    change(file);
    writeFileSync(path, JSON.stringify(file));
  }

  #again(): void {
    if (!this.#wanted) return;
    this.process = this.begin(['run', '--state', this.stateDir]);
    void this.process.ended.then(({ code }) => {
      this.codes.push(code);
      this.#again();
    });
  }
}
