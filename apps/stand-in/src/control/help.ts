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

curl -X PUT -H 'content-type: application/json' -d '{"faults":[{"id":"closed","service":"imap"}]}' <this>/faults/127.0.0.1
`;
