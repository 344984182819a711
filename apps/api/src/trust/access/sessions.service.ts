import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../../platform/clock.ts';
import { API_KEY_FORMAT } from '../../platform/config.ts';
import { MailpathError } from '../../platform/errors.ts';
import { oneSpelling } from '../../platform/fields.ts';
import { GuessLimit } from '../../platform/guess-limit.ts';
import { hashSecret } from './api-key.ts';
import type { BrowserName } from './browser-name.ts';
import { Callers } from './callers.service.ts';
import { isPassword } from './password.ts';
import type { SessionOpening } from './session.ts';
import { SESSION_SECONDS } from './session-cookie.ts';
import { SessionEntity } from './session.entity.ts';
import { SignInLinks } from './sign-in-links.service.ts';
import { UsersService } from './users.service.ts';
import { apiKeyRefused, linkRefused, passwordRefused, tooManyWrongSignIns } from '../refusals.ts';
import type { Refusal } from '../../platform/refusal.ts';

/** Sessions of browsers. A cookie holds the token; what is stored is its hash. */
@Injectable()
export class Sessions {
  readonly #byAddress = new GuessLimit();
  readonly #byName = new GuessLimit();

  constructor(
    @InjectRepository(SessionEntity) private readonly sessions: Repository<SessionEntity>,
    private readonly callers: Callers,
    private readonly users: UsersService,
    private readonly links: SignInLinks,
    private readonly clock: Clock,
  ) {}

  /** The token of a new session. Throws unauthorized, and too-many-requests after ten wrong tries in a minute. */
  async open(opening: SessionOpening, address: string, browser: BrowserName): Promise<string> {
    this.#refuseGuesser(address, opening.name);
    const { name } = opening;
    const tries = [
      this.#byAddress.count(address),
      ...(name === undefined ? [] : [this.#byName.count(oneName(name))]),
    ];
    const takeBack = (): void => {
      for (const each of tries) each();
    };
    const owner = await this.#ownerOf(opening).catch((error: unknown) => {
      takeBack();
      throw error;
    });
    if (!owner) throw new MailpathError('unauthorized', refusalOf(opening));
    takeBack();
    return this.begin(owner, browser);
  }

  async begin(owner: { userId: string } | { apiKeyId: string }, browser: BrowserName): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await this.sessions.insert({
      userId: null,
      apiKeyId: null,
      ...owner,
      ...browser,
      tokenHash: hashSecret(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1_000),
    });
    return token;
  }

  async end(token: string): Promise<void> {
    await this.sessions.delete({ tokenHash: hashSecret(token) });
  }

  async #ownerOf({ key, link, name, password }: SessionOpening) {
    if (key !== undefined) {
      const caller = API_KEY_FORMAT.test(key) ? await this.callers.byKey(key) : null;
      return caller && { apiKeyId: caller.id };
    }
    if (link !== undefined) return this.links.redeem(link);
    const user = await this.users.named(name ?? '');
    // As slow where there is no such user: nobody learns the names by a clock.
    const right = await isPassword(password ?? '', user?.passwordHash ?? null);
    return user && right ? { userId: user.id } : null;
  }

  #refuseGuesser(address: string, name: string | undefined): void {
    const wait = Math.max(
      this.#byAddress.waitSeconds(address),
      name === undefined ? 0 : this.#byName.waitSeconds(oneName(name)),
    );
    if (wait === 0) return;
    throw new MailpathError('too-many-requests', tooManyWrongSignIns({ seconds: wait }), {
      retryAfterSeconds: wait,
    });
  }
}

/** Guesses at one user count together, in whichever of its spellings the name is sent. */
const oneName = (name: string): string => oneSpelling(name).toLowerCase();

/** The same for a name that is not known as for a wrong password. */
function refusalOf({ key, link }: SessionOpening): Refusal {
  if (key !== undefined) return apiKeyRefused();
  if (link !== undefined) return linkRefused();
  return passwordRefused();
}
