import { describe, expect, it } from 'vitest';
import type { InboundProtocol, Role } from '@mailpath/protocol';
import { demandOf } from './demand.ts';
import { severityOf } from './severity.ts';

const BOTH: Role[] = ['services', 'application'];
const aimed = (name: string, check = 'tcp.connect') => ({ check, target: { name, host: 'host', port: 1 } });

describe('the role matrix', () => {
  it.each<[string, Role[], InboundProtocol, string, string[]]>([
    ['login', ['services'], 'imap', 'required', ['S46', 'S48', 'S57']],
    ['login', ['application'], 'imap', 'required', ['S46', 'S47', 'S57']],
    ['login-alias', ['application'], 'imap', 'recommended', ['S46']],
    ['exchange', ['services'], 'imap', 'required', ['S46', 'S53']],
    ['smtp', ['services'], 'imap', 'required', ['S49', 'S58']],
    ['smtp', ['application'], 'imap', 'required', ['S50', 'S58']],
    ['imap', ['services'], 'imap', 'required', ['S49', 'S59']],
    ['imap', ['application'], 'imap', 'recommended', ['S56', 'S59']],
    ['imap', ['services'], 'pop3', 'optional', ['S36']],
    ['pop3', ['services'], 'pop3', 'required', ['S49', 'S60']],
    ['pop3', ['services'], 'imap', 'optional', ['S36']],
    ['pop3', ['application'], 'undecided', 'recommended', ['S56', 'S60']],
    ['our-media-routing', ['application'], 'imap', 'required', ['S51', 'S55']],
  ])('asks %s of %j with %s: %s', (target, roles, inbound, demand, statements) => {
    expect(demandOf(aimed(target), roles, inbound)).toEqual({ demand, statements });
  });

  it('adds the demands of both roles of one machine up, with the statements of each', () => {
    expect(demandOf(aimed('smtp'), BOTH, 'imap')).toEqual({
      demand: 'required',
      statements: ['S49', 'S58', 'S50'],
    });
    expect(demandOf(aimed('imap'), BOTH, 'imap')).toEqual({ demand: 'required', statements: ['S49', 'S59'] });
  });

  it.each<[string, string, string[]]>([
    ['token.refresh', 'required', ['S46', 'S48', 'S57']],
    ['imap.mailbox', 'required', ['S49', 'S59']],
    ['pop3.mailbox', 'optional', ['S36']],
    ['smtp.login', 'required', ['S49', 'S58']],
    ['mail.round-trip', 'required', ['S49', 'S58']],
  ])('asks %s of a services server by the service that it uses: %s', (check, demand, statements) => {
    expect(demandOf(aimed('sales', check), ['services'], 'imap')).toEqual({ demand, statements });
  });

  it.each<[string, string[]]>([
    ['https.external-url', ['S17', 'S22', 'S23']],
    ['https.redirect-uri', ['S25']],
  ])('asks %s of every server', (check, statements) => {
    for (const roles of [['services'], ['application']] as const)
      expect(demandOf(aimed('external-url', check), roles, 'imap')).toEqual({
        demand: 'required',
        statements,
      });
  });

  it('makes a failed must an error, a failed demand a warning, and never blames a pass', () => {
    expect(severityOf({ outcome: 'fail', repeats: null }, 'required')).toBe('error');
    expect(severityOf({ outcome: 'fail', repeats: null }, 'recommended')).toBe('warning');
    expect(severityOf({ outcome: 'fail', repeats: null }, 'optional')).toBe('info');
    expect(severityOf({ outcome: 'warn', repeats: null }, 'required')).toBe('warning');
    expect(severityOf({ outcome: 'pass', repeats: null }, 'required')).toBeNull();
    expect(severityOf({ outcome: 'pass', repeats: 'the first look' }, 'required')).toBe('warning');
    expect(severityOf({ outcome: 'skipped', repeats: null }, 'required')).toBeNull();
  });
});
