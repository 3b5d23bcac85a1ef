/** What stands in the place of a secret without being one: a placeholder, a reference, code that reads it, a remark. */
import { isExpression, isNameOfThing, isTemplate } from './program-text.ts';

const brackets: Readonly<Record<string, string>> = { '{': '}', '[': ']', '<': '>', '(': ')' };

/** Words, with at most four digits behind one and signs between: `token_v2`, ` secrets.DB1 `, `hidden 1`. */
const words =
  /^[\s.:_-]{0,4}[a-z]{2,20}(?:[\s._:-]{1,3}[a-z]{1,20}\d{0,4}|[\s._:-]{1,3}\d{1,4}|\d{1,2}(?![a-z\d]))*[\s.:_-]{0,4}$/i;

/** `{{ token_v2 }}`, `<password-1>`, `[hidden 1]`; one that a bracket was taken from already: `{token_v2`. */
function isBracketed(value: string): boolean {
  const [open = ''] = value;
  if (!(open in brackets)) return false;
  const inner = value.replace(/^[{[<(%#$ ]{1,4}/, '').replace(/[}\]>)% ]{1,4}$/, '');
  return words.test(inner);
}

const starts = [
  '\\$|%|[{<]%|#\\{|<',
  'process\\.env|env\\.|os\\.|your|example|e\\.g\\.|z\\. ?b\\.',
  'x{3,}|\\*{3,}|•{3,}|\\.{3}',
  '\\[?secret-\\d|\\[secret|(?:null|none|undefined|true|false)(?![a-z\\d])',
  '!(?:secret|vault|ref|sub|getatt)\\b',
  '@microsoft\\.keyvault',
  // Where it lies: an address, a store, a file.
  '(?:https?|file|op|vault|arn|kms|ssm|sm|ref\\+\\w{1,20}|secretref|env|awskms|gcpkms|keychain)(?:\\+\\w{1,20})?:',
  // Commands that print it.
  '(?:cat|pass|op|vault|aws|gcloud|kubectl|openssl|pwgen|echo|head|tr|base64|security|bw)\\s',
  // Types of a column or a field.
  '(?:big)?u?(?:int|float)\\d{1,3}|(?:var)?char\\d?\\(\\d|n?varchar\\(|text\\b|string\\b|str\\b|optional[[<]',
].join('|');
const begins = new RegExp(`^(?:${starts})`, 'i');

/** `TOKEN_1`. */
const constant = /^[A-Z]{2,}[A-Z0-9]*(?:_[A-Z0-9]+)+[.,;:]?$/;
/** `hashlib.sha256(data).hexdigest()`, `input('…')`, `user["password2"]`. */
const call =
  /^[A-Za-z_]\w*(?:\.\w+)+\(|\(\)[;,.]?$|^(?:await |new )?[A-Za-z_]\w{0,40}(?:\.\w{1,40}){0,4}[([]["'\w]*["']?[)\]]?[;,.]?$/;
const isCall = (value: string): boolean => call.test(value) && /^[a-z_]+\.\w|\(\)|["']|^(?:await|new) /i.test(value);
/** `config.apiKey2`, `self.password_2`: parts of a program. */
const member =
  /^(?:this|self|config|cfg|settings|options|opts|args|argv|params|props|req|request|body|ctx|env|environ|secrets|vars?|data|user|process|app|creds?|credentials)(?:\??\.[A-Za-z_]\w{0,40}){1,4}[;,.)]?$/i;
/** `/run/secrets/db_password1`, `~/.ssh/id_rsa2`, `./keys/id_ed25519`. */
const path = /^(?:~|\.{1,2})?\/[\w.-]{1,40}(?:\/[\w.-]{1,40}){1,8}[.,;:]?$/;

/** Words of remarks about a secret, which nobody has in a pass phrase: "at least 12 characters", "rotated on 2026-05-01". */
const remark =
  /(?:^|\s)(?:of|in|on|at|to|is|see|as|the|until|per|min\.?|max\.?|least|characters?|chars?|digits?|letters|symbols?|zeichen|ziffern?|caract[eè]res|caratteri|tekens|znak[ióo]w?|tecken|karakter|символ(?:ов|а)|required|valid|expired|expires|rotated|reset|changed|wrong|error|missing|not)(?=[\s(,.;:!]|$)|^(?:required|wrong|invalid|missing|expired) \(/i;

/** `user:password`, `${USER}:${PASS}`, `{user}:{pw}` in front of the host of an address. */
const spokenLogin =
  /:(?:\$\{[^{}]+\}|\$[A-Z_][A-Z\d_]*|\$\([^()]*\)|\{{1,2}[\w. ]+\}{1,2}|%s|%\(\w+\)s|\*{3,}|x{3,}|(?:(?:your|my)[-_]?)?(?:pass(?:word|wd|wort)?|pwd|pw|secret|token|hidden|redacted))$/i;
export const isPlaceholderLogin = (login: string): boolean => spokenLogin.test(login);

/** `before`: the text in front of the value, which may have taken its bracket. */
export function isPlaceholder(whole: string, before = ''): boolean {
  const value = whole.replace(/[.,;:]{1,2}$/, '');
  if (/[<[{]$/.test(before) && words.test(value) && !/[a-z]\d.*[A-Z]/.test(value)) return true;
  return (
    begins.test(value) ||
    isBracketed(value) ||
    constant.test(value) ||
    isCall(value) ||
    member.test(value) ||
    isExpression(value) ||
    isTemplate(value) ||
    isNameOfThing(value) ||
    (path.test(value) && !/[A-Za-z\d]{14}/.test(value)) ||
    (/\s/.test(value) && remark.test(value))
  );
}
