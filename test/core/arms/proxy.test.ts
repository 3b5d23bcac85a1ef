import { describe, expect, it } from 'vitest';
import { proxyAuthorization, proxyFor } from '../../../src/arms/wire/proxy.ts';

const to = (url: string, env: Record<string, string>): string | undefined => proxyFor(new URL(url), env)?.url.host;

describe('proxies', () => {
  it('go by the scheme of the address, and the lower-case name wins', () => {
    const env = { HTTP_PROXY: 'http://plain:1', HTTPS_PROXY: 'tunnel:2' };
    expect(to('http://api.example.com/v1', env)).toBe('plain:1');
    expect(to('https://api.example.com/v1', env)).toBe('tunnel:2');
    expect(to('https://api.example.com/v1', { ...env, https_proxy: 'http://lower:3' })).toBe('lower:3');
    expect(to('https://api.example.com/v1', { ...env, https_proxy: '' })).toBeUndefined();
    expect(to('https://api.example.com/v1', {})).toBeUndefined();
  });

  it.each([
    ['https://api.example.com/v1', 'api.example.com', true],
    ['https://api.example.com/v1', 'example.com', true],
    ['https://api.example.com/v1', '.example.com', true],
    ['https://api.example.com/v1', 'ample.com', false],
    ['https://api.example.com/v1', 'other.org, example.com', true],
    ['https://api.example.com/v1', 'example.com:443', true],
    ['https://api.example.com/v1', 'example.com:8443', false],
    ['https://api.example.com/v1', '*', true],
    ['https://10.0.0.7:8000/v1', '10.0.0.7', true],
    ['http://localhost:8000/v1', '', true],
    ['http://127.0.0.1:11434', '', true],
    ['http://[::1]:8000/v1', '', true],
  ])('%s with NO_PROXY=%s goes straight: %s', (url, list, straight) => {
    const env = { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1', NO_PROXY: list };
    expect(to(url, env) === undefined).toBe(straight);
  });

  it('send a login, and refuse what is no HTTP proxy', () => {
    expect(proxyAuthorization(new URL('http://me:p%40ss@p:1'))).toBe('Basic bWU6cEBzcw==');
    expect(() => to('http://a.example', { HTTP_PROXY: 'socks5://p:1' })).toThrow('HTTP_PROXY names no HTTP proxy');
  });
});
