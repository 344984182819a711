import type { BundledPackage } from '../notices.mjs';
import { AGENT_VERSION, SOURCE_DATE_EPOCH } from './places.ts';

const scoped = (name: string): string => name.replace('@', '%40');
const component = (name: string, version: string, license?: string) => ({
  type: 'library',
  'bom-ref': `pkg:npm/${scoped(name)}@${version}`,
  name,
  version,
  purl: `pkg:npm/${scoped(name)}@${version}`,
  ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
});

/** What is inside the agent, as CycloneDX 1.6 (ECMA-424): the packages of the bundle, and Node around it. */
export const bom = (packages: readonly BundledPackage[], node = process.versions.node) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    timestamp: new Date(Number(SOURCE_DATE_EPOCH) * 1_000).toISOString(),
    component: {
      type: 'application',
      'bom-ref': 'mailpath-agent',
      name: 'mailpath-agent',
      version: AGENT_VERSION,
    },
  },
  components: [
    {
      type: 'platform',
      'bom-ref': `pkg:generic/node@${node}`,
      name: 'node',
      version: node,
      purl: `pkg:generic/node@${node}`,
    },
    ...packages.map(({ name, version, license }) => component(name, version, license)),
  ],
});
