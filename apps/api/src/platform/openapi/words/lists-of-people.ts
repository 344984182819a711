/** The closed lists of users, API keys and the audit log. */
export const LISTS_OF_PEOPLE = {
  AccessRole: {
    is: 'What a caller may do; each role includes the ones before it.',
    words: {
      viewer: 'read',
      operator: 'start runs and sign-ins, and keep the list of mailboxes',
      administrator: 'set up sites, servers, secrets, users and keys, and approve agents',
    },
  },
  AuditActor: {
    is: 'Who did it.',
    words: {
      user: 'a person',
      'api-key': 'a program',
      agent: 'the agent of a server',
      anyone: 'somebody who had not signed in',
    },
  },
  AuditOutcome: { is: 'What came of it.', words: { done: 'it was done', refused: 'it was refused' } },
};
