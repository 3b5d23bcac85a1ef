/** What programs, tools and settings write behind the name of a secret without telling one, and what they do tell. */
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/logs/redact/redact.ts';

function redacted(content: string): string {
  const [message] = createRedactor().redact({ messages: [{ role: 'user', content }] }).messages;
  return String(message?.content);
}

const kept: Readonly<Record<string, readonly string[]>> = {
  'a call': [
    'pairs.sort(key=operator.itemgetter(2))',
    'pairs.sort(key=itemgetter(2), reverse=True)',
    'max(pairs, key=itemgetter(0)).total2',
    'password = Column(String(128), nullable=True)',
    'secret = scrypt2(text, salt, n=14)',
    'token = base64.b32encode(row)',
    'credentials = standard_b64encode(both).decode("ascii")',
    'hashKey = PB_DS_V3F(r_val);',
    '$key = base64_encode($row["id3"]);',
    'appSecret = (0, env_2.readSetting)("APP") ?? null;',
    'var key = (0, tools_1.hash);',
    'the key: Term::ReadKey::ReadKey(0)',
  ],
  'a part of a list or a text': [
    'key = columns[14]',
    'token = token[2:-1]',
    'secret = pair[:32]',
    'login(credentials[0][1], pw)',
    'passwd=credentials[1], service=s',
    'key = _NAME2FIELD[short]',
  ],
  'a variable, a member, a type, a constant': [
    'const deployKey = win64api.RegDeployKey;',
    '_sort_key = _iso_8601_key',
    'def f(private_key: ed448.Ed448PrivateKey): ...',
    'var signKey = hexPKCS8TestKey',
    'pub key: [u8; 32],',
    'const DEPTH_PASS: 0x0B96;',
    'def open(self, pwd=None, *, force_zip64=False): ...',
    'PK_HasFlag(key->pk11Slot, key->pk11Id)',
    '#define x_set_private_key lib_ed25519_sha512_set_private_key',
    'This pass to modnames2paths: all of it',
    'peerPublicKey: "04ab68c1f27e90d35586aa0b1c2d3e4f"',
  ],
  'a text with a variable in it': [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of a program.
    'const key = `order:${id}:v3`;',
    'key = "order_%d_v3" % n',
    'key = f"order-{n}-v3"',
    `password: "{{ lookup('env', 'MAIL_PASS3') }}"`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of a shell.
    'postgres://${DB_USER}:${DB_PASS}@db:5432/x',
    'postgres://$DB_USER:$DB_PASS@db/x',
    '"ftp://{user}:{pw}@ftp.example.org"',
    'https://username:password@example.org/feed',
  ],
  'a list or an object': [
    '"key": {"interval": 120, "shown": ["one", "two"]}',
    'passwords: {"min": 10, "max": 72}',
    'key => { name => main_2, at => row_3 }',
    'key: {"row": "aB1", "line": 20}',
    '<Row key={index + 100} />',
  ],
  'another word, a name, a result': [
    '"donkey": {"age2": 12, "name": "Balthasar"}',
    'Turkey=85.3M! Whiskey: 12-Year-Old, 43%',
    'compass: N45°E2',
    '--- PASS: TestRotateKey512 (0.01s)',
    'PASS: tests/sign_in_test3.py::test_b2',
    'The shortcut key: Ctrl+Shift+F5',
    'encryption key: AES-256-GCM',
    'token: ERC-1155',
    "key: 'Enter3'",
    'token: "Hello2!"',
    'key: "2031-Q3"',
    'key: "i18n.button4.label"',
    'https://example.org/p/sk-orion-ssd-gold-p52-4tb-review',
    '<setting name="Password"><value>at least 12 characters</value></setting>',
    'variable "token" { default = "" }',
    'all passwords use UTF-8 for non-PKCS#12 files',
    '"id": "fc_1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f"',
  ],
};

describe('what tells no secret', () => {
  for (const [what, texts] of Object.entries(kept))
    it.each(texts)(`${what}: %s`, (text) => expect(redacted(text)).toBe(text));
});

/** Beside each of these rules: passwords that only begin as a call, a list, a variable or a word. */
const gone: readonly [text: string, secret: string][] = [
  ['password: R1ver(Bank)Stone#8', 'R1ver(Bank)Stone#8'],
  ['password: Winter(2031)', 'Winter(2031)'],
  ['password = k7(Tm)3{z}[9]', 'k7(Tm)3{z}[9]'],
  ['password: noneOf4Them!', 'noneOf4Them!'],
  ['password: true2Blue&Red', 'true2Blue&Red'],
  ['secret={H1lls&V4les!}', 'H1lls&V4les!'],
  ['"token": {"value": "q7Wd9Kx2Lm4Np6Rt", "ttl": 3600}', 'q7Wd9Kx2Lm4Np6Rt'],
  ['passwords: ["Gr4in&Hill5", "Sn0w&Pine7"]', 'Gr4in&Hill5'],
  ['token: "Tq4&Wn7!Xz"', 'Tq4&Wn7!Xz'],
  ['<key>password</key>\n  <string>Wald7See&Berg</string>', 'Wald7See&Berg'],
  ['<setting name="ApiKey" type="s"><value>8c1f7a3e5b9d2046c1f7a3e5</value>', '8c1f7a3e5b9d2046c1f7a3e5'],
  ['variable "api_token" {\n  type    = string\n  default = "8c1f7a3e5b9d2046c1f7a3e5"\n}', '8c1f7a3e5b9d2046c1f7a3e5'],
  ["get(url, auth=('eva', 'Wald7See&Berg'))", 'Wald7See&Berg'],
  ['new HTTPBasicAuth("eva", "Wald7See&Berg")', 'Wald7See&Berg'],
  [
    'https://api.telegram.org/bot6201845562:AAGk3Lq9Zx_Vb7Nm-2Rt5Yw8Pc1Df6Gj4Sf/getMe',
    'AAGk3Lq9Zx_Vb7Nm-2Rt5Yw8Pc1Df6Gj4Sf',
  ],
  ['The signing key 8c1f7a3e5b9d2046c1f7a3e58c1f7a3e leaked.', '8c1f7a3e5b9d2046c1f7a3e58c1f7a3e'],
  ['token: eva:q7wd9kx2lm4np6rt', 'q7wd9kx2lm4np6rt'],
  ['PASS: Gr8!Pine&Oak', 'Gr8!Pine&Oak'],
  ['postgres://shop:T4ble&Ch4ir@db/x', 'T4ble&Ch4ir'],
  ['Authorization: Token 8c1f7a3e5b9d2046c1f7a3e5', '8c1f7a3e5b9d2046c1f7a3e5'],
  ['{"Authorization": "ApiKey 8c1f7a3e5b9d2046c1f7a3e5"}', '8c1f7a3e5b9d2046c1f7a3e5'],
  ['authorization: 8c1f7a3e5b9d2046c1f7a3e5', '8c1f7a3e5b9d2046c1f7a3e5'],
  ['set -gx GH_TOKEN 8c1f7a3e5b9d2046c1f7a3e5', '8c1f7a3e5b9d2046c1f7a3e5'],
  ['setenv MAIL_PASSWORD "Gr8 Pine&Oak7"', 'Gr8 Pine&Oak7'],
  ['Der WLAN-Schlüssel: 7716-Qk3X-90Lw', '7716-Qk3X-90Lw'],
  ['il segreto: M4re&Mont1!', 'M4re&Mont1!'],
];

/** What stands beside the secret stays. */
it.each([
  ['{"credentials":{"user":"eva","password":"q7Wd9Kx2Lm4Np6Rt"},"tls":true}', 'q7Wd9Kx2Lm4Np6Rt'],
  ['secrets: {"region": "eu-1", "api_key": "q7Wd9Kx2Lm4Np6Rt"}', 'q7Wd9Kx2Lm4Np6Rt'],
  ['mail:\n  secret: |-\n    q7Wd9Kx2Lm4Np6Rt\n  port: 25', 'q7Wd9Kx2Lm4Np6Rt'],
  ['client_secret: >\n  q7Wd9Kx2Lm4Np6Rt8Sv\nuser: eva', 'q7Wd9Kx2Lm4Np6Rt8Sv'],
])('alone: %s', (text, secret) => {
  expect(redacted(text)).toBe(text.replace(secret, '[secret-1]'));
});

describe('what does', () => {
  it.each(gone)('%s', (text, secret) => {
    const found = redacted(text);
    for (let at = 0; at + 6 <= secret.length; at += 1) expect(found).not.toContain(secret.slice(at, at + 6));
    expect(redacted(found)).toBe(found);
  });
});
