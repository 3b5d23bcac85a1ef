/** Secrets behind the names, signs and marks of many languages and tools; and what only looks like one. */
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/logs/redact/redact.ts';

function redacted(content: string): string {
  const [message] = createRedactor().redact({ messages: [{ role: 'user', content }] }).messages;
  return String(message?.content);
}

const secrets: readonly [text: string, secret: string, kept: string][] = [
  ["client secret: 'p@ss,w0rd)x;1' goes live", 'p@ss,w0rd)x;1', 'goes live'],
  ['Mein Passwort lautet „Kat3r&Maus!“ und nichts sonst', 'Kat3r&Maus!', 'und nichts sonst'],
  ['password « Ch4t;n0ir(9) » puis', 'Ch4t;n0ir(9)', 'puis'],
  ['private_key: "aa\\"bb9;Kk2!" end of it', 'bb9;Kk2!', 'end of it'],
  ["{'passwd': 'Zu7&mi,Ko)1', 'host': 'h1'}", 'Zu7&mi,Ko)1', "'host': 'h1'"],
  ['{"apiKey":"W3r;Ty(Ui)9o","n":2}', 'W3r;Ty(Ui)9o', '"n":2'],
  ['{"credentials":{"accessToken":"r4T[y]U8,iO"},"next":1}', 'r4T[y]U8,iO', '"next":1'],
  ['"{\\\\\\"token\\\\\\": \\\\\\"Gh7&jK,l0Q\\\\\\"}" twice', 'Gh7&jK,l0Q', 'twice'],
  ['Passwort: Bl4u&Gr3un!7 bitte ändern', 'Bl4u&Gr3un!7', 'bitte ändern'],
  ['senha=C4f3&Le1te! fim', 'C4f3&Le1te!', 'fim'],
  ['wachtwoord: Fi3ts&B3l!2 klaar', 'Fi3ts&B3l!2', 'klaar'],
  ['пароль: Сн3г&Лёд!9x ок', 'Сн3г&Лёд!9x', 'ок'],
  ['パスワード：Sak3&Ram3n!1 です', 'Sak3&Ram3n!1', 'です'],
  ['hasło: Zi3lony&Sm0k! koniec', 'Zi3lony&Sm0k!', 'koniec'],
  ['my passphrase was 0cean&W4ve#3 yesterday', '0cean&W4ve#3', 'yesterday'],
  ['secret key => nM3,bV4;cX5!', 'nM3,bV4;cX5!', 'secret key'],
  ['parola: K1rm1z1&Elm4! tamam', 'K1rm1z1&Elm4!', 'tamam'],
  ["auth token: password = 'Xy7!Zw8&'", 'Xy7!Zw8&', ''],
  ['passwd: <Gr4in&Fi3ld!>', 'Gr4in&Fi3ld!', ''],
  ['pwd=(St0ne&Br1ck!) done', 'St0ne&Br1ck!', 'done'],
  ['**Password:** `Wh1te&Bl4ck?1`', 'Wh1te&Bl4ck?1', ''],
  ['| Password | Qu1ck&Br0wn!5 |\n| Port | 22 |', 'Qu1ck&Br0wn!5', '| Port | 22 |'],
  ["export DB_PASSWORD='L1on&T1ger;8'\necho ok", 'L1on&T1ger;8', 'echo ok'],
  ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzKEYabcd', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzKEYabcd', ''],
  ['curl -u ann:M1lk&H0ney!4 https://api.example.org', 'M1lk&H0ney!4', 'https://api.example.org'],
  ['redis://:Sp1ce&Rack!6@cache.example.org:6379/0', 'Sp1ce&Rack!6', 'cache.example.org:6379/0'],
  ['spring.datasource.password=N1ght&D4y!3\nserver.port=80', 'N1ght&D4y!3', 'server.port=80'],
  ['<add key="ApiKey" value="Op3n&Sh4t!2" />', 'Op3n&Sh4t!2', ''],
  ["sshpass -p 'R0ck&R0ll!77' ssh ann@host", 'R0ck&R0ll!77', 'ssh'],
  ['Authorization: Basic YW5uOlMzY3IzdCZQYXNzIQ==', 'YW5uOlMzY3IzdCZQYXNzIQ==', 'Authorization'],
  [
    'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3kL5mN7pQ==;EndpointSuffix=core.windows.net',
    'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3kL5mN7pQ==',
    'EndpointSuffix=core.windows.net',
  ],
  ['psql "host=db user=ann password=Su6ar&Sp1ce! dbname=shop"', 'Su6ar&Sp1ce!', 'dbname=shop'],
  ['--password Tr1ck&Tre4t!9 --verbose', 'Tr1ck&Tre4t!9', '--verbose'],
  ['//registry.example.org/:_authToken=abCD12efGH34ijKL56', 'abCD12efGH34ijKL56', 'registry.example.org'],
  ['Login: ann / Password: Win7er&Sn0w! – bitte nicht teilen', 'Win7er&Sn0w!', 'bitte nicht teilen'],
  ['The Wi-Fi passcode is “Lem0n(Tree)42”.', 'Lem0n(Tree)42', 'The Wi-Fi passcode is'],
  ['DATABASE_URL=mysql://root:R00t!Pa55@127.0.0.1/shop', 'R00t!Pa55', '127.0.0.1/shop'],
  [
    '{"env":[{"name":"DB_PASSWORD","value":"Fl0wer&P0wer;1"},{"name":"PORT","value":"80"}]}',
    'Fl0wer&P0wer;1',
    '"PORT"',
  ],
  ['client_secret=h4Q~8k.L2m_N9p-R5s&grant_type=x', 'h4Q~8k.L2m_N9p-R5s', ''],
  ['set api-key to "Zt5&Rk9,Wq1" please', 'Zt5&Rk9,Wq1', 'please'],
  ['pass: Gr8!Day4U ok', 'Gr8!Day4U', 'ok'],
  ['Username: ann\nPassword:\nT1ck&T0ck!9\nBye', 'T1ck&T0ck!9', 'Bye'],
  ['token="a1B2;c3D4,e5F6" # rotate', 'a1B2;c3D4,e5F6', '# rotate'],
  ['X-Api-Key: 9f8E7d6C5b4A3f2E', '9f8E7d6C5b4A3f2E', 'X-Api-Key'],
  ['ftp://bob:S3a&Sh0re@ftp.example.org/in', 'S3a&Sh0re', 'ftp.example.org/in'],
  ['redis-cli -a R3d&Blu3!4 ping', 'R3d&Blu3!4', 'ping'],
  ['password: "two words 4nd M0re" fin', 'two words 4nd M0re', 'fin'],
  ['wifi pwd – Ham&3ggs!7 – share', 'Ham&3ggs!7', 'share'],
  ["SetPassword('Cl0ud&Sk7!');", 'Cl0ud&Sk7!', ''],
  ["identified by 'D4ta&B4se!'", 'D4ta&B4se!', 'identified by'],
  ['密码：Ch4&Shui!9 谢谢', 'Ch4&Shui!9', '谢谢'],
  ['Kennwort = <B3rg&T4l!5>', 'B3rg&T4l!5', ''],
  ['<property name="password">K3y&L0ck!8</property>', 'K3y&L0ck!8', '</property>'],
  ['Pwd=A;b9!Cd2Ef;Database=x', 'A;b9!Cd2Ef', 'Database=x'],
  ['secret-token: {Br1ght&D4rk}', 'Br1ght&D4rk', ''],
  ['hydra -l ann -p M00n&St4r!1 host', 'M00n&St4r!1', 'host'],
];

const harmless: readonly string[] = [
  'Password strength: very weak',
  'secret = os.environ["APP_SECRET"]',
  'password: <your password here>',
  'Token: expired',
  'The secret is to rest the dough.',
  'api_key: {{ secrets.API_KEY }}',
  'key: C major',
  'tokens: 4096, max_tokens: 512',
  'password = None',
  'password: xxxxxxxx',
  'Das Passwort muss geändert werden.',
  'key = lambda row: row[1]',
  'password: string;',
  'token = await getToken()',
  'SECRET_KEY = "changeme"',
  'The password is case-sensitive.',
  'password: string (min 8)',
  'The password is at least 12 characters (A-Z, a-z, 0-9).',
  'cache key: user:42:profile-v2',
  'token limit: 128K, key: A4',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a shell.
  'password=$DB_PASS1 token=${T0KEN_X}',
  '| Key | Value2024-A |',
  'key: "user_id_2024"',
  'const token = tokens[i + 1];',
  'password: process.env.DB_PASSWORD_2',
  'secret: projects/12/secrets/db/versions/3',
  'key = hashlib.sha256(data).hexdigest()',
  'Passwort: siehe Ticket ABC-1234',
  'token: <TOKEN_1>',
  'password is required (error E1042)',
  '--token-limit 4096 --key-file /etc/k1.pem',
  'const password = generatePassword({ length: 16 });',
  "password = input('Password 1: ')",
  'the token is <|endoftext|>',
  'https://example.com/reset?token=YOUR_TOKEN',
  'password: {{ secrets.DB2 }}',
  'passphrase: <password-1>',
  'secret: [hidden 1]',
  'password: /run/secrets/db_password2',
  'token = op://Private/db3/password',
  'DB_PASSWORD = settings.DB_PASSWORD_3',
  'password: varchar(128) NOT NULL',
  'Password = self.password_4',
  '{"password": "at least 10 characters, 2 digits"}',
  "password='rotated on 2031-05-02'",
  'password: Uint8Array, salt: Uint8Array',
  'connect("mongodb://host:1234/db?authSource=admin&connectTimeoutMS=300000")',
  'API key: arn:aws:secretsmanager:eu-west-3:210987654321:secret:db',
  'access key: https://vault.example.org/item/42a',
  'Log in at https://id.example.org/reset#step2 within 24 hours.',
  'The password policy is: 12 characters, 1 digit, 1 symbol.',
  'Passwort: 12 Zeichen, 1 Ziffer, 1 Sonderzeichen',
  'key-of-the-north-tower-and-gate-2024 was lost',
  'Order key: KX-7742-B, colour C#2',
  'access key: see 1Password, entry "AWS prod 2"',
  'Your password works on Windows10! Try Office365?',
  'sign in with OAuth2 (PKCE+S256) on page A4',
];

/** Between their name and them stand other words, or their name stands behind them. */
const spoken: readonly [text: string, secret: string, kept: string][] = [
  ['Das Passwort für das Gäste-WLAN lautet Nebel#Wald5k, bitte weitergeben.', 'Nebel#Wald5k', 'bitte weitergeben.'],
  ['La contraseña del router es Lun4$Mar, gracias', 'Lun4$Mar', 'gracias'],
  ['Il login: la password di casa = S0le_Luna! da ieri', 'S0le_Luna!', 'da ieri'],
  ['Hasło do panelu to R0wer&Most2 od jutra', 'R0wer&Most2', 'od jutra'],
  ['Mitt lösenord är F1sk&Hav!', 'F1sk&Hav!', 'lösenord är'],
  ['Kamera şifresi: Kum!73deniz', 'Kum!73deniz', 'Kamera'],
  ['Мой пароль Reka#2031n, логин oleg', 'Reka#2031n', 'логин oleg'],
  ['社内のパスワードは「Momiji!55kk」です。', 'Momiji!55kk', '」です。'],
  ['공유기 비밀번호는 Bada#num31 입니다', 'Bada#num31', '입니다'],
  ['路由器密码是Yun7nan&Cha，谢谢', 'Yun7nan&Cha', '，谢谢'],
  ['मेरा पासवर्ड है Gang4&Jal7', 'Gang4&Jal7', 'मेरा'],
  ['كلمة المرور هي Bahr!2031x', 'Bahr!2031x', 'كلمة المرور'],
  ['Log in with Kp4#vNm8 as your password, then press Save.', 'Kp4#vNm8', 'then press Save.'],
  ['Zugangsdaten: eva / Moos#Pfad6 – danke', 'Moos#Pfad6', '– danke'],
  ['the auth token 0a9b8c7d6e5f40312233445566778899 was sent', '0a9b8c7d6e5f40312233445566778899', 'was sent'],
  ['Server=db;User Id=eva;Password=Regen0schirm&3xYz!;Timeout=5', 'Regen0schirm&3xYz!', ';Timeout=5'],
  ['API key:\nQx7;Rt8,Uv9\nThanks', 'Qx7;Rt8,Uv9', 'Thanks'],
  ['with client secret "Jd4,Kf5&Lg6" again', 'Jd4,Kf5&Lg6', 'again'],
  ['<input name="passphrase" value="Mh7{Nj}8Pk">', 'Mh7{Nj}8Pk', 'passphrase'],
  ['secret: Hx1-Jy2-Kz3-Lw4', 'Hx1-Jy2-Kz3-Lw4', 'secret'],
  ['clé_API = "Wq5&Er6;Ty7"', 'Wq5&Er6;Ty7', 'clé_API'],
  ['app --apikey Ft5/gH6+jK7=l run', 'Ft5/gH6+jK7=l', 'run'],
  ['pass phrase: "green 5Sheep& roof, 8z" works', 'green 5Sheep& roof, 8z', 'works'],
  ['We went from Tq4#Wn7x to other keys, I mean the password.', 'Tq4#Wn7x', 'I mean the password.'],
  ['token = <<Pq6&Sw3!>>', 'Pq6&Sw3!', 'token'],
  ['password: ***T0wer&Bel1***', 'T0wer&Bel1', 'password'],
  ['<Password><![CDATA[K2<l3>&M4]]></Password>', 'K2<l3>&M4', '</Password>'],
  ['sqlcmd -S db -U sa -P St0ne&Wa11! -Q "select 1"', 'St0ne&Wa11!', 'select 1'],
  ['- name: API_TOKEN\n  value: Dw9&Co8;Nl\n- name: PORT', 'Dw9&Co8;Nl', '- name: PORT'],
  ['{\n  "name": "DB_PASSWORD",\n  "value": "Ex3;Dp4&Om"\n}', 'Ex3;Dp4&Om', '"name"'],
  ['machine ftp.example.org login eva password St3g&Ufer7', 'St3g&Ufer7', 'login eva'],
  ['ConvertTo-SecureString "Kl4r&Text!6" -AsPlainText', 'Kl4r&Text!6', '-AsPlainText'],
  ['Cookie: lang=en; sessionid=p9x7q2m5v8b1n4z6c0k3; theme=light', 'p9x7q2m5v8b1n4z6c0k3', 'theme=light'],
  ['https://7b1c2d3e4f50617283940a1b2c3d4e5f@o12.ingest.example.org/77', '7b1c2d3e4f50617283940a1b2c3d4e5f', '/77'],
];

/** The shape of the key tells it: nothing else in the text does. */
const shaped: readonly string[] = [
  'xai-9Lq2Kp7RtVw3XyB5nCd8GhJ4sQa6Te1Uo0Ii2Pp3Nn',
  'pplx-1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d',
  'r8_Qb3Nm7Kq1Wz9Xc5Lp2Rt8Yh4Gf6Ds0Aj3Ux',
  '6201845562:AAGk3Lq9Zx_Vb7Nm-2Rt5Yw8Pc1Df6Gj4Sf',
  'hvs.CAESIK7kQm2Lx9Vb4Nz8Rt3Yw6Pc1Df5Gh0Jt',
  'key-5bx6xnjp29jd6fds4gc373sgvjxteol1',
  'dckr_pat_8Kq2LmPz9RtVw3XyB5nCd7GhJ4t',
  'ntn_592915730Kq2LmPz9RtVw3XyB5nCd8GhJ4',
  'lin_api_Lq2LmPz9RtVw3XyB5nCd8GhJ4sQa6Te1',
  'figd_Lq2LmPz9RtVw3XyB5nCd8GhJ4sQa6Te1Uo0',
  'MTA5NzI4MzQ1NjEyMzQ1Njc4OQ.GkQ9Lx.wB3nM7zR1tY5wP8cD2fG6hJ0sQaTe',
  'AGE-SECRET-KEY-1ZYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQS7G4XZ',
  'sk-or-v1-4f9a1c7e5b2d4e809a610d7c8b9e2f14aa55bb66',
  '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',
  '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',
  'AQ.Ab9Kq2LmPz9RtVw3XyB5nCd8GhJ4sQa6Te1Uo0Ii2Pp3',
  'fc-4f9a1c7e5b2d4e809a610d7c8b9e2f14',
  'sq0csp-Kq2LmPz9RtVw3XyB5nCd8G',
  'EAAB9Kq2LmPz9RtVw3XyB5nCd8GhJ4sQa6Te1Uo0Ii2Pp3NnLm4',
  '4f9a1c7e5b2d4e809a610d7c8b9e2f14-us7',
  'fo1_Kq2LmPz9RtVw3XyB5nCd8GhJ4sQa6Te1Uo0Ii',
  'k2L8Q~Pz9RtVw3XyB5nCd8GhJ4sQa6Te1Uo0Ii2P',
  'AKCp5Kq2LmPz9RtVw3XyB5nCd8GhJ4sQa6Te1Uo0Ii2Pp3NnLm4Kq2LmPz9RtVw3Xy',
  'sl.B7Kq2LmPz9RtVw3XyB5nCd8GhJ4sQa6Te1Uo0Ii2Pp3NnLm4Kq2LmPz9RtVw3',
  'patKq2LmPz9RtVw3X.4f9a1c7e5b2d4e809a610d7c8b9e2f144f9a1c7e5b2d4e809a610d7c8b9e2f14',
];

/** Every run of six characters. */
const sixes = (text: string): string[] => Array.from({ length: text.length - 5 }, (_, at) => text.slice(at, at + 6));

describe('a secret behind its name', () => {
  it.each(secrets)('%s', (text, secret, kept) => {
    const found = redacted(text);
    for (const six of sixes(secret)) expect(found).not.toContain(six);
    expect(found).toContain(kept);
    expect(redacted(found)).toBe(found);
  });
});

describe('a secret among the words of a sentence', () => {
  it.each(spoken)('%s', (text, secret, kept) => {
    const found = redacted(text);
    for (const six of sixes(secret)) expect(found).not.toContain(six);
    expect(found).toContain(kept);
    expect(redacted(found)).toBe(found);
  });
});

describe('a key with a shape of its own', () => {
  it.each(shaped)('%s', (key) => {
    expect(redacted(`We got a 401 with ${key} today.`)).toBe('We got a 401 with [secret-1] today.');
  });

  it('goes out of a PGP block', () => {
    const block = '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGX3Kq0B\n=Ab1C\n-----END PGP PRIVATE KEY BLOCK-----';
    expect(redacted(`a\n${block}\nb`)).toBe('a\n[secret-1]\nb');
  });
});

it('a secret that its name gives away in one message goes out of the others too', () => {
  const { messages } = createRedactor().redact({
    messages: [
      { role: 'user', content: 'I tried Qz7!Wald&Hut and it failed.' },
      { role: 'assistant', content: 'What is it?' },
      { role: 'user', content: 'password: Qz7!Wald&Hut' },
    ],
  });
  expect(messages.map(({ content }) => content)).toEqual([
    'I tried [secret-1] and it failed.',
    'What is it?',
    'password: [secret-1]',
  ]);
});

describe('a name of a secret without one', () => {
  it.each(harmless)('%s', (text) => expect(redacted(text)).toBe(text));
});
