/** Every address of the dashboard, in one place: a link is made by these and by nothing else. */
export const paths = {
  sites: () => '/sites',
  comparison: (siteId: string) => `/sites/${siteId}`,
  result: (siteId: string, resultId: string) => `/sites/${siteId}?result=${resultId}`,
  findings: (siteId: string) => `/sites/${siteId}/findings`,
  finding: (siteId: string, findingId: string) => `/sites/${siteId}/findings/${findingId}`,
  checklist: (siteId: string) => `/sites/${siteId}/checklist`,
  servers: (siteId: string) => `/sites/${siteId}/servers`,
  addServer: (siteId: string) => `/sites/${siteId}/servers/new`,
  users: () => '/settings/users',
  account: () => '/account',
};
