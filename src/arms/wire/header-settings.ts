/** `headers` and `headersEnv` of an arm: extra headers of every request, the second ones from the environment. */
import { userError } from '../../errors.ts';
import type { ArmConfig } from '../arm.ts';

/** What the connection or the body decides. */
const ours = ['host', 'connection', 'content-length', 'content-type', 'transfer-encoding', 'accept-encoding'];
const secret = /^(?:authorization|proxy-authorization|cookie|.*(?:api-?key|token|secret|password).*)$/i;

type Settings = Pick<ArmConfig, 'name' | 'headers' | 'headersEnv'>;

/** Values of `headersEnv` are secrets. Throws a user error that names the key of the config. */
export function headersOf(
  { name, headers = {}, headersEnv = {} }: Settings,
  env: Record<string, string | undefined>,
): { headers: Record<string, string>; secrets: string[] } {
  const given: Record<string, string> = {};
  const secrets: string[] = [];
  for (const [header, value] of Object.entries(headers)) {
    refuseName(name, 'headers', header);
    if (secret.test(header)) throw writtenDown(name, header);
    given[header.toLowerCase()] = usable(name, `headers.${header}`, value);
  }
  for (const [header, variable] of Object.entries(headersEnv)) {
    refuseName(name, 'headersEnv', header);
    const value = env[variable]?.trim();
    if (!value)
      throw userError(
        'no-header-value',
        `arm ${name}: headersEnv.${header} names ${variable}, which is not set.`,
        `export ${variable}=…`,
      );
    secrets.push(value);
    given[header.toLowerCase()] = usable(name, `headersEnv.${header} (${variable})`, value);
  }
  return { headers: given, secrets };
}

function refuseName(arm: string, key: string, header: string): void {
  const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(header);
  if (token && !ours.includes(header.toLowerCase())) return;
  const why = token ? 'is set by the connection itself' : 'is no name of a header';
  throw userError('bad-header', `arm ${arm}: ${key}.${header} ${why}.`, `take it out of ${key}`);
}

function usable(arm: string, key: string, value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return value;
  throw userError(
    'bad-header',
    `arm ${arm}: ${key} holds a character that no header can carry.`,
    'write it with the characters of ASCII',
  );
}

/** run.json keeps `headers`. */
const writtenDown = (arm: string, header: string) =>
  userError(
    'secret-in-config',
    `arm ${arm}: headers.${header} looks like a key, and the config is kept in the run folder.`,
    `put it into an environment variable: headersEnv: {${header}: VARIABLE}`,
  );
