/** Put in by tools/build-agent.mjs. */
declare const MAILPATH_NOTICES: string | undefined;

/** The licences of the packages in this file; run from its sources, the agent contains none. */
export const thirdPartyNotices = (): string =>
  typeof MAILPATH_NOTICES === 'undefined'
    ? 'Run from its sources, mailpath-agent contains no other software: the licence of each package stands in its folder of node_modules.\n'
    : MAILPATH_NOTICES;
