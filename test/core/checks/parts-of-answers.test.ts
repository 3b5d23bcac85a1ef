import { describe, expect, it } from 'vitest';
import { askedForm } from '../../../src/checks/suggest-checks.ts';

const limits = (text: string): string[] =>
  askedForm(text).flatMap(({ check }) => (check.startsWith('max') ? [check] : []));

describe('a limit of words', () => {
  it.each([
    ['Answer in at most 40 words.', 'maxWords:40'],
    ['Reply to the customer. Keep it under 60 words.', 'maxWords:60'],
    ['Summarise the ticket for a colleague (max 25 words).', 'maxWords:25'],
    ['Write a summary of no more than 50 words.', 'maxWords:50'],
    ['Keep each answer under 80 words.', 'maxWords:80'],
    ['Write a tweet of at most 280 characters.', 'maxCharacters:280'],
  ])('is of the whole answer: %s', (text, check) => {
    expect(limits(text)).toEqual([check]);
  });

  it.each([
    'Label the message with one of refund, product, and give a reason of at most eight words.',
    'Write a mail with a subject line of no more than 8 words and a friendly body.',
    'Give a title (max 10 words) and three key points.',
    'Return JSON with label and reason (at most 12 words).',
    'List the steps, each with at most 15 words.',
    'Write three sentences of at most 20 words each.',
    'Reason: at most 8 words. Then the label.',
    'Answer in full, with up to 10 words for the title.',
    'Give the product name in at most 60 characters and its category.',
    'Name three risks, no more than ten words per item.',
  ])('is of a part, and no check of the answer: %s', (text) => {
    expect(limits(text)).toEqual([]);
  });
});
