import { describe, expect, it } from 'vitest';
import { Cloud, DEVICE_PAGES } from '@mailpath/protocol';
import { isDevicePage, notMicrosofts } from './device-page.ts';

const site = (cloud: Cloud) => ({ cloud, targets: {} });
const PAGE = 'https://microsoft.com/devicelogin';

describe('the page to type a device code at', () => {
  it.each(Cloud.options.flatMap((cloud) => DEVICE_PAGES[cloud].map((page) => [cloud, page] as const)))(
    'is in the cloud %s %s, with or without a slash',
    (cloud, page) => {
      expect([page, `${page}/`].map((each) => isDevicePage(site(cloud), each))).toEqual([true, true]);
    },
  );

  it.each([
    ['worldwide', 'https://login.microsoftonline.com/common/oauth2/deviceauth'],
    ['gcc-high', 'https://login.microsoftonline.us/common/oauth2/deviceauth'],
    ['dod', 'https://login.microsoftonline.us/common/oauth2/deviceauth'],
    ['china', 'https://login.partner.microsoftonline.cn/common/oauth2/deviceauth'],
  ] as const)('is also that of the sign-in host of %s', (cloud, page) => {
    expect(isDevicePage(site(cloud), page)).toBe(true);
    expect(Cloud.options.filter((other) => isDevicePage(site(other), page))).toContain(cloud);
  });

  it('is that of the sign-in host which the site is set to, and of no other port of it', () => {
    const own = { cloud: 'worldwide' as const, targets: { login: { host: 'login.test', port: 8443 } } };
    expect(isDevicePage(own, 'https://login.test:8443/common/oauth2/deviceauth')).toBe(true);
    expect(isDevicePage(own, 'https://login.test/common/oauth2/deviceauth')).toBe(false);
    expect(isDevicePage(own, 'https://login.microsoftonline.com/common/oauth2/deviceauth')).toBe(false);
  });

  it.each([
    'https://login.evil.example/device',
    'http://microsoft.com/devicelogin',
    'https://microsoft.com.evil.example/devicelogin',
    'https://evil.example/https://microsoft.com/devicelogin',
    'https://microsoft.com@evil.example/devicelogin',
    'https://user:word@microsoft.com/devicelogin',
    'https://microsoft.com:8443/devicelogin',
    'https://microsoft.com/devicelogin?next=https://evil.example',
    'https://microsoft.com/devicelogin#x',
    'https://microsoft.com/devicelogin/../redirect',
    'https://microsoft.com/deviceloginus',
    'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    'https://xn--mcrosoft-c2a.com/devicelogin',
    'javascript:alert(1)',
    'devicelogin',
  ])('is not %s', (page) => {
    expect(isDevicePage(site('worldwide'), page)).toBe(false);
    expect(notMicrosofts(page)).toMatch(/no page of Microsoft's/);
  });

  it('of one cloud is none of another', () => {
    expect(Cloud.options.filter((cloud) => isDevicePage(site(cloud), PAGE))).toEqual(['worldwide']);
  });
});
