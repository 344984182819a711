import type { StandIn } from './stand-in.ts';

/** What is printed at the start: where everything is, and how an agent is pointed at it. */
export function welcome(standIn: StandIn, authorityFile: string): string {
  const { addresses, ports, dnsPort, targets, authority, controlUrl } = standIn;
  const [first = ''] = addresses;
  const places = Object.entries(targets);
  const hosts = [...new Set(places.map(([, { host }]) => host))];
  const words = [
    ...places.map(([name, { host, port }]) => `--target ${name}=${host}:${port}`),
    ...hosts.map((host) => `--resolve ${host}=${first}`),
  ];
  return `Stand-in Microsoft 365
Addresses   ${addresses.join(', ')}
Ports       ${Object.entries(ports)
    .map(([service, port]) => `${service} ${port}`)
    .join(', ')}
Resolver    ${dnsPort}, UDP and TCP, on each address
Authority   ${authorityFile} (${authority.subject}; a new one at every start)
Control     ${controlUrl} (GET / explains it)

To point an agent at ${first}:

NODE_EXTRA_CA_CERTS='${authorityFile}' npm run -s agent -- check \\
  ${words.join(' \\\n  ')}

Ctrl-C stops it.
`;
}
