import type { CheckResult } from '@mailpath/protocol';
import type { Fault } from '../../apps/stand-in/src/faults.ts';
import { SEED_APPLICATION } from '../../apps/stand-in/src/seed.ts';
import type { StandIn } from '../../apps/stand-in/src/stand-in.ts';
import type { RunningApi } from './api.ts';
import { isNameless, nameOf, type RowCase } from './exchange-rows.ts';
import { addUser, M365Site } from './m365-site.ts';

export const DELAY_SECONDS = 1;

/** What was stored of one case: its check, looked at twice where that is usual, and the mailbox's other checks. */
export interface Asked {
  looks: CheckResult[];
  others: CheckResult[];
}

const CHECKS = ['imap.mailbox', 'pop3.mailbox', 'smtp.login', 'mail.round-trip'];
/** Of one site. */
const MOST_MAILBOXES = 40;
/** More would only wait for the one agent, and for the processor. */
const PEOPLE = 3;

/** A user, a mailbox or a target may be named like this: `greeting-none-imap`. */
const slugOf = (one: RowCase): string => nameOf(one).replace(' ', '-');

const faultOf = ({ id, protocol }: RowCase): Fault => ({
  id,
  service: protocol,
  ...(id === 'smtp-message-delayed' && { retryAfterSeconds: DELAY_SECONDS }),
});

/** Lets real agents meet every case, and answers what the API stored of it, by the case's name. */
export class ExchangeRows {
  readonly #api: RunningApi;
  readonly #standIn: StandIn;
  readonly #sites: M365Site[] = [];
  readonly asked = new Map<string, Asked>();

  constructor(api: RunningApi, standIn: StandIn) {
    this.#api = api;
    this.#standIn = standIn;
  }

  async ask(cases: readonly RowCase[]): Promise<void> {
    const { addresses } = this.#standIn;
    const nameless = cases.filter(isNameless);
    // Silence lasts until the deadline, so each of it is waited for at an address of its own.
    const silent = nameless.filter(
      ({ answer }) => answer.connection === 'stalls' && answer.says.length === 0,
    );
    const talking = nameless.filter((one) => !silent.includes(one));
    const queues = [...silent.map((one) => [one]), talking];
    const named = cases.filter((one) => !isNameless(one));
    const halves = [named.slice(0, MOST_MAILBOXES), named.slice(MOST_MAILBOXES)];
    if (queues.length + halves.length > addresses.length) throw new Error('there are too few addresses');
    await Promise.all([
      ...queues.map((queue, at) => this.#askNameless(addresses[at] ?? '', queue)),
      ...halves.map((half, at) => this.#askNamed(addresses[queues.length + at] ?? '', half)),
    ]);
  }

  async close(): Promise<void> {
    await Promise.all(this.#sites.map((site) => site.close()));
  }

  /** A mailbox and a user for each case, and one run for all of them. */
  async #askNamed(address: string, cases: readonly RowCase[]): Promise<void> {
    const site = await this.#siteAt(address);
    const left = [...cases];
    const people = Array.from({ length: PEOPLE }, async () => {
      for (let one = left.shift(); one; one = left.shift())
        await this.#signIn(site, slugOf(one), one.check === 'mail.round-trip');
    });
    await Promise.all(people);
    const name = (one: RowCase) => `${slugOf(one)}@contoso.example`;
    this.#standIn.faults.set(
      address,
      cases.map((one) => ({ ...faultOf(one), name: name(one) })),
    );
    await this.#runAll(site, CHECKS, cases, name);
  }

  /** Before anybody has said a name: one case of each protocol at a time holds for all who come to that address. */
  async #askNameless(address: string, cases: readonly RowCase[]): Promise<void> {
    const site = await this.#siteAt(address);
    const userName = await this.#signIn(site, `gate-${address.replaceAll('.', '-')}`, false);
    const byProtocol = [...Map.groupBy(cases, ({ protocol }) => protocol).values()];
    const rounds = Math.max(...byProtocol.map(({ length }) => length));
    for (let round = 0; round < rounds; round += 1) {
      const now = byProtocol.flatMap((own) => own[round] ?? []);
      this.#standIn.faults.set(address, now.map(faultOf));
      await this.#standIn.settled();
      const checks = now.map(({ check }) => check);
      await this.#runAll(site, checks, now, () => userName);
      // What was refused before is to be asked again.
      await site.putSecret(SEED_APPLICATION.secret);
    }
  }

  async #runAll(
    site: M365Site,
    checks: readonly string[],
    cases: readonly RowCase[],
    nameFor: (one: RowCase) => string,
  ): Promise<void> {
    const results = (await site.resultsOf(await site.run({ checks }))).map(({ result }) => result);
    const meant = (name: string, check: string) =>
      cases.some((one) => nameFor(one) === name && one.check === check);
    for (const one of cases) {
      const own = results.filter(({ target }) => target.mailbox === nameFor(one));
      this.asked.set(nameOf(one), {
        looks: own.filter(({ check }) => check === one.check),
        others: own.filter(({ check }) => !meant(nameFor(one), check)),
      });
    }
  }

  async #siteAt(address: string): Promise<M365Site> {
    // Both roles on one machine, as small installations have it.
    const servers = { ece01: { roles: ['services', 'application'], address } };
    const site = await M365Site.create(this.#api, this.#standIn, { inboundProtocol: 'undecided', servers });
    this.#sites.push(site);
    return site;
  }

  async #signIn(site: M365Site, name: string, roundTrip: boolean): Promise<string> {
    const userName = addUser(this.#standIn, name);
    await site.addMailbox(userName, { roundTrip });
    const { state, failure } = await site.signIn(userName, 'ece01');
    if (state !== 'done') throw new Error(`the sign-in of ${userName} ${state}: ${failure}`);
    return userName;
  }
}
