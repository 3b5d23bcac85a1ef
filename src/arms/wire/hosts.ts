/** Where prompts go: this machine or another. */
import { type Where, whereOf } from '../../records/arm-where.ts';

/** True for 127.0.0.0/8, ::1 and localhost; `host` may carry a port. */
export function isLoopback(host: string): boolean {
  const name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d+$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** True for the address ranges that only a network of one's own has. */
export function isPrivate(host: string): boolean {
  const name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d+$/, '');
  return (
    /^(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./.test(name) ||
    /^f[cd][0-9a-f]{2}:|^fe80:/i.test(name) ||
    /\.(?:local|internal|lan)$/i.test(name)
  );
}

/**
 * A hosted provider at an address of this machine or of one's own network is a proxy such as LiteLLM, which passes
 * prompts on and bills for them.
 */
export const mayPassOn = (arm: { where?: Where; provider: string; host: string | null }): boolean =>
  arm.host !== null && whereOf(arm) === 'hosted' && (isLoopback(arm.host) || isPrivate(arm.host));

const quotes = /^["']+|["']+$/g;

/**
 * The address in OLLAMA_HOST as Ollama's own client reads it (ollama envconfig/config.go, `Host`): default port 11434,
 * 80 and 443 with a scheme, a wrong port gives the default, a bind-all address means this machine.
 */
export function ollamaHost(value: string | undefined): string {
  const text = (value ?? '').trim().replace(quotes, '').trim();
  const cut = text.indexOf('://');
  const scheme = cut < 0 ? 'http' : text.slice(0, cut).toLowerCase();
  const rest = cut < 0 ? text : text.slice(cut + 3);
  if (cut < 0 && rest === 'ollama.com') return 'https://ollama.com:443';
  const slash = rest.indexOf('/');
  const hostPort = slash < 0 ? rest : rest.slice(0, slash);
  const path = slash < 0 ? '' : rest.slice(slash).replace(/\/+$/, '');
  const defaultPort = cut < 0 ? '11434' : scheme === 'https' ? '443' : scheme === 'http' ? '80' : '11434';
  const { host, port } = splitHostPort(hostPort);
  const wanted = port !== undefined && /^\d{1,5}$/.test(port) && Number(port) <= 65535 ? port : defaultPort;
  return `${scheme === 'https' ? 'https' : 'http'}://${reachable(host)}:${wanted}${path}`;
}

function splitHostPort(text: string): { host: string; port?: string } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) return { host: bracketed[1] ?? '', ...(bracketed[2] !== undefined && { port: bracketed[2] }) };
  // More than one colon without brackets is a bare IPv6 address.
  const colon = text.indexOf(':');
  if (colon < 0 || text.indexOf(':', colon + 1) >= 0) return { host: text };
  return { host: text.slice(0, colon), port: text.slice(colon + 1) };
}

/** 0.0.0.0 and :: are addresses to listen on. */
function reachable(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
