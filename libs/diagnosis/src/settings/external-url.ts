import type { CheckResult, SettingVerdict } from '@mailpath/protocol';
import { shown, verdictsOn, type Seen, type SiteSettings } from './setting.ts';
import { fqdnFault, hostOf, readUrl } from './web-address.ts';

/** The name of the setting, by release (S18, S19). */
const WHERE =
  'ECE 11.5 to 12.5: "Web server URL or Load Balancer URL" of the partition; 12.6 and later: Partition > Apps > General Settings > "External URL of Application".';
const SET = `Set it to the form https://ece.example.com. ${WHERE}`;

/** C2: the external URL of the application by itself, against the admin console, and as the servers see it. */
export function judgeExternalUrl(site: SiteSettings, seen: readonly Seen[]): SettingVerdict[] {
  const { broken, cannotTell } = verdictsOn('C2', site.name);
  if (site.externalUrl === null)
    return [
      cannotTell(
        'The external URL of the application is not entered.',
        `Enter it here as ECE shows it. ${WHERE}`,
        'S16',
        'S22',
      ),
    ];
  const url = readUrl(site.externalUrl);
  if (!url) return [broken(`The external URL ${shown(site.externalUrl)} is no URL.`, SET, 'S16', 'S17')];
  return [...judgeForm(site, url), judgeConsole(site, url), ...seen.flatMap((one) => judgeReach(one, url))];
}

function judgeForm({ name }: SiteSettings, url: URL): SettingVerdict[] {
  const { holds, broken } = verdictsOn('C2', name);
  const fqdn = fqdnFault(url);
  const faults = [
    ...(url.protocol === 'https:' ? [] : [`it begins with ${url.protocol}// and not with https://`]),
    ...(fqdn === null ? [] : [fqdn]),
    ...(url.port === '' ? [] : [`it has the port ${url.port} in it`]),
    ...(url.pathname === '/' ? [] : [`it has the path ${shown(url.pathname)} in it`]),
    ...(url.search === '' ? [] : ['it has a query in it']),
    ...(url.hash === '' ? [] : ['it has a fragment in it']),
  ];
  if (faults.length > 0)
    return faults.map((fault) =>
      broken(`The external URL is not of the form that ECE asks for: ${fault}.`, SET, 'S17'),
    );
  return [
    holds(`The external URL https://${hostOf(url)} has the form that ECE asks for.`, null, 'S17', 'S22'),
  ];
}

function judgeConsole({ name, adminConsoleUrl }: SiteSettings, url: URL): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('C2', name);
  const opened = adminConsoleUrl === null ? null : readUrl(adminConsoleUrl);
  if (!opened)
    return cannotTell(
      'The address at which the administration console is opened is not entered.',
      `Enter it here; its name must be ${hostOf(url)}.`,
      'S23',
    );
  const [external, console] = [hostOf(url), hostOf(opened)];
  return external === console
    ? holds(
        `The administration console is opened at the external URL's name, ${external}.`,
        null,
        'S17',
        'S23',
      )
    : broken(
        `The administration console is opened at ${console}, and the external URL says ${external}.`,
        `Open the console at https://${external}, or set the external URL to the name that everybody uses.`,
        'S17',
        'S23',
      );
}

/** What one server's look at the external URL says; nothing for other checks. */
function judgeReach({ server, result }: Seen, url: URL): SettingVerdict[] {
  if (result.check !== 'https.external-url') return [];
  const { holds, broken, cannotTell } = verdictsOn('C2', server);
  const host = hostOf(url);
  if (result.target.host.toLowerCase() !== host)
    return [
      cannotTell(
        `${server} has looked at ${result.target.host} and not yet at ${host}.`,
        'Wait for the next round.',
        'S16',
      ),
    ];
  if (result.outcome === 'pass' || result.outcome === 'warn')
    return [holds(`On ${server}, ${host} resolves and presents a valid certificate.`, null, 'S17')];
  const { failure } = result;
  if (failure?.code === 'not-found')
    return [
      broken(
        `On ${server}, the name ${host} does not resolve.`,
        `Add ${host} to the DNS that ${server} uses, or correct the external URL.`,
        'S17',
      ),
    ];
  if (failure?.code === 'untrusted')
    return [
      broken(
        `On ${server}, the certificate of ${host} is not valid (${distrustOf(result)}).`,
        `Give ${host} a certificate for that name from an authority that the browsers of agents and administrators trust.`,
        'S17',
      ),
    ];
  // Only the administrator's browser must reach it: a firewall between the server and its own outer name breaks nothing.
  return [
    cannotTell(
      `On ${server}, ${host} could not be looked at: ${failure?.message ?? result.reason ?? 'no reason was given'}`,
      `Open https://${host} in the browser of an administrator.`,
      'S17',
    ),
  ];
}

const distrustOf = ({ evidence, failure }: CheckResult): string =>
  evidence.tls?.distrust ?? failure?.message ?? 'unknown';
