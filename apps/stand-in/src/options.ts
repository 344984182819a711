import { Command, InvalidArgumentError } from 'commander';
import type { Ports } from './listeners.ts';

/** The command line, read. */
export interface Options {
  addresses: readonly string[];
  ports: Partial<Ports>;
  controlPort: number;
  /** Of the resolver; a free one where it is left out. */
  dnsPort?: number;
  /** Folder for the authority's certificate. */
  home: string;
}

interface Words {
  address?: string[];
  httpsPort?: number;
  smtpPort?: number;
  imapPort?: number;
  pop3Port?: number;
  controlPort: number;
  dnsPort?: number;
  home: string;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

function port(text: string): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('a port is a whole number from 0 (a free one) to 65535.');
}

/** Reads the words after the program's name; throws commander's CommanderError, for help too. */
export function readOptions(args: readonly string[]): Options {
  const command = new Command('stand-in')
    .description(
      'A Microsoft 365 to try: Entra ID and the mail services of Exchange Online, on loopback addresses.',
    )
    .option(
      '--address <address>',
      'loopback address to listen on; may be repeated (default: 127.0.0.1)',
      collect,
    )
    .option('--https-port <port>', 'port of the web sides (default: a free one)', port)
    .option('--smtp-port <port>', 'port of submission (default: a free one)', port)
    .option('--imap-port <port>', 'port of IMAP over TLS (default: a free one)', port)
    .option('--pop3-port <port>', 'port of POP3 over TLS (default: a free one)', port)
    .option('--dns-port <port>', 'port of the resolver, UDP and TCP (default: a free one)', port)
    .option('--control-port <port>', 'port of the control interface on 127.0.0.1', port, 8026)
    .option('--home <folder>', 'where the authority’s certificate is written', '.mailpath/stand-in')
    .helpOption('-h, --help', 'print this help')
    .allowExcessArguments(false)
    .exitOverride()
    // Said once, by main.ts, in one line.
    .configureOutput({ writeErr: () => undefined });
  command.parse(args, { from: 'user' });
  const { address = ['127.0.0.1'], controlPort, dnsPort, home, ...words } = command.opts<Words>();
  const ports = {
    ...(words.httpsPort === undefined ? {} : { https: words.httpsPort }),
    ...(words.smtpPort === undefined ? {} : { smtp: words.smtpPort }),
    ...(words.imapPort === undefined ? {} : { imap: words.imapPort }),
    ...(words.pop3Port === undefined ? {} : { pop3: words.pop3Port }),
  };
  return { addresses: address, ports, controlPort, ...(dnsPort === undefined ? {} : { dnsPort }), home };
}
