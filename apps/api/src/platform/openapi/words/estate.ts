/** Sites, servers, mailboxes, agents and keys. */
export const ESTATE: Record<string, string> = {
  Site: 'One ECE installation, with what Mailpath has to know of it.',
  SiteCreation: 'A site to be created. Only the name is needed; what is left out has the default.',
  SiteChange:
    'What is to be changed of a site. A field that is left out stays as it is; lists and `targets` are replaced as a whole.',
  SitePage: 'One page of sites.',
  ListedSite: 'A site, with what its verdict says where `summary=true` asks for it.',
  'Site.name': 'What people call the installation, 1 to 100 characters; no two sites share one.',
  'Site.version':
    'The ECE version, such as `12.6(1)`; null (the default) where it is not known. C1 judges it.',
  'Site.esLevel': 'The engineering special, such as `ES6`; null (the default) where it is not known.',
  'Site.externalUrl':
    'The address at which agents and administrators log in; null (the default) where it is not known.',
  'Site.cloud': "Microsoft's cloud of the tenant; `worldwide` by default.",
  'Site.tenant':
    'The tenant id (a GUID), or a domain of the tenant; null (the default) where it is not known.',
  'Site.clientId': 'The application (client) id of the Entra application, a GUID; null by default.',
  'Site.inboundProtocol': 'How the site fetches mail; `undecided` by default.',
  'Site.accountKind':
    'Whose account ECE signs in to mailboxes with; null (the default) where it is not known.',
  'Site.redirectUri':
    "The redirect URI as ECE's own screen shows it, character by character; it is judged, not refused. Null by default.",
  'Site.adminConsoleUrl': 'The address at which the administration console is opened; null by default.',
  'Site.grant': 'How mail accounts sign in; `delegated` by default.',
  'Site.mailboxEverySeconds':
    'How often the mailboxes are signed in to, 60 to 86,400 seconds, 900 by default; null for only when asked.',
  'Site.everySeconds': 'How often the other checks run, 10 to 86,400 seconds; 60 by default.',
  'Site.expectedIssuers':
    "Organisations whose certificates are as good as Microsoft's at this site, such as that of a proxy that it wants; at most 20, none by default.",
  'Site.targets': "Hosts and ports to use instead of the cloud's own; none by default.",
  'Site.extraTargets': 'Further hosts that the servers of this site must reach; at most 50, none by default.',
  TargetOverrides:
    "Hosts and ports by the name of the target that they replace. For `external-url` instead of the URL's own.",
  ExtraTarget: 'A further host that servers of this site must reach, with the check that is aimed at it.',
  'ExtraTarget.name': 'What results call it; not the name of a standard target.',
  'ExtraTarget.roles': 'The servers that need it, by their roles.',
  Endpoint: 'A host and a port.',
  Target: 'What a check is aimed at.',
  'Target.name': 'The name of the target, such as `imap`, or the name of a mailbox.',
  'Target.mailbox': 'The address of the mailbox, where it is aimed at one.',
  Server: 'One machine of the site, with the agent that speaks for it.',
  ServerCreation: 'A server to be added.',
  ServerChange: 'What is to be changed of a server; a field that is left out stays as it is.',
  ServerPage: 'One page of servers.',
  'Server.name':
    'What people call the machine, usually its host name: letters, digits, dashes, dots; at most 100 characters.',
  'Server.agent': 'The agent that may speak for the server now; null until one is enrolled.',
  ServerAgent: 'The agent that may speak for a server now.',
  'ServerAgent.clockAheadSeconds':
    'How far its clock is ahead of that of this API, in seconds, negative where it is behind; null while not known.',
  'ServerAgent.state': 'Whether it talks to the API now.',
  'ServerAgent.version': 'The version of the agent.',
  'ServerAgent.hostName': 'The host name of its machine.',
  'ServerAgent.platform': 'The operating system of its machine, such as `linux` or `win32`.',
  'ServerAgent.nodeVersion': 'The version of Node.js that it runs on.',
  'ServerAgent.keyFingerprint':
    'The fingerprint of its public key; compare it with what `mailpath-agent status` shows on the machine.',
  'ServerAgent.approval':
    '`approved`, or `waiting`: it is lent no secret before an administrator has confirmed it.',
  'ServerAgent.approvedAt': 'When it was approved, RFC 3339 in UTC; null while it waits.',
  'ServerAgent.approvedBy':
    '`person`: somebody compared its key. `upgrade`: it was approved by an earlier version, which did not note by whom; confirm it again to be sure. Null while it waits.',
  'ServerAgent.lentNothing':
    'Why it gets no order that lends a secret: `unapproved`, nobody has confirmed the key that it has; `old-protocol`, the agent is too old. Null when nothing stands against it.',
  'ServerAgent.protocol': 'The version of the agent protocol that it speaks; null while it is not connected.',
  Approval: 'The confirmation of an agent.',
  Mailbox: 'A mailbox that the site fetches from or sends from.',
  MailboxCreation: 'A mailbox to be added. Only the address is needed.',
  MailboxChange:
    'What is to be changed of a mailbox; a field that is left out stays as it is. The address stays.',
  MailboxPage: 'One page of mailboxes.',
  'Mailbox.name': 'What results call it: its target name.',
  'Mailbox.address': 'Its address, in lower case.',
  'Mailbox.userName': 'Whose sign-in opens it: its own account, or one that was given full access.',
  'Mailbox.licence':
    'The Exchange licence, as the administrator knows it; null (the default) where it is not known.',
  'Mailbox.imapEnabled':
    'Whether IMAP is enabled, as the administrator knows it; null (the default) where nobody has looked.',
  'Mailbox.popEnabled':
    'Whether POP is enabled, as the administrator knows it; null (the default) where nobody has looked.',
  'Mailbox.smtpAuthEnabled':
    'Whether authenticated SMTP is enabled, as the administrator knows it; null (the default) where nobody has looked.',
  'Mailbox.roundTrip':
    'Whether Mailpath may send messages of its own to it, look for them and delete them; false by default.',
  Agent: 'A program on a server, past ones included.',
  AgentPage: 'One page of agents.',
  'Agent.state': '`connected`, `disconnected`, or `revoked`: it may not join any more.',
  'Agent.facts': 'What it said of itself and its machine when it joined last.',
  'Agent.revokedAt': 'When it was revoked, RFC 3339 in UTC; null while it may join.',
  'Agent.droppedResults': 'Results that its disk could not keep, and that are lost.',
  AgentFacts: 'What an agent says of itself and its machine.',
  'AgentFacts.version': 'The version of the agent.',
  'AgentFacts.hostName': 'The host name of the machine.',
  'AgentFacts.platform': 'The operating system, such as `linux` or `win32`.',
  'AgentFacts.nodeVersion': 'The version of Node.js.',
  PublicKey: "The agent's Ed25519 public key: 32 bytes in base64url.",
  Enrolment: 'Who an agent is from now on.',
  EnrolmentRequest: 'What an agent sends to join.',
  'EnrolmentRequest.code': 'The enrolment code; it is good once.',
  'EnrolmentRequest.facts': 'What the agent says of itself and its machine.',
  'EnrolmentRequest.publicKey': 'The public key with which it will prove who it is.',
  EnrolmentCode: "The code that lets a server's agent join, once.",
  'EnrolmentCode.code': 'The code. It is shown this once and never again.',
  CatalogueEntry: 'A check that agents can run.',
  CataloguePage: 'One page of the catalogue.',
  'CatalogueEntry.id': 'The id of the check, such as `imap.tls`; it never changes.',
  'CatalogueEntry.title': 'What the check is called.',
  'CatalogueEntry.lane': 'What ECE does there with Microsoft 365.',
  'CatalogueEntry.phases':
    'The steps in the order in which it walks them where all goes well; over STARTTLS a server greets twice. A result names its phases in the same order.',
  'CatalogueEntry.statementsUrl': "Cisco's public page that the statements are of.",
  'CatalogueEntry.proves': 'What it proves when it passes.',
};
