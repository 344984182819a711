export { CATALOGUE, standardTasks } from './catalogue.ts';
export type { Check, Probe } from './check.ts';
export { Credential } from './credential.ts';
export type { Obtained } from './credential.ts';
export type { LookUp } from './io/dns.ts';
export type { RoundOptions, RoundProgress } from './round.ts';
export { runRound } from './run-round.ts';
export { readProxyUrl, shownProxy } from './io/proxy-url.ts';
export { lookAgain } from './second-look.ts';
