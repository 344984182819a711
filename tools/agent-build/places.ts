import { readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../..');
export const PACKAGING = path.join(ROOT, 'packaging');
export const BUNDLE = path.join(ROOT, 'dist/mailpath-agent.cjs');
/** What is handed on. */
export const RELEASE = path.join(ROOT, 'dist/agent');
/** What is needed on the path there. */
export const WORK = path.join(ROOT, 'dist/agent-work');

const { version } = JSON.parse(readFileSync(path.join(ROOT, 'apps/agent/package.json'), 'utf8')) as {
  version: string;
};
export const AGENT_VERSION = version;

/** Of the whole repository, as npm writes it. */
export const { license: LICENCE } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  license: string;
};

/** Every time inside a package: two builds of one version are the same bytes. 2026-01-01T00:00:00Z. */
// oxlint-disable-next-line node/no-process-env
export const SOURCE_DATE_EPOCH = process.env['SOURCE_DATE_EPOCH'] ?? '1767225600';
