import { defineRule } from '../rule.ts';
import { place } from '../wording.ts';

export const ownFault = defineRule({
  id: 'mailpath.internal',
  checklistItem: 'X8',
  owner: 'mailpath',
  confidence: 'certain',
  applies: ({ failure }) => failure?.code === 'internal',
  groupBy: ({ check }) => check,
  sentence: (result) =>
    `Mailpath itself failed while it looked at ${place(result)}; this says nothing about the path.`,
  cause: () => 'A fault in Mailpath, not in the network.',
  nextStep: () =>
    'Report the evidence line to whoever maintains Mailpath here; judge the path by the other checks.',
});

export const unexplained = defineRule({
  id: 'mailpath.unexplained',
  checklistItem: 'C10',
  owner: 'unknown',
  confidence: 'possible',
  applies: ({ outcome }) => outcome === 'fail' || outcome === 'warn',
  sentence: (result) => result.failure?.message ?? result.reason ?? `${place(result)} needs a look.`,
  cause: () => 'No rule of Mailpath explains this yet.',
  nextStep: () => 'Read the evidence, and compare with a server that works.',
});
