import { describe, expect, it } from 'vitest';
import { hostOf, isNamed } from './named-host.ts';

describe('the name by which a browser came', () => {
  it.each([
    ['mailpath.example.com', true],
    ['Mailpath.Example.com:8025', true],
    ['localhost:8025', true],
    ['127.0.0.1:8025', true],
    ['[::1]:8025', true],
    ['rebound.evil.example:8025', false],
    ['mailpath.example.com.evil.example', false],
    ['0x7f.1', false],
    ['[evil]', false],
    ['', false],
  ])('%j is ours: %s', (authority, ours) => {
    expect(isNamed(hostOf(authority), 'https://mailpath.example.com/base')).toBe(ours);
  });
});
