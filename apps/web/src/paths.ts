/** Every address of the dashboard, in one place: a link is made by these and by nothing else. */
export const paths = {
  /** Leads to the only site, or to all of them. */
  home: () => '/',
  sites: () => '/sites',
  comparison: (siteId: string) => `/sites/${siteId}`,
  result: (siteId: string, resultId: string) => `/sites/${siteId}?result=${resultId}`,
  findings: (siteId: string) => `/sites/${siteId}/findings`,
  finding: (siteId: string, findingId: string) => `/sites/${siteId}/findings/${findingId}`,
  checklist: (siteId: string) => `/sites/${siteId}/checklist`,
  servers: (siteId: string) => `/sites/${siteId}/servers`,
  /** Which version of the agent runs where, and upgrades. */
  agents: (siteId: string) => `/sites/${siteId}/agents`,
  addServer: (siteId: string) => `/sites/${siteId}/servers/new`,
  server: (siteId: string, serverId: string) => `/sites/${siteId}/servers/${serverId}`,
  past: (siteId: string, span: Record<string, string> = {}) =>
    `/sites/${siteId}/then${Object.keys(span).length === 0 ? '' : `?${new URLSearchParams(span).toString()}`}`,
  /** One check against one target, on all servers, over time. */
  check: (siteId: string, check: string, target: string) =>
    `/sites/${siteId}/checks/${check}?target=${encodeURIComponent(target)}`,
  mailboxes: (siteId: string) => `/sites/${siteId}/mailboxes`,
  signIn: (siteId: string, signInId: string) => `/sites/${siteId}/sign-in/${signInId}`,
  setUp: (siteId: string) => `/sites/${siteId}/set-up`,
  settings: (siteId: string) => `/sites/${siteId}/settings`,
  audit: () => '/settings/audit',
  keys: () => '/settings/keys',
  retention: () => '/settings/retention',
  users: () => '/settings/users',
  /** Leads to the organisation's provider, and back to this page of the dashboard. */
  openId: (page: string) => `/v1/session/openid?page=${encodeURIComponent(page)}`,
  account: () => '/account',
  /** One file to hand on, served by the API. */
  report: (siteId: string, language: string) => `/v1/sites/${siteId}/report?format=html&language=${language}`,
};
