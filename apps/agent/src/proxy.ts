import { readProxyUrl } from '@mailpath/checks';
import { saidBy, type Target } from '@mailpath/protocol';
import { CannotRun } from './cannot-run.ts';
import { loadConfig, type ProxyEnvironment } from './config.ts';
import { isExempt } from './no-proxy.ts';

/** The proxy to a target, for the checks that may use one; null for the direct way. */
export type ProxyRule = (target: Pick<Target, 'host' | 'port'>) => URL | null;

/** Takes the surroundings' proxy (`HTTPS_PROXY`, `NO_PROXY`), which nobody gets without asking. */
const FROM_ENVIRONMENT = 'env';

/**
 * Throws when `text` is neither `env` nor the URL of a proxy; the message never repeats it, for it may hold a password.
 */
export function checkProxySetting(text: string): void {
  if (text !== FROM_ENVIRONMENT) readProxyUrl(text);
}

/**
 * The rule of a setting that was checked. A URL holds for every target; `NO_PROXY` belongs to the surroundings' proxy
 * and counts with `env` alone.
 */
export function proxyRule(
  setting: string,
  environment: () => ProxyEnvironment = () => loadConfig().proxy,
): ProxyRule {
  if (setting !== FROM_ENVIRONMENT) {
    const url = readProxyUrl(setting);
    return () => url;
  }
  const { url: written, noProxy } = environment();
  if (written === null) return () => null;
  const url = fromEnvironment(written);
  return ({ host, port }) => (isExempt(noProxy, host, port) ? null : url);
}

function fromEnvironment(written: string): URL {
  try {
    // As curl and others take it, a proxy without a scheme is an HTTP proxy.
    return readProxyUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`);
  } catch (error) {
    const { en, ja } = saidBy(error);
    throw new CannotRun(
      {
        en: `the proxy of the environment (HTTPS_PROXY, ALL_PROXY): ${en}`,
        ja: `環境変数のプロキシ (HTTPS_PROXY, ALL_PROXY): ${ja}`,
      },
      { cause: error },
    );
  }
}
