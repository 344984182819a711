import { isCheck, type CheckResult } from '@mailpath/protocol';
import { say } from '../checklist/words/catalogue.ts';
import { shown, verdictsOn, type Judgement, type Seen, type SiteSettings } from './setting.ts';
import { fqdnFault, hostOf, readUrl } from './web-address.ts';

/** C2: the external URL of the application by itself, against the admin console, and as the servers see it. */
export function judgeExternalUrl(site: SiteSettings, seen: readonly Seen[]): Judgement[] {
  const { broken, cannotTell } = verdictsOn('C2', site.name);
  if (site.externalUrl === null)
    return [cannotTell(say('external-url.missing'), say('external-url.enter'), 'S16', 'S22')];
  const url = readUrl(site.externalUrl);
  if (!url)
    return [
      broken(say('external-url.no-url', shown(site.externalUrl)), say('external-url.set'), 'S16', 'S17'),
    ];
  return [...judgeForm(site, url), judgeConsole(site, url), ...seen.flatMap((one) => judgeReach(one, url))];
}

function judgeForm({ name }: SiteSettings, url: URL): Judgement[] {
  const { holds, broken } = verdictsOn('C2', name);
  const fqdn = fqdnFault(url);
  const faults = [
    ...(url.protocol === 'https:' ? [] : [say('external-url.no-https', url.protocol)]),
    ...(fqdn === null ? [] : [say(`external-url.${fqdn}`, hostOf(url))]),
    ...(url.port === '' ? [] : [say('external-url.port', url.port)]),
    ...(url.pathname === '/' ? [] : [say('external-url.path', shown(url.pathname))]),
    ...(url.search === '' ? [] : [say('external-url.query')]),
    ...(url.hash === '' ? [] : [say('external-url.fragment')]),
  ];
  if (faults.length > 0) return faults.map((fault) => broken(fault, say('external-url.set'), 'S17'));
  return [holds(say('external-url.good', hostOf(url)), null, 'S17', 'S22')];
}

function judgeConsole({ name, adminConsoleUrl }: SiteSettings, url: URL): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('C2', name);
  const opened = adminConsoleUrl === null ? null : readUrl(adminConsoleUrl);
  if (!opened) return cannotTell(say('console.missing'), say('console.enter', hostOf(url)), 'S23');
  const [external, console] = [hostOf(url), hostOf(opened)];
  return external === console
    ? holds(say('console.same', external), null, 'S17', 'S23')
    : broken(say('console.other', console, external), say('console.open', external), 'S17', 'S23');
}

/** What one server's look at the external URL says; nothing for other checks. */
function judgeReach({ server, result }: Seen, url: URL): Judgement[] {
  if (!isCheck(result, 'https.external-url')) return [];
  const { holds, broken, cannotTell } = verdictsOn('C2', server);
  const host = hostOf(url);
  if (result.target.host.toLowerCase() !== host)
    return [
      cannotTell(
        say('external-url.looked-elsewhere', server, result.target.host, host),
        say('next-round'),
        'S16',
      ),
    ];
  if (result.outcome === 'pass' || result.outcome === 'warn')
    return [holds(say('external-url.seen', server, host), null, 'S17')];
  const { failure } = result;
  if (failure?.code === 'not-found')
    return [
      broken(
        say('external-url.unresolved', server, host),
        say('external-url.add-to-dns', server, host),
        'S17',
      ),
    ];
  if (failure?.code === 'untrusted')
    return [
      broken(
        say('external-url.untrusted', server, host, distrustOf(result)),
        say('external-url.certificate', host),
        'S17',
      ),
    ];
  // Only the administrator's browser must reach it: a firewall between the server and its own outer name breaks
  // nothing.
  return [
    cannotTell(
      say('external-url.unseen', server, host, failure?.message ?? result.reason),
      say('external-url.open', host),
      'S17',
    ),
  ];
}

const distrustOf = ({ evidence, failure }: CheckResult): string | null =>
  evidence.tls?.distrust ?? failure?.message ?? null;
