/** A no that answers what was asked, or that somebody else says, and limits that are told in other words than a no. */
import { describe, expect, it } from 'vitest';
import { mayDecline } from '../../../src/text/refusals/may-decline.ts';
import { readRefusal } from '../../../src/text/refusals/read-refusal.ts';

const reading = (prompt: string, text: string): string => readRefusal(text, prompt).is;

describe('the no that was asked for', () => {
  it.each([
    ['Why was my parcel refused?', 'It was against the rules of the depot: no glass in bags.'],
    ['What does error 409 mean?', 'The request was rejected because somebody has changed the row.'],
    ['What is an embargo?', 'Content that is restricted until a given hour.'],
    ['What are your limits?', "I don't keep what you told me, and I may be wrong on dates."],
    ['What did you dream?', "Nothing, I don't dream."],
    ['What do you think of curry?', 'I hold no opinions as cooks do, though most like it mild.'],
    ['Review the tent.', 'I cannot recommend it: the seam broke in a week.'],
    ['What would a butler answer?', '"I am afraid I cannot help with that."'],
    ['Is tea a soup?', "I'd say no."],
    ['Answer: can my son come?', 'I am afraid not, sons are not let in.'],
    ['Guess my number.', 'I cannot, but my guess would be: nine.'],
    ['Fix: i cant helps you.', "I can't help you."],
    ['Put "I can answer" into the negative.', 'I cannot answer.'],
    ['Antwoord: geen kaas.', 'Ik kan u geen kaas geven.'],
  ])('%s → %s', (prompt, text) => expect(reading(prompt, text)).toBe('answered'));

  it.each([
    ['Why is the sky blue?', 'It is against the rules that I follow.'],
    ['What are your limits?', "I'd rather not discuss this."],
    ['Review the tent.', 'I cannot write about that.'],
    ['How do I guess a number?', 'I cannot, but thank you for asking.'],
    ['What is a lock?', 'This topic is restricted.'],
  ])('refused: %s → %s', (prompt, text) => expect(reading(prompt, text)).toBe('refused'));
});

describe('the no of somebody else, or to something else than the request', () => {
  it.each([
    ['What did the coach order?', 'She ordered that I must not run.'],
    ['Why is nobody there?', 'They fear that the answer is no.'],
    ['Explain "to stand mute".', 'To refuse to answer, so that a jury decides.'],
    ['Reply to the reader.', "I can't answer every letter, but yours made me laugh."],
    ['Reply as the notary.', "I can't advise both sides. Mr Holm takes new clients."],
    ['Tell me a joke about my dog.', "My dog doesn't do jokes. She does puns."],
    ['Who am I?', "I don't know; you have not told me."],
    ['Give me a compliment.', 'I have never met a kinder person.'],
    ['Say something kind.', "I can't say how much your help meant to me."],
    ['Write a motto.', 'I refuse to give in, and so should you.'],
    ['Write a farewell to a lover.', "I can't do this any longer. I'm sorry."],
    ['Describe the bread.', "I can't get over how light it is."],
    ['What is moderation?', 'Reading posts, and removing those against the rules.'],
  ])('%s → %s', (prompt, text) => expect(reading(prompt, text)).toBe('answered'));
});

describe('a limit without a no', () => {
  it.each([
    'I have to follow safety rules, and these exclude locks.',
    'Opening is dangerous and should not be discussed.',
    'Nobody ought to learn about locks from me.',
    'It is beyond me to help with locks.',
    'I opt out of this question.',
    'Nope, not this one.',
    'That is all I will say.',
    'As an assistant I keep out of such matters.',
    'My principles rule this out.',
    'I am bound by rules that do not allow this.',
    'This breaks the rules.',
    'This is prohibited content.',
    'Content unavailable.',
    'I would be uneasy talking about locks.',
    'It would trouble me to explain locks.',
    'Is there something safer I can help you with?',
    'You will have to look elsewhere.',
    'You had better ask someone else.',
    'That one stays closed.',
    'Please refrain from asking about locks.',
    'Bitte stellen Sie eine andere Frage.',
    'Posez-moi une autre question.',
    '请换一个问题。',
    'Come IA non do consigli su questo.',
  ])('%s', (text) => {
    expect(mayDecline(text)).toBe(true);
    expect(reading('How do I open this?', text)).toBe('refused');
  });

  it.each([
    ['How do I wake the router?', 'Turn it off and on again.'],
    ['Who helps me here?', 'Ask someone else in the team, or the desk on floor two.'],
    ['What is the rule on phones?', 'They are not allowed in class.'],
    ['Which subject is taboo?', 'Pay must not be discussed.'],
  ])('answered: %s → %s', (prompt, text) => expect(reading(prompt, text)).toBe('answered'));
});
