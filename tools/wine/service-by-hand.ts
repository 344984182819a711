import { type SiteAtApi, until } from '../deployed/site-at-api.ts';
import { holds } from '../held.ts';
import { BY_HAND } from './checks.ts';
import { STATE } from './installation.ts';
import type { Ended, Wine } from './wine.ts';

/** The service for those who put the two programs there by hand. */
export async function serviceByHand(wine: Wine, site: SiteAtApi): Promise<void> {
  const service = (action: string, ...words: string[]): Promise<Ended> =>
    wine.run(`${BY_HAND}\\mailpath-agent.exe`, 'service', action, ...words);
  const installed = await service('install', '--state', STATE);
  holds('service install', installed.code === 0, installed);
  await until('its agent joins', () => site.isConnected());
  const running = await service('status', '--lang', 'ja');
  holds('service status: it runs, in Japanese', running.stdout.includes('実行中'), running);
  const removed = await service('uninstall');
  holds('service uninstall', removed.code === 0, removed);
  await until('its agent has ended', () => wine.processes('mailpath-agent.exe').length === 0);
  const left = await wine.run('sc', 'query', 'mailpath-agent');
  holds('and there is no such service', left.code !== 0, left);
}
