/**
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY as other programs read them; the lower-case names win. Node 20 does not honour
 * them itself. Addresses of this machine are always reached directly.
 */
import { isLoopback } from './hosts.ts';

type Env = Record<string, string | undefined>;

export interface ProxyRoute {
  url: URL;
  /** The variable that names it. */
  variable: string;
}

const named = (env: Env, name: string): { variable: string; value: string } | undefined => {
  const variable = [name.toLowerCase(), name].find((one) => env[one] !== undefined);
  const value = variable === undefined ? '' : (env[variable]?.trim() ?? '');
  return variable === undefined || value === '' ? undefined : { variable, value };
};

/** Undefined where `url` is reached directly. Throws a TypeError for a proxy that is no URL. */
export function proxyFor(url: URL, env: Env): ProxyRoute | undefined {
  if (isLoopback(url.host)) return undefined;
  const found = named(env, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (found === undefined || isExcepted(url, named(env, 'NO_PROXY')?.value ?? '')) return undefined;
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(found.value) ? found.value : `http://${found.value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy && (proxy.protocol === 'http:' || proxy.protocol === 'https:'))
    return { url: proxy, variable: found.variable };
  throw Object.assign(new TypeError(`${found.variable} names no HTTP proxy`), { code: 'EPROXY' });
}

/** For the plan: which proxy the requests to this address go through. */
export function proxyNotes(baseURL: string, env: Env): string[] {
  const route = URL.canParse(baseURL) ? proxyFor(new URL(baseURL), env) : undefined;
  return route === undefined ? [] : [`through the proxy ${route.url.host} (${route.variable})`];
}

/** `*`, `host`, `.host` and `host:port`, between commas or blanks; a host stands for its subdomains too. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const wanted = port || (protocol === 'https:' ? '443' : '80');
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', only] = /^(\[[^\]]*\]|[^:]*(?=:\d+$)|.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (only !== undefined && only !== wanted) return false;
      const bare = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
      return bare !== '' && (host === bare || host.endsWith(`.${bare}`));
    });
}

/** `Basic …` where the proxy's URL holds a login. */
export function proxyAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
}
