/** What GET / answers. */
export const HELP = `Stand-in Microsoft 365: control interface. Bodies are JSON; a change holds for the next connection or request.

GET    /state                   everything: addresses, ports, authority, directory, faults
GET    /faults                  faults by address
GET    /faults/known            every fault there is, with its meaning
PUT    /faults/{address}        {"faults":[{"id":"imap-authenticated-not-connected","name":"sales@contoso.example"}]}; * is every address
DELETE /faults/{address}        no faults there
GET    /tenant                  PUT replaces, PATCH changes what it names
GET    /applications            also /users and /mailboxes
GET    /users/{name}            PUT makes or replaces, PATCH changes what it names, DELETE removes;
                                the same for /applications/{client id} and /mailboxes/{address}
POST   /reset                   back to the start: directory, faults, grants, messages

Any fault but closed may be met by some only: share (0 to 1) with a seed, times (then well), thenWell (then bad again).
Answers of your own:
  {"id":"mail-answer","service":"imap","mail":{"step":"SELECT","lines":["<t> NO [INUSE] any words"],"connection":"ends"}}
    steps: greeting, capability, hello, starttls, auth, login, sender, recipient, message, or a command such as SELECT, STAT, DATA
  {"id":"entra-answer","entra":{"endpoint":"token","code":530099,"error":"invalid_grant","suberror":"message_only","text":"any words"}}
    endpoints: authorize, token, device-code, device-sign-in, discovery, keys, instance
  {"id":"web-answer","web":{"endpoint":"discovery","status":403,"headers":{"server":"squid"},"body":"<h1>Blocked</h1>"}}
    endpoints: those, exchange and ece
Of the path: {"id":"slow","delayMs":400,"bytesPerSecond":2000}, {"id":"lossy","share":0.3,"afterBytes":3000}, certificate-…, tls-1.1
Of the resolver, which listens on every address over UDP and TCP and leads Microsoft's names to the address at which it is asked:
  {"id":"dns-servfail","name":"smtp.office365.com"}, {"id":"dns-silent","family":6}, {"id":"dns-truncated","tcp":"closed"},
  {"id":"dns-addresses","name":"outlook.office365.com","addresses":["127.0.0.11","127.0.0.12"]}, {"id":"dns-alias","aliases":["edge.example"]}

curl -X PUT -H 'content-type: application/json' -d '{"faults":[{"id":"closed","service":"imap"}]}' <this>/faults/127.0.0.1
`;
