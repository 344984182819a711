/** The agent's version; a spec keeps it equal to package.json, which the one-file build does not carry along. */
export const AGENT_VERSION = '0.1.0';
