import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import request from 'supertest';
import { AgentProcess } from '../../apps/agent/src/testing/agent-process.ts';
import type { RunningApi } from './api.ts';

export interface RealAgentOptions {
  /** Entries of its allow list, `host:port`. */
  allow?: readonly string[];
  /** `host=address` entries. */
  resolve?: readonly string[];
  /** PEM of an authority it trusts beside the public ones. */
  trust?: string;
  /** The proxy of its web checks. */
  proxy?: string;
}

/** The program `mailpath-agent` on one server, as an administrator installs it: enrolled by code, run as a process. */
export class RealAgent {
  readonly stateDir = mkdtempSync(join(tmpdir(), 'mailpath-agent-'));
  private readonly env: Record<string, string>;
  private readonly options: RealAgentOptions;
  process: AgentProcess | undefined;
  /** Every process of its so far, enrolments among them. */
  readonly processes: AgentProcess[] = [];

  constructor(options: RealAgentOptions = {}) {
    this.options = options;
    const authority = join(this.stateDir, 'authority.pem');
    if (options.trust) writeFileSync(authority, options.trust);
    this.env = options.trust ? { NODE_EXTRA_CA_CERTS: authority } : {};
  }

  async enrol(url: string, code: string): Promise<void> {
    const flags = [
      ...(this.options.allow ?? []).flatMap((entry) => ['--allow', entry]),
      ...(this.options.resolve ?? []).flatMap((entry) => ['--resolve', entry]),
      ...(this.options.proxy === undefined ? [] : ['--proxy', this.options.proxy]),
    ];
    const enrolling = this.begin(['enrol', url, code, '--state', this.stateDir, ...flags]);
    const { code: exitCode, stderr } = await enrolling.ended;
    if (exitCode !== 0) throw new Error(`enrol ended with ${exitCode}: ${stderr}`);
  }

  /** Starts it and waits until it has joined. */
  async start(): Promise<void> {
    this.process = this.begin(['run', '--state', this.stateDir]);
    await this.saw('joined');
  }

  /** Starts the program with these words, beside what runs already. */
  begin(args: readonly string[]): AgentProcess {
    const process = new AgentProcess(args, this.env);
    this.processes.push(process);
    return process;
  }

  /** Waits for an event of its log. */
  async saw(event: string): Promise<void> {
    await vi.waitFor(
      () => {
        const events = this.process?.log.map((line) => line.event);
        if (!events?.includes(event)) throw new Error(`not yet "${event}": ${this.process?.stderr}`);
      },
      { timeout: 120_000, interval: 50 },
    );
  }

  /** Ends it as the system does that runs out of memory. */
  async kill(): Promise<void> {
    await this.process?.kill();
  }

  /** Ends it in order, and removes what it kept. */
  async remove(): Promise<void> {
    this.process?.child.kill('SIGTERM');
    await this.process?.ended;
    rmSync(this.stateDir, { recursive: true, force: true });
  }
}

/** Makes a server in the site and a code for it, and starts an agent there. */
export async function installAgent(
  api: RunningApi,
  siteId: string,
  name: string,
  roles: readonly string[],
  options: RealAgentOptions,
): Promise<RealAgent> {
  const auth = { authorization: `Bearer ${api.apiKey}` };
  const server = await request(api.server)
    .post(`/v1/sites/${siteId}/servers`)
    .set(auth)
    .send({ name, roles })
    .expect(201);
  const code = await request(api.server)
    .post(`/v1/sites/${siteId}/servers/${server.body.id}/enrolment-codes`)
    .set(auth)
    .expect(201);
  const agent = new RealAgent(options);
  await agent.enrol(api.url, code.body.code as string);
  const enrolled = await request(api.server)
    .get(`/v1/sites/${siteId}/servers/${server.body.id}`)
    .set(auth)
    .expect(200);
  await request(api.server)
    .post(`/v1/sites/${siteId}/servers/${server.body.id}/approval`)
    .set(auth)
    .send({ fingerprint: enrolled.body.agent.keyFingerprint })
    .expect(200);
  await agent.start();
  return agent;
}
