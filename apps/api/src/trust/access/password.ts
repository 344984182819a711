import crypto, { randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const FORMAT =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

function derive(parameters: Parameters<typeof crypto.argon2>[1]): Promise<Buffer> {
  // Not there before Node 24.7; nothing else of the API needs that.
  const { argon2 } = crypto as { argon2?: typeof crypto.argon2 };
  if (!argon2) throw new Error('Passwords need Node 24.7 or newer. npm start and the images bring it.');
  return promisify(argon2)('argon2id', parameters) as Promise<Buffer>;
}
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** Each derivation holds 19 MiB: so many sign-ins at the same moment wait for each other. */
const AT_ONCE = 2;
let free = AT_ONCE;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free -= 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}

/** What is stored of a password: Argon2id in the PHC string format, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await inTurn(() =>
    derive({ ...COST, message: password.normalize('NFC'), nonce, tagLength: TAG_BYTES }),
  );
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/** Whether it is the password of this hash. Takes as long, and answers false, where there is no hash. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', kept = ''] = FORMAT.exec(hash ?? '') ?? [];
  const expected = Buffer.from(kept, 'base64');
  const tag = await inTurn(() =>
    derive({
      memory: Number(memory ?? COST.memory),
      passes: Number(passes ?? COST.passes),
      parallelism: Number(parallelism ?? COST.parallelism),
      message: password.normalize('NFC'),
      nonce: salt === '' ? Buffer.alloc(16) : Buffer.from(salt, 'base64'),
      tagLength: expected.length || TAG_BYTES,
    }),
  );
  return expected.length > 0 && timingSafeEqual(tag, expected);
}
