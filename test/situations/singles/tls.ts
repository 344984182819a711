import { ALL, SERVICES } from '../site.ts';
import { single, type Situation } from '../situation.ts';

const untrusted = { cause: 'tls.untrusted', owner: 'proxy', items: 'X6' } as const;
const expired = { cause: 'tls.expired', owner: 'proxy', items: 'X6' } as const;
const otherName = { cause: 'tls.other-name', owner: 'network', items: 'X6' } as const;
const failed = { cause: 'tls.failed', owner: 'network', items: 'X6' } as const;
const cut = { cause: 'tls.cut', owner: 'network', items: 'X6' } as const;
const trusted = { cause: 'tls.other-issuer', owner: 'proxy', items: 'X6' } as const;

/** TLS that fails, or that ends at somebody else. */
export const OF_TLS: readonly Situation[] = [
  single('an inspector opens the IMAP of svc01', ['svc01'], 'IMAP is inspected', untrusted),
  single('an inspector opens the SMTP of app02', ['app02'], 'SMTP is inspected', untrusted),
  single('an inspector opens the POP3 of svc02', ['svc02'], 'POP3 is inspected', untrusted),
  single('an inspector opens the sign-in of app01', ['app01'], 'the sign-in host is inspected', untrusted),
  single('an inspector opens all TLS of app03', ['app03'], 'all TLS is inspected', untrusted),
  single('an inspector opens all TLS of everybody', ALL, 'all TLS is inspected', untrusted),
  single('an inspector opens the IMAP of services servers', SERVICES, 'IMAP is inspected', untrusted),
  single(
    'app02 trusts the inspector of all its TLS',
    ['app02'],
    'all TLS is inspected by whom it trusts',
    trusted,
  ),
  single('svc01 trusts the inspector of its IMAP', ['svc01'], 'IMAP is inspected by whom it trusts', trusted),
  single(
    'app03 trusts the inspector of its sign-in',
    ['app03'],
    'the sign-in host is inspected by whom it trusts',
    trusted,
  ),
  single('everybody trusts the inspector of all TLS', ALL, 'all TLS is inspected by whom it trusts', trusted),
  single(
    'svc02 is shown an expired certificate at IMAP',
    ['svc02'],
    'the certificate of IMAP has expired',
    expired,
  ),
  single(
    'app01 is shown an expired certificate at SMTP',
    ['app01'],
    'the certificate of SMTP has expired',
    expired,
  ),
  single(
    'all are shown an expired certificate at the sign-in host',
    ALL,
    'the certificate of the sign-in host has expired',
    expired,
  ),
  single(
    'svc01 is shown a certificate for another name at IMAP',
    ['svc01'],
    'the certificate of IMAP is for another name',
    otherName,
  ),
  single(
    'app02 is shown a captive portal at the sign-in host',
    ['app02'],
    'the certificate of the sign-in host is for another name',
    otherName,
  ),
  single(
    'app03 is shown a certificate for another name at SMTP',
    ['app03'],
    'the certificate of SMTP is for another name',
    otherName,
  ),
  single(
    'app03 is shown a self-signed certificate at the sign-in host',
    ['app03'],
    'the certificate of the sign-in host is self-signed',
    untrusted,
  ),
  single(
    'svc02 is shown a self-signed certificate at IMAP',
    ['svc02'],
    'the certificate of IMAP is self-signed',
    untrusted,
  ),
  single('svc01 meets TLS 1.1 at IMAP', ['svc01'], 'IMAP speaks TLS 1.1 at most', failed),
  single('app01 meets TLS 1.1 at SMTP', ['app01'], 'SMTP speaks TLS 1.1 at most', failed),
  single(
    'app02 meets TLS 1.1 at the sign-in host',
    ['app02'],
    'the sign-in host speaks TLS 1.1 at most',
    failed,
  ),
  single(
    'the TLS handshake of svc02 with IMAP is reset',
    ['svc02'],
    'the TLS handshake of IMAP is reset',
    cut,
  ),
  single(
    'the TLS handshake of app03 with SMTP is reset',
    ['app03'],
    'the TLS handshake of SMTP is reset',
    cut,
  ),
  single(
    'the TLS handshake of app03 with the sign-in host is reset',
    ['app03'],
    'the TLS handshake of the sign-in host is reset',
    cut,
  ),
  single('the TLS handshake of everybody with POP3 is ended', ALL, 'the TLS handshake of POP3 is ended', cut),
  single(
    'the TLS handshake of svc01 with IMAP stalls',
    ['svc01'],
    'the TLS handshake of IMAP is not answered',
    cut,
  ),
  single(
    'the TLS handshake of app01 with the sign-in host stalls',
    ['app01'],
    'the TLS handshake of the sign-in host is not answered',
    cut,
  ),
  single('large packets of svc02 are lost', ['svc02'], 'no TLS handshake is answered, and greetings are', {
    cause: 'tls.black-hole',
    owner: 'network',
    items: 'X6',
  }),
  single(
    'the TLS handshake of services servers with the sign-in host is reset',
    SERVICES,
    'the TLS handshake of the sign-in host is reset',
    cut,
  ),
  single('large packets of everybody are lost', ALL, 'no TLS handshake is answered, and greetings are', {
    cause: 'tls.black-hole',
    owner: 'network',
    items: 'X6',
  }),
];
