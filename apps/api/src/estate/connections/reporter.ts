/** An agent that has proved its key, and the server that it speaks for. */
export interface Reporter {
  siteId: string;
  agentId: string;
  serverId: string;
}
