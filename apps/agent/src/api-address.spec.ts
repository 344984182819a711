import { describe, expect, it } from 'vitest';
import { readApiAddress, socketAddress } from './api-address.ts';

describe('the address of the API', () => {
  it.each([
    'https://mailpath.example.com',
    'http://127.0.0.1:3000',
    'http://localhost:3000',
    'http://[::1]:3000',
  ])('may be %s', (text) => {
    expect(readApiAddress(text, false).href).toBe(`${text}/`);
  });

  it('may be plain http elsewhere only when that is asked for, since the code would be readable on the way', () => {
    expect(() => readApiAddress('http://10.0.0.5:3000', false)).toThrow(
      '<url> "http://10.0.0.5:3000": http sends the enrolment code and every result unencrypted; use https, or add --insecure-http to accept that',
    );
    expect(readApiAddress('http://10.0.0.5:3000', true).port).toBe('3000');
  });

  it.each(['mailpath.example.com', 'ftp://a', '', 'https://'])('cannot be "%s"', (text) => {
    expect(() => readApiAddress(text, true)).toThrow(`<url> "${text}": write the API's address`);
  });

  it('holds no user, password or query', () => {
    expect(() => readApiAddress('https://a:b@c', false)).toThrow('without user, password');
    expect(() => readApiAddress('https://c/?token=1', false)).toThrow('without user, password');
  });

  it('gives the address of the conversation, also below a path', () => {
    expect(socketAddress(new URL('https://m.test')).href).toBe('wss://m.test/v1/agents/socket');
    expect(socketAddress(new URL('http://127.0.0.1:3000/mp/')).href).toBe(
      'ws://127.0.0.1:3000/mp/v1/agents/socket',
    );
  });
});
