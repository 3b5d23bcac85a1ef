/**
 * Secrets behind the name of a secret: `password: …`, `"apiKey": "…"`, `--token …`, `| Passwort | … |`. Inside quotation
 * marks or brackets the whole value goes, whatever it holds; outside it ends at a blank or where a setting begins.
 */
import type { Detector } from './detector.ts';
import { clearKeys, keys, namesHint, passwords } from './secret-names.ts';
import { highEntropy, isSecretValue } from './secret-value.ts';

/** What closes the name: `"password"`, `\"password\"`, `**Password`. */
const closed = '\\\\{0,8}["\'`”»*_]{0,3}';
const verbs = 'is|was|to|now|lautet|ist|war|auf|est|es|era|è|é|jest|to|är|это|будет|है|هي|هو|olarak';
const sign = `[ \\t]{0,3}(?::=|:(?!:)|[=：]|->(?![A-Za-z_])|=>)[*_]{0,3}[ \\t]{0,3}(?:[*_]{2,3})?|[ \\t]{0,40}\\|[ \\t]{0,3}|[ \\t]{1,3}(?:${verbs}):?[ \\t]{1,3}|[ \\t]?[はが是为為은는이가][ \\t]?|>`;

/** Opening mark, what the value does not hold, and the width; an escaped quotation mark belongs to the value. */
const wrapped = [
  '\\\\{1,8}"([^"\\\\\\n]{6,200})',
  '"((?:[^"\\\\\\n]|\\\\[^\\n]){6,200})',
  "'([^'\\n]{6,200})",
  '`([^`\\n]{6,200})',
  '[“„]([^”“\\n]{6,200})',
  '‘([^’\\n]{6,200})',
  '[«»][ \\u00a0\\u202f]?([^«»\\n]{6,200}?)[ \\u00a0\\u202f]?[«»]',
  '[「『]([^」』\\n]{6,200})',
  '\\[([^\\]\\n]{6,200})\\]',
  '\\{([^}\\n]{6,200})\\}',
  '\\(([^)\\n]{6,200})\\)',
  '<{1,3}(?!!\\[CDATA)([^<>\\n]{6,200})>',
  '<!\\[CDATA\\[((?:[^\\]\\n]|\\](?!\\])){6,200})',
].join('|');

/** No script without capital letters is typed as a password. A semicolon ends the value where a setting or nothing follows: `Password=…;Timeout=5`. */
const bare =
  '(?:[^\\s"\'\\\\;<>`“”|\\u0900-\\u097f\\u3001-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af\\uff0c\\uff1b]|;(?!\\s|$|[A-Za-z][\\w .]{0,40}=))';

const inQuotes = '(?:"([^"\\n]{6,200})|\'([^\'\\n]{6,200}))';

/** One of the groups of the pattern holds the value. */
const secret = (hint: RegExp, pattern: RegExp, valid: NonNullable<Detector['valid']>): Detector => ({
  kind: 'secret',
  hint,
  pattern,
  group: 0,
  quoted: true,
  valid,
});

/** Behind a name and a sign; with "password" also behind a dash, or alone on the next line (in YAML behind `|`). */
const bareValue = [
  `(?:${passwords})${closed}(?:${sign}|[ \\t]{1,3}[–—-][ \\t]{1,3})(${bare}{6,200})`,
  `(?:${passwords}|${clearKeys})${closed}[ \\t]{0,3}:[*_]{0,2}[ \\t]{0,3}(?:[|>][+-]?[ \\t]{0,3})?\\r?\\n[ \\t]{0,12}(${bare}{6,200})(?=[ \\t\\r]{0,3}(?:\\n|$))`,
  `(?:${keys})${closed}(?:${sign})(${bare}{8,200})`,
].join('|');

/** Programs that take a password on their command line: mysql -p…, sshpass -p '…', redis-cli -a …, curl -u user:… */
const programs = [
  '(?:mysql|mysqldump|mariadb|psql)\\b[^\\n]{0,200}?\\s-p',
  '(?:sshpass|hydra|docker|mongo|mongosh|cqlsh)\\b[^\\n]{0,200}?\\s-p[ \\t]{0,3}',
  '(?:sqlcmd|bcp|isql|tsql)\\b[^\\n]{0,200}?\\s-P[ \\t]{0,3}',
  'redis-cli\\b[^\\n]{0,200}?\\s-a[ \\t]{1,3}',
  `(?:curl|http|https|wget|smbclient|chpasswd)\\b[^\\n]{0,200}?\\s(?:-u|--user|-a|--auth|-U)[ \\t=]{1,3}["']?[^\\s:%"']{1,100}[:%]`,
  'htpasswd\\b[^\\n]{0,200}?\\s-[a-zA-Z]{0,4}b[a-zA-Z]{0,4}[ \\t]{1,3}(?:\\S{1,100}[ \\t]{1,3}){1,2}',
  'ldap(?:search|modify|add|passwd)\\b[^\\n]{0,200}?\\s-w[ \\t]{1,3}',
  'openssl\\b[^\\n]{0,200}?\\spass:',
  'net[ \\t]{1,3}user[ \\t]{1,3}\\S{1,60}[ \\t]{1,3}',
  '(?:az|docker|podman|helm|skopeo|heroku|oc)\\b[^\\n]{0,200}?\\slogin\\b[^\\n]{0,200}?\\s-p[ \\t]{1,3}',
].join('|');

/** `"credentials": {"user": "eva", "password": "…"}`: the name within is looked at by itself, and the rest stays. */
const nameWithin = new RegExp(`(?:${passwords}|${keys})\\\\{0,8}["'][ \\t]{0,3}[:=]`, 'i');
const isObject = (value: string, before: string): boolean => before.endsWith('{') && nameWithin.test(value);

/** In this order: what is inside a secret is not looked at again. */
export const namedSecrets: readonly Detector[] = [
  secret(
    namesHint,
    new RegExp(`(?:${passwords}|${keys})${closed}(?:${sign})(?:${wrapped})`, 'gi'),
    (value, before) => !isObject(value, before) && isSecretValue(value, before),
  ),
  // Without a sign between them only behind "password", in quotation marks: password "…".
  secret(
    namesHint,
    new RegExp(
      `(?:${passwords}|${clearKeys})[ \\t]{1,3}(?:${inQuotes}|“([^”\\n]{6,200})|«[ \\u00a0]?([^»\\n]{6,200}?)[ \\u00a0]?»)`,
      'gi',
    ),
    isSecretValue,
  ),
  secret(namesHint, new RegExp(`(?:${bareValue})`, 'gi'), isSecretValue),
  secret(
    /--[a-z-]{0,40}(?:pass|pwd|secret|token|key)/i,
    new RegExp(
      `--(?:[a-z]{1,20}-){0,3}(?:password|passwd|pass|passphrase|passcode|pwd|pw|secret|token|(?:api|access|auth)?(?:key|token))[ \\t]{1,3}(?:${inQuotes}|([^\\s"'-][^\\s"']{5,199}))`,
      'gi',
    ),
    highEntropy,
  ),
  // <add key="ApiKey" value="…" />, {"name": "DB_PASSWORD", "value": "…"}
  secret(
    /value["']?[ \t]?[=:]/i,
    new RegExp(`(?:${passwords}|${keys})["'][, \\t]{1,4}["']?value["']?[ \\t]{0,3}[=:][ \\t]{0,3}${inQuotes}`, 'gi'),
    isSecretValue,
  ),
  // <key>password</key><string>…</string>, <setting name="ApiKey"><value>…</value>, variable "token" { default = "…" }
  secret(
    /<(?:value|string)|default[ \t]*=/,
    new RegExp(
      `(?:${passwords}|${keys})(?:(?:["'][^<>\\n]{0,60}>|</\\w{1,20}>)\\s{0,20}<(?:value|string)>([^<>\\n]{6,200})|"\\s{0,4}\\{[^{}]{0,200}?default[ \\t]{0,12}=[ \\t]{0,3}${inQuotes})`,
      'gi',
    ),
    isSecretValue,
  ),
  // auth=('ann', '…'), HTTPBasicAuth("ann", "…")
  secret(
    /auth[ \t]{0,3}=[ \t]{0,3}\(|BasicAuth\(/i,
    new RegExp(`auth(?:[ \\t]{0,3}=[ \\t]{0,3})?\\([ \\t]{0,3}["'][^"'\\n]{1,80}["'],[ \\t]{0,3}${inQuotes}`, 'gi'),
    highEntropy,
  ),
  // The same on two lines: name: API_TOKEN / value: …
  secret(
    /value["']?[ \t]?:/i,
    new RegExp(
      `(?:${passwords}|${keys})["']?,?[ \\t]{0,3}\\r?\\n[ \\t]{0,40}["']?value["']?[ \\t]{0,3}:[ \\t]{0,3}(?:${inQuotes}|(${bare}{6,200}))`,
      'gi',
    ),
    isSecretValue,
  ),
  // Variables of a shell: set -x GH_TOKEN …, setx API_KEY …, ENV API_KEY …
  secret(
    /(?:TOKEN|KEY|SECRET|PASS(?:WORD|WD)?|PWD)[ \t]/,
    new RegExp(
      `(?:\\bset(?:x|env)?|\\bENV)[ \\t]{1,3}(?:-\\w{1,4}[ \\t]{1,3}){0,3}[A-Z_\\d]{0,40}(?:TOKEN|KEY|SECRET|PASS(?:WORD|WD)?|PWD)[ \\t]{1,3}(?:${inQuotes}|(${bare}{6,200}))`,
      'g',
    ),
    isSecretValue,
  ),
  // SetPassword('…'), ConvertTo-SecureString "…"
  secret(
    /password\(|SecureString/i,
    new RegExp(
      `(?:(?:set|with|change|reset|update|create|identify)_?password\\([ \\t]?|ConvertTo-SecureString(?:[ \\t]{1,3}-String)?[ \\t]{1,3})${inQuotes}`,
      'gi',
    ),
    highEntropy,
  ),
  // .netrc and settings without a sign: login ann password …; requirepass …; aws configure set aws_secret_access_key …
  secret(
    /login|requirepass|masterauth|access_key|passw|authtoken/i,
    new RegExp(
      `(?:login[ \\t]{1,3}\\S{1,100}\\s{1,8}password|^[ \\t]{0,8}(?:requirepass|masterauth)|aws_secret_access_key|user\\.password|_authToken|:passwo?rd)[ \\t]{1,3}(?:${inQuotes}|(${bare}{6,200}))`,
      'gim',
    ),
    highEntropy,
  ),
  secret(
    /\s-(?:p|P|a|u|w|b|U|-user|-auth)|pass:|net\s+user/,
    new RegExp(`\\b(?:${programs})(?:${inQuotes}|([^\\s"']{6,200}))`, 'g'),
    highEntropy,
  ),
];
