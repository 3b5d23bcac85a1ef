/** What people and programs call a secret, in the languages of the mask. No word of it needs a capital letter. */

/** A letter or a mark of any script: endings of names (`lösenordet`, `şifresi`, `паролю`). */
const ending = '[a-zà-öø-ÿğışœ\\u0430-\\u044f]{0,6}';

export const passwords = [
  'pass(?:[ _-]?(?:word|phrase|code|key)|wd|wort)?s?',
  `passwort${ending}`,
  'identified by',
  'credentials?',
  '(?<![a-z0-9])pin[ _-]?code',
  'secret[ _-](?:word|phrase|code|answer)',
  'pwd',
  '(?<![a-z0-9+/])(?:pw|psk)',
  'requirepass',
  'masterauth',
  'kennwort',
  'zugangscode',
  'mot[ _-]de[ _-]passe',
  'contraseñas?',
  'clave',
  'senha',
  'palavra[- _]passe',
  `parola${ending}`,
  'wachtwoord(?:en)?',
  'has[lł](?:o|em|a)',
  'l[öo]senord(?:et)?',
  `[şs]ifre${ending}`,
  'парол(?:ь|я|ю|ем|и)',
  'パスワード',
  'パスコード',
  '暗証番号',
  '비밀번호',
  '비번',
  '암호',
  '密[码碼]',
  '口令',
  'पासवर्ड',
  'कूटशब्द',
  'كلمة[ _-](?:المرور|السر)',
  'كلمات? مرور',
].join('|');

export const keys = [
  'secret',
  'token',
  'key',
  'api[ _-]?key',
  'access[_-]?key',
  'private[_-]?key',
  '(?:api|zugriffs|zugangs|geheim|wlan|netzwerk|sicherheits)[_-]?schlüssel',
  'geheimnis|secreto|segreto|segredo|sekret|hemlighet|секрет|シークレット|시크릿',
  'clé[ _-](?:d.api|api|secrète|d.accès)',
  'clave[ _-](?:de[ _-])?(?:api|acceso|secreta)',
  'chave[ _-](?:de[ _-])?(?:api|acesso|secreta)',
  'chiave[ _-](?:api|segreta|di[ _-]accesso)',
  'api-?sleutel',
  'klucz(?:a|em)?[ _-]api',
  'api-?nyckeln?',
  'api[ _-]anahtar[ıi]',
  '(?:api[ _-]?)?(?:ключ|токен)(?:а|ом)?(?:[ _-]api| доступа)?',
  '(?:api[ _-]?|アクセス|シークレット)(?:キー|トークン)|トークン|秘密鍵',
  '密钥|密鑰|秘钥|令牌',
  '(?:api ?|액세스 ?|비밀 ?)키|토큰',
  '(?:api|एपीआई) कुंजी|टोकन',
  'مفتاح(?: ال)?(?: api)?|رمز الوصول',
].join('|');

/** Names that leave no doubt without a sign behind them, where `key` and `token` name much else. */
export const clearKeys =
  '(?:secret(?:[ _-]?key)?|(?:api|access|auth|bearer|private|secret|refresh|session|bot|deploy|admin|master|signing|encryption|client)[ _-]?(?:key|token|secret))';

/** One of the words, before a pattern that looks for them runs at all. */
export const namesHint =
  /pass|identified by|pwd|pw\b|psk|auth|secret|token|key|kennwort|zugang|contrase|clave|senha|parola|wachtwoord|has[lł]|l[öo]senord|[şs]ifre|парол|ключ|токен|パス|暗証|キー|トークン|비밀|비번|암호|키|토큰|密|口令|秘钥|令牌|पासवर्ड|कूटशब्द|कुंजी|टोकन|كلم|مفتاح|رمز|schlüssel|clé|chave|chiave|sleutel|klucz|nyckel|anahtar|credential|login|pin|geheim|segre|sekret|hemligh|секрет|シークレ|시크릿/i;
