import { diagnoseSite, lastLooks } from '@mailpath/diagnosis';
import type { CheckResult, Finding, Role } from '@mailpath/protocol';
import { changesOf, type KnownFinding } from '../../apps/api/src/conclusions/findings/finding-life.ts';
import type { NewestResult } from '../../apps/api/src/conclusions/findings/seen-result.ts';
import { applied } from '../../apps/api/src/conclusions/findings/testing/story.ts';
import type { EceServer, Site } from './netns-site.ts';

/** Four names, four ports: enough that a rule can tell a port from a host, and a host from the whole server. */
const TARGETS = ['login', 'smtp', 'imap', 'pop3'];
/** A check that passes does not wait for it. */
const AMPLE_SECONDS = 20;
/**
 * Microsoft's certificates come from an authority that these machines alone know, and that is what the diagnosis says
 * of it all the time, on every server alike. It is no part of any situation.
 */
const AUTHORITY = 'tls.other-issuer';

const rolesOf = (index: number): readonly Role[] => [index === 0 ? 'services' : 'application'];
const lineOf = ({ key, scope, owner, checklistItem }: Finding): string =>
  `${key} on ${scope.servers.join(', ')}: ${owner}, ${checklistItem}`;

/** What rounds came to. */
export interface Verdict {
  /**
   * The findings of each round, such as `connect.refused outlook.office365.com:993 on ece2: network, C10`; the same
   * round once.
   */
  found: string[];
  /**
   * The findings that are not closed in the end, with their state: `open connect.refused outlook.office365.com:993`.
   */
  alive: string[];
}

/** Rounds of three servers, one after the other, and what the API makes of them: findings that open and close. */
export class Rounds {
  readonly #site: Site;
  #known: KnownFinding[] = [];
  #found: Finding[] = [];
  #turn = 0;
  /** The server with the fault; the others must not notice anything. */
  faulty!: EceServer;

  constructor(site: Site) {
    this.#site = site;
  }

  /** Heals everything; the next server has its turn, so that no fault is bound to a place. */
  async next(): Promise<void> {
    await this.#site.heal();
    this.faulty = this.#site.servers[this.#turn++ % this.#site.servers.length] as EceServer;
  }

  /**
   * All servers look at the same moment. Answers what the one with the fault says at its first look, by target; its
   * whole round may take `seconds`, its second looks included. Throws when another one notices anything.
   */
  async look(seconds: number, targets = TARGETS): Promise<Record<string, CheckResult>> {
    const reports = await Promise.all(
      this.#site.servers.map(async (server) => {
        const limit = server === this.faulty ? seconds : AMPLE_SECONDS;
        const { results } = await this.#site.check(server, targets.join(','), limit);
        return { server, results };
      }),
    );
    for (const { server, results } of reports)
      if (server !== this.faulty) mustBeWell(server, results, targets.length);
    this.#judge(reports);
    const own = reports.find(({ server }) => server === this.faulty)?.results ?? [];
    const first = own.filter(({ repeats }) => repeats === null);
    return Object.fromEntries(first.map((result) => [result.target.name, result]));
  }

  /** The verdict on the last round; `again` looks once more where what was found is not confirmed by a second look. */
  async verdict(again: () => Promise<unknown>): Promise<Verdict> {
    const linesOf = (): string => this.#found.map(lineOf).join(' and ');
    const found = new Set([linesOf()]);
    if (this.#alive().some(({ state }) => state === 'pending')) {
      await again();
      found.add(linesOf());
    }
    return { found: [...found], alive: this.#alive().map(({ state, finding }) => `${state} ${finding.key}`) };
  }

  /**
   * The verdict that there must be: this one finding in every round, about the server with the fault alone, and open by
   * then. What was open before its own fault was healed is closed.
   */
  open(key: string, owner: string, item: string): Verdict {
    return { found: [`${key} on ${this.faulty.link}: ${owner}, ${item}`], alive: [`open ${key}`] };
  }

  /** The verdict that there must be where nothing is wrong: nothing is found, and nothing of before is still open. */
  green(): Verdict {
    return { found: [''], alive: [] };
  }

  #alive(): KnownFinding[] {
    return this.#known.filter(({ state, finding }) => state !== 'closed' && finding.rule !== AUTHORITY);
  }

  /** As the API does when a round has come in: the newest results, what follows from them, and what that changes. */
  #judge(reports: readonly { server: EceServer; results: readonly CheckResult[] }[]): void {
    const rounds = reports.map(({ server: { link }, results }) => ({ link, results: lastLooks(results) }));
    const newest = rounds.flatMap(({ link, results }): NewestResult[] =>
      results.map((result) => ({ serverId: link, result, stale: false })),
    );
    const servers = rounds.map(({ link, results }, index) => ({
      name: link,
      roles: rolesOf(index),
      results,
    }));
    const found = diagnoseSite({ site: { inbound: 'imap' }, servers });
    const names = new Map(servers.map(({ name }) => [name, name]));
    const situation = { known: this.#known, found, newest, servers: names, isAsked: () => true };
    for (const change of changesOf(situation)) this.#known = applied(this.#known, change);
    this.#found = found.filter(({ rule }) => rule !== AUTHORITY);
  }
}

function mustBeWell(server: EceServer, results: readonly CheckResult[], count: number): void {
  const odd = results.filter(({ outcome }) => outcome !== 'pass');
  if (odd.length === 0 && results.length === count) return;
  const lines = odd.map(({ check, outcome, failure }) => `${check} ${outcome} ${failure?.message ?? ''}`);
  throw new Error(
    `${server.link} has no fault, ran ${results.length} of ${count}, and says: ${lines.join('; ')}`,
  );
}
