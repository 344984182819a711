import { describe, expect, it } from 'vitest';
import { collectPins, readPin } from './pins.ts';

describe('the addresses an administrator gives for a name', () => {
  it('are read from host=address, in either family, whatever the case of the name', () => {
    expect(readPin('Outlook.Office365.com=52.97.1.2')).toEqual({
      host: 'outlook.office365.com',
      address: '52.97.1.2',
    });
    expect(readPin('a.example=[2603:1026::1]').address).toBe('2603:1026::1');
  });

  it.each([
    '',
    'a.example',
    'a.example=',
    '=1.2.3.4',
    '1.2.3.4=1.2.3.4',
    'a.example=b.example',
    'a b=1.2.3.4',
  ])('are refused as "%s", with how to write them', (text) =>
    expect(() => readPin(text)).toThrow('write a host name, = and an IP address'),
  );

  it('add up for one name, and take the place of what was kept for it', () => {
    const kept = { 'a.example': ['10.0.0.1'], 'b.example': ['10.0.0.2'] };
    expect(collectPins(['a.example=10.0.0.3', 'a.example=10.0.0.4'], kept)).toEqual({
      'a.example': ['10.0.0.3', '10.0.0.4'],
      'b.example': ['10.0.0.2'],
    });
  });
});
