import { describe, expect, it } from 'vitest';
import { promptLanguage } from '../../../src/checks/prompt-language.ts';

const user = (content: string) => [{ role: 'user' as const, content }];

describe('the language of a prompt', () => {
  it.each([
    ['What is the capital of France?', 'English'],
    ['Summarise this ticket for the next shift.', 'English'],
    ['When will you support electronic invoices?', 'English'],
    ['Extract name, email and seats as JSON.', 'English'],
    ['Translate into German: Good morning', 'English'],
    ['how do i cancel my plan', 'English'],
    ['Can I delete a customer?', 'English'],
    ['Do you support SEPA debit?', 'English'],
    ['How many users are in the team plan?', 'English'],
    ['Wie ist das Wetter in Berlin?', 'German'],
    ['Schreibe eine kurze Antwort auf diese Beschwerde.', 'German'],
    ['Bitte fasse zusammen: Kunde wartet seit Montag auf Rückruf.', 'German'],
    ['Wann kommt mein Paket?', 'German'],
    ['Quelle est la capitale de la France ?', 'French'],
    ['Résume ce message en une phrase.', 'French'],
    ['¿Cómo cancelo mi suscripción?', 'Spanish'],
    ['Escribe una respuesta breve para el cliente.', 'Spanish'],
    ['Como posso cancelar a minha assinatura?', 'Portuguese'],
    ['Come posso annullare il mio abbonamento?', 'Italian'],
    ['Hoe kan ik mijn abonnement opzeggen?', 'Dutch'],
    ['Jak mogę anulować subskrypcję?', 'Polish'],
    ['Как мне отменить подписку? Это срочно, вы обещали.', 'Russian'],
    ['Як скасувати підписку? Дякую', 'Ukrainian'],
    ['請問如何取消訂閱？', 'Chinese'],
    ['解約するにはどうすればいいですか？', 'Japanese'],
    ['구독을 어떻게 취소하나요?', 'Korean'],
    ['كيف يمكنني إلغاء اشتراكي في هذه الخدمة من التطبيق؟', 'Arabic'],
    ['मैं अपनी सदस्यता कैसे रद्द कर सकता हूँ?', 'Hindi'],
    ['Aboneliğimi nasıl iptal edebilirim?', 'Turkish'],
  ])('%s', (prompt, language) => {
    expect(promptLanguage(user(prompt))).toBe(language);
  });

  it.each(['', '42 + 17', 'xkcd 8123', 'OK', '{"a": 1}', 'https://example.org/the/of/and'])(
    'is not known of %j',
    (prompt) => {
      expect(promptLanguage(user(prompt))).toBeUndefined();
    },
  );

  // Real kinds of short prompts: orders, SQL, code, names, product words, tickets.
  it.each([
    'Add a column',
    'Add a to-do',
    'Rename a file to b',
    'a to z index',
    'Do a dry run',
    'to do: a, i, o',
    'Is it OK to do a backup to a NAS?',
    'Compare a Toyota, a Honda, a Mazda and a Kia',
    'SELECT a, b FROM t',
    'SELECT name FROM users WHERE id = 4',
    'select i.id, o.total from i join o',
    'INSERT INTO orders VALUES (1, 2)',
    'UPDATE t SET a = 1',
    'DELETE FROM de_orders',
    'DROP TABLE la',
    'SELECT se.id FROM se',
    'ALTER TABLE do ADD na int',
    'Fix: for (let i = 0; i < n; i++)',
    'const a = await b.do()',
    'def a(se, na): pass',
    'git rebase -i HEAD~3',
    'rm -rf ./dist',
    'npm i -g pm2',
    'kubectl get po -n prod',
    'docker run -it alpine',
    'chmod a+x run.sh',
    'regex for a zip code',
    'cron: every 5 min',
    'HTTP 502 on POST /v1/me',
    'TypeError: x is not a function',
    'El Niño',
    'El Niño winter forecast',
    'Los Angeles to Las Vegas',
    'La Roche-Posay SPF 50',
    'Robert De Niro films',
    'Die Hard plot',
    'Le Creuset 24 cm',
    'Das Boot review',
    'Dolce & Gabbana',
    'Nestlé share price',
    'Citroën C3 2019',
    'Müller yogurt',
    'São Paulo weather',
    'Häagen-Dazs',
    'Beyoncé tour dates',
    'Zoë Kravitz',
    'Škoda Octavia',
    'Lech Wałęsa',
    'Dvořák 9',
    'iPhone 15 Pro',
    'Nike Air Max 90',
    'VAT for DE and FR',
    'Invoice INV-2041',
    'Order 5521 lost',
    'Refund me',
    'Cancel plan',
    'Where is my parcel',
    'PDF export broken',
    'Reset 2FA',
    'Seats: 3, plan: Team',
  ])('is none but English for the short English prompt %j', (prompt) => {
    expect([undefined, 'English']).toContain(promptLanguage(user(prompt)));
  });

  it.each([
    ['Wo ist mein Paket?', 'German'],
    ['Bitte kündigen Sie meinen Vertrag', 'German'],
    ['Warum ist die Rechnung falsch?', 'German'],
    ['Schreib mir eine Absage', 'German'],
    ['Ich brauche eine Rechnung', 'German'],
    ['Wie exportiere ich alle Rechnungen?', 'German'],
    ['Où est mon colis ?', 'French'],
    ['Je veux annuler ma commande', 'French'],
    ['Traduis ce texte pour le client', 'French'],
    ['Comment changer mon mot de passe ?', 'French'],
    ['Ma facture est fausse', 'French'],
    ['Résume ce ticket en une phrase', 'French'],
    ['Gdzie jest moja paczka?', 'Polish'],
    ['Proszę o fakturę', 'Polish'],
    ['Jak mogę zmienić hasło?', 'Polish'],
    ['Dlaczego nie mogę się zalogować?', 'Polish'],
    ['Napisz odpowiedź dla klienta', 'Polish'],
    ['Paketim nerede, lütfen?', 'Turkish'],
    ['Şifremi nasıl değiştirebilirim?', 'Turkish'],
    ['Faturam neden yanlış?', 'Turkish'],
    ['Bu bileti özetle', 'Turkish'],
    ['Lütfen aboneliğimi iptal et', 'Turkish'],
  ])('of the short prompt %j is %s', (prompt, language) => {
    expect(promptLanguage(user(prompt))).toBe(language);
  });

  it.each(['250g Mehl\n1 Päckchen Backpulver\n3 Eier', '250g Mehl, 3 Eier', 'Straße gesperrt', '2 tasses de café'])(
    'of rules in English is not taken for that of %j',
    (prompt) => {
      const system = { role: 'system' as const, content: 'You turn ingredient lists into JSON. Return only the JSON.' };
      expect(promptLanguage([system, ...user(prompt)])).not.toBe('English');
    },
  );

  it('is what the user writes, not what the system text is written in', () => {
    const system = {
      role: 'system' as const,
      content: 'You answer customers of an invoicing app. Be polite and short.',
    };
    expect(promptLanguage([system, ...user('Warum wurde mir zweimal Geld abgebucht?')])).toBe('German');
    expect(promptLanguage([system, ...user('INV-2041')])).toBe('English');
    expect(promptLanguage([system, ...user('200 g flour\na pinch of salt')])).toBe('English');
  });

  describe('below a template that many prompts begin with', () => {
    const template = 'Answer this customer mail in a friendly and short way.\n\nMail:\n';
    const below = (text: string, opening = template) => promptLanguage(user(opening + text), opening.length);

    it('is that of the words that follow it', () => {
      expect(below('Ich habe eine falsche Größe bestellt. Kann ich sie umtauschen?')).toBe('German');
      expect(below('Je voudrais savoir où est mon colis, il devait arriver lundi.')).toBe('French');
      expect(below('Das Zimmer war sauber, aber das WLAN fiel dauernd aus.')).toBe('German');
      expect(below('Review: Das Zimmer war sauber, aber das WLAN fiel dauernd aus.')).toBe('German');
      expect(below('Здравствуйте, где мой заказ?')).toBe('Russian');
      expect(below('My parcel has not arrived. Where is it?', 'Übersetze diese Mail ins Deutsche, bitte kurz:\n')).toBe(
        'English',
      );
    });

    it.each([
      'lamp, paper shade, 45 cm, E27 bulb',
      'Casa de la Playa, 2 nights',
      'room 12, die cut, el paso',
      'order 9034',
      'M. Rossi',
      'a la carte menu, 12 items',
      '{"id": 7}',
    ])('stays that of the template where %j tells none', (text) => {
      expect(below(text)).toBe('English');
    });
  });
});
