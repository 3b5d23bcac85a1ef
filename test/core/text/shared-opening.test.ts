import { describe, expect, test } from 'vitest';
import { sharedOpenings } from '../../../src/text/shared-opening.ts';

const below = (texts: readonly string[], others?: number) =>
  sharedOpenings(texts, others).map((end, at) => texts[at]?.slice(end));

describe('the beginning that prompts have in common', () => {
  const template = 'Answer this mail kindly. Sign with "The team".\n\nMail:\n';
  const mails = ['Hi, my parcel is late.', 'Hi, where is my invoice?', 'Hi, the blue mug came broken.'];

  test('ends with a line, else with a colon, where one stands in it', () => {
    expect(below(mails.map((mail) => template + mail))).toEqual(mails);
    const tickets = ['Malik: dark mode', 'Mary: new card'].map((text) => `Summarise this ticket.\n\nFrom: ${text}`);
    expect(below(tickets, 1)).toEqual(['From: Malik: dark mode', 'From: Mary: new card']);
    expect(below(mails.map((mail) => `Answer this customer: ${mail}`))).toEqual(mails);
    expect(
      below(['谁会赢？', '天气如何？', '我很好。'].map((text) => `请把下面这段客户留言翻译成英语并保持语气：${text}`)),
    ).toEqual(['谁会赢？', '天气如何？', '我很好。']);
  });

  test('else ends with a whole word', () => {
    const texts = ['return', 'refund', 'repair'].map((word) => `How long may a customer ${word} the sheets?`);
    expect(below(texts)).toEqual(['return the sheets?', 'refund the sheets?', 'repair the sheets?']);
  });

  test('takes three prompts, whatever stands between them', () => {
    const [one = '', two = '', three = ''] = mails.map((mail) => template + mail);
    expect(sharedOpenings([one, 'What is new?', two])).toEqual([0, 0, 0]);
    expect(sharedOpenings([one, 'What is new?', two], 1)).toEqual([template.length, 0, template.length]);
    const end = template.length;
    expect(sharedOpenings([three, 'What is new?', one, 'Zebras?', two])).toEqual([end, 0, end, 0, end]);
  });

  test('is none where it is short, or where nothing follows it', () => {
    expect(sharedOpenings(mails)).toEqual([0, 0, 0]);
    const [one = '', two = ''] = mails.map((mail) => template + mail);
    expect(sharedOpenings([template, one, two])).toEqual([0, template.length, template.length]);
    expect(sharedOpenings([one, one, one])).toEqual([template.length, template.length, template.length]);
    expect(sharedOpenings([])).toEqual([]);
  });
});
