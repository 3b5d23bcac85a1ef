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

  it('is what the user writes, not what the system text is written in', () => {
    const system = {
      role: 'system' as const,
      content: 'You answer customers of an invoicing app. Be polite and short.',
    };
    expect(promptLanguage([system, ...user('Warum wurde mir zweimal Geld abgebucht?')])).toBe('German');
    expect(promptLanguage([system, ...user('INV-2041')])).toBe('English');
  });
});
