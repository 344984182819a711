import type { Socket } from 'node:net';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { CheckRun } from '../check.ts';
import { Dialogue } from './dialogue.ts';
import type { LentRun } from './lent-run.ts';
import { mustOfferXoauth2, ehloOf, toStartTls } from './start-tls.ts';
import type { SignIn } from './xoauth2.ts';
import { recordLogin, signInOf } from './xoauth2.ts';

/** Longer than any run: its deadline alone ends it. */
const NEVER_MS = 2 ** 31 - 1;
const MOST_REPLY_BYTES = 64 * 1024;

/**
 * A submission session that is signed in. `command` sends one command and answers its reply; `say` waits only until it
 * is on its way.
 */
export interface SmtpSession {
  connection: SMTPConnection;
  dialogue: Dialogue;
  command: (line: string) => Promise<{ status: number; response: string }>;
  say: (line: string) => Promise<void>;
}

/**
 * Phases `resolve` to `authenticate`, then does the work and says goodbye. Up to TLS the words are ours, so that
 * nothing can be said in clear text; over TLS the library speaks, and is told the greeting that came before.
 */
export async function withSmtp(lent: LentRun, work: (session: SmtpSession) => Promise<void>): Promise<void> {
  const { run, network } = lent;
  const signIn = signInOf(lent);
  const { default: Connection } = await import('nodemailer/lib/smtp-connection');
  let greeting = '';
  const socket = await toStartTls(run, network, (line) => (greeting = line));
  const name = ehloOf(socket).replace(/^EHLO /, '');
  const secured = await network.startTls(socket, toStartTls);
  const dialogue = new Dialogue(secured, 'smtp', signIn.secrets);
  const way: { command?: SmtpSession['command'] } = {};
  const connection = new Connection({
    host: run.target.host,
    port: run.target.port,
    connection: dialogue as unknown as Socket,
    secure: true,
    secured: true,
    name,
    logger: false,
    maxResponseSize: MOST_REPLY_BYTES,
    connectionTimeout: NEVER_MS,
    greetingTimeout: NEVER_MS,
    socketTimeout: NEVER_MS,
    socketCloseTimeout: 0,
    customAuth: {
      XOAUTH2: async (context) => {
        way.command = (line) => context.sendCommand(line);
        await exchange(way.command, signIn);
      },
    },
  });
  // Its errors come through the callbacks that are waited for, or are the dialogue's.
  connection.on('error', () => undefined);
  try {
    await greetAgain(connection, dialogue, greeting, run);
    await authenticate(connection, dialogue, signIn, run);
    // A library that took another way than ours has not shown what ECE's sign-in meets.
    if (!way.command) throw new Error('the library signed in by a way of its own');
    const { command } = way;
    const say = async (line: string): Promise<void> => {
      const said = dialogue.nextWrite();
      // Nobody asks for the reply, and what was proven before does not hang on it.
      command(line).catch(() => undefined);
      await said;
    };
    await work({ connection, dialogue, command, say });
    await goodbye(connection, dialogue);
  } finally {
    run.record('dialogue', dialogue.facts());
    connection.close();
    dialogue.destroy();
  }
}

/** One XOAUTH2 exchange: a challenge is answered by an empty line, and the token is never sent twice. */
async function exchange(send: SmtpSession['command'], { response }: SignIn): Promise<void> {
  const { status } = await send(`AUTH XOAUTH2 ${response}`);
  const last = status === 334 ? await send('') : { status };
  if (last.status !== 235) throw new Error('the login was not taken');
}

/** Phase `greet` once more: what is offered in clear text proves nothing. */
async function greetAgain(
  connection: SMTPConnection,
  dialogue: Dialogue,
  greeting: string,
  run: CheckRun,
): Promise<void> {
  await run.phase('greet', async () => {
    const connected = new Promise<void>((resolve, reject) =>
      connection.connect((error?: Error | null) => (error ? reject(error) : resolve())),
    );
    // The library begins to listen a moment after it was handed the connection.
    setImmediate(() => setImmediate(() => dialogue.replay(`${greeting}\r\n`)));
    await dialogue.during(connected);
    mustOfferXoauth2(
      dialogue.replyLines('EHLO').map((line) => line.slice(4)),
      run,
    );
  });
}

async function authenticate(
  connection: SMTPConnection,
  dialogue: Dialogue,
  signIn: SignIn,
  run: CheckRun,
): Promise<void> {
  await run.phase('authenticate', async () => {
    // Without a token generator the library would choose another mechanism that is offered; our own exchange is used
    // all the same.
    const auth = { method: 'XOAUTH2', user: signIn.mailbox, oauth2: {} as never };
    const taken = new Promise<void>((resolve, reject) =>
      connection.login(auth, (error) => (error ? reject(error) : resolve())),
    );
    try {
      await dialogue.during(taken);
    } finally {
      recordLogin(run, signIn, { reply: dialogue.verdictOn('AUTH'), challenge: dialogue.challenge });
    }
  });
}

/** QUIT is said and its answer not waited for: a slow goodbye proves nothing. */
async function goodbye(connection: SMTPConnection, dialogue: Dialogue): Promise<void> {
  const said = dialogue.nextWrite();
  connection.quit();
  await said;
}
