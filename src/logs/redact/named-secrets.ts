/**
 * Secrets behind the name of a secret: `password: …`, `"apiKey": "…"`, `--token …`, `| Passwort | … |`. Inside quotation
 * marks or brackets the whole value goes, whatever it holds; outside it ends at a blank or where a setting begins.
 */
import type { Detector } from './detector.ts';
import { highEntropy, isSecretValue } from './secret-value.ts';

/** "Password" in the languages of the mask. */
const passwords = [
  'pass(?:word|wd|wort|phrase|code)?',
  'identified by',
  'pwd',
  'kennwort',
  'mot de passe',
  'contraseña',
  'senha',
  'palavra-passe',
  'parola',
  'wachtwoord',
  'has[lł]o',
  'l[öo]senord',
  '[şs]ifre',
  'парол[ья]',
  'パスワード',
  '비밀번호',
  '密[码碼]',
  '口令',
  'पासवर्ड',
  'كلمة (?:المرور|السر)',
].join('|');
const keys = 'secret|token|key|api[ _-]?key|access[_-]?key|private[_-]?key';

const hint =
  /pass|identified by|pwd|secret|token|key|kennwort|contrase|senha|parola|wachtwoord|has[lł]o|l[öo]senord|[şs]ifre|парол|パスワード|비밀번호|密[码碼]|口令|पासवर्ड|كلمة/i;

/** What closes the name: `"password"`, `\"password\"`, `**Password`. */
const closed = '\\\\{0,8}["\'`”»*_]{0,3}';
const verbs = 'is|was|to|lautet|ist|auf|est|es|è|é|jest|это';
const sign = `[ \\t]{0,3}(?::=|[:=：]|->|=>)[*_]{0,2}[ \\t]{0,3}|[ \\t]{0,40}\\|[ \\t]{0,3}|[ \\t]{1,3}(?:${verbs}):?[ \\t]{1,3}|[ \\t]?[は是为][ \\t]?|>`;

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
  '<([^<>\\n]{6,200})>',
].join('|');

/** A semicolon ends the value where a setting or nothing follows: `Password=…;Timeout=5`. */
const bare = '(?:[^\\s"\'\\\\;<>`“”|]|;(?!\\s|$|[A-Za-z][\\w .]{0,40}=))';

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

/** Behind a name and a sign; with "password" also behind a dash, or alone on the next line. */
const bareValue = [
  `(?:${passwords})${closed}(?:${sign}|[ \\t]{1,3}[–—-][ \\t]{1,3})(${bare}{6,200})`,
  `(?:${passwords})${closed}[ \\t]{0,3}:[*_]{0,2}[ \\t]{0,3}\\r?\\n[ \\t]{0,8}(${bare}{6,200})(?=[ \\t\\r]{0,3}(?:\\n|$))`,
  `(?:${keys})${closed}(?:${sign})(${bare}{8,200})`,
].join('|');

/** Programs that take a password on their command line: mysql -p…, sshpass -p '…', redis-cli -a …, curl -u user:… */
const programs = [
  '(?:mysql|mysqldump|mariadb|psql)\\b[^\\n]{0,200}?\\s-p',
  '(?:sshpass|hydra|docker|mongo|mongosh|cqlsh)\\b[^\\n]{0,200}?\\s-p[ \\t]{0,3}',
  'redis-cli\\b[^\\n]{0,200}?\\s-a[ \\t]{1,3}',
  `curl\\b[^\\n]{0,200}?\\s(?:-u|--user)[ \\t=]{1,3}["']?[^\\s:"']{1,100}:`,
].join('|');

/** In this order: what is inside a secret is not looked at again. */
export const namedSecrets: readonly Detector[] = [
  secret(hint, new RegExp(`(?:${passwords}|${keys})${closed}(?:${sign})(?:${wrapped})`, 'gi'), isSecretValue),
  // Without a sign between them only behind "password", in quotation marks: password "…".
  secret(
    hint,
    new RegExp(
      `(?:${passwords})[ \\t]{1,3}(?:${inQuotes}|“([^”\\n]{6,200})|«[ \\u00a0]?([^»\\n]{6,200}?)[ \\u00a0]?»)`,
      'gi',
    ),
    isSecretValue,
  ),
  secret(hint, new RegExp(`(?:${bareValue})`, 'gi'), isSecretValue),
  secret(
    /--[a-z-]{0,40}(?:pass|pwd|secret|token|key)/i,
    new RegExp(
      `--(?:[a-z]{1,20}-){0,3}(?:password|passwd|pass|pwd|secret|token|key)[ \\t]{1,3}(?:${inQuotes}|([^\\s"'-][^\\s"']{5,199}))`,
      'gi',
    ),
    highEntropy,
  ),
  // <add key="ApiKey" value="…" />, {"name": "DB_PASSWORD", "value": "…"}
  secret(
    /value["']?[ \t]?[=:]/i,
    new RegExp(
      `(?:password|passwd|pwd|secret|token|key)["'][, \\t]{1,4}["']?value["']?[ \\t]{0,3}[=:][ \\t]{0,3}${inQuotes}`,
      'gi',
    ),
    isSecretValue,
  ),
  secret(
    /password\(/i,
    new RegExp(`(?:set|with|change|reset|update|create)_?password\\([ \\t]?${inQuotes}`, 'gi'),
    highEntropy,
  ),
  secret(/\s-(?:p|a|u|-user)/, new RegExp(`\\b(?:${programs})(?:${inQuotes}|([^\\s"']{6,200}))`, 'g'), highEntropy),
];
