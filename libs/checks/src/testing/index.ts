export * from './listen.ts';
export * from './scripts.ts';
export * from './test-ca.ts';
export * from './smtp-server.ts';
export * from './mailbox-servers.ts';
export * from './https-server.ts';
export * from './mail-host.ts';
export * from './silent-port.ts';
