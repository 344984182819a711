import os from 'node:os';
import type { AgentFacts } from '@mailpath/protocol';
import { AGENT_VERSION } from './version.ts';

export function agentFacts(): AgentFacts {
  return {
    version: AGENT_VERSION,
    hostName: os.hostname(),
    platform: platformText(),
    nodeVersion: process.versions.node,
  };
}

export function platformText(): string {
  return `${process.platform} ${os.release()}`;
}
