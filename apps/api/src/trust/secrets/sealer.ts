import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG, type ApiConfig } from '../../platform/config.ts';
import { confirmSameKey } from './same-key.ts';
import { CannotOpen, type Place, SecretBox } from './secret-box.ts';
import { secretKey } from './secret-key.ts';

/** The box with this installation's key. */
@Injectable()
export class Sealer implements OnModuleInit {
  readonly #logger = new Logger(Sealer.name);
  #box: SecretBox | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: ApiConfig,
    private readonly database: DataSource,
  ) {}

  /** A key that cannot be had, or that is not the database's, ends the start, with the reason. */
  async onModuleInit(): Promise<void> {
    const key = secretKey(this.config);
    // An application without its database, made for its shape alone, seals nothing.
    if (this.database.isInitialized) await confirmSameKey(this.database, key);
    this.#box = new SecretBox(key);
  }

  seal(secret: string, place: Place): Buffer {
    return this.#ready().seal(secret, place);
  }

  /** Null for a value that cannot be opened any more, which the log says and the caller has to tell with a remedy. */
  open(sealed: Buffer, place: Place): string | null {
    try {
      return this.#ready().open(sealed, place);
    } catch (error) {
      if (!(error instanceof CannotOpen)) throw error;
      // The key was changed: that is for a person to put right, and nothing that a restart would.
      this.#logger.warn({ event: 'cannot-open', reason: error.message, siteId: place.siteId });
      return null;
    }
  }

  /** The same for what comes from outside, where anybody may send anything: null, and nobody is told. */
  opened(sealed: Buffer, place: Place): string | null {
    try {
      return this.#ready().open(sealed, place);
    } catch (error) {
      if (error instanceof CannotOpen) return null;
      throw error;
    }
  }

  #ready(): SecretBox {
    if (!this.#box) throw new Error('the key is read when the application starts, and it has not started');
    return this.#box;
  }
}
