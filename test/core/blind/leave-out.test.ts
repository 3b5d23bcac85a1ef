import { describe, expect, it } from 'vitest';
import { createScreen, frameText } from '../../../src/blind/screen/screen.ts';
import { languageWords, openingOf, type PromptKind } from '../../../src/blind/session/leave-out.ts';
import { reduce, startSession } from '../../../src/blind/session/reduce.ts';
import type { Effect, SessionState } from '../../../src/blind/session/state.ts';
import { hasImage, promptBlocks, promptSummary } from '../../../src/blind/shown-text.ts';
import { ticketBallot } from '../../helpers/sample-ballots.ts';

const kinds = (english: number, german: number, unknown = 0, images = 0): PromptKind[] => [
  ...Array.from({ length: english }, () => ({ language: 'English', image: false })),
  ...Array.from({ length: german }, () => ({ language: 'German', image: false })),
  ...Array.from({ length: unknown }, () => ({ image: false })),
  ...Array.from({ length: images }, () => ({ language: 'English', image: true })),
];

function firstPage(prompts: readonly PromptKind[], size = { columns: 80, rows: 24 }) {
  let state: SessionState = startSession('maria', 0, { introduces: true, toCome: { prompts, leftOut: [] } }).state;
  const wanted: Effect[] = [];
  const on = (event: Parameters<typeof reduce>[1]): void => {
    const next = reduce(state, event);
    state = next.state;
    wanted.push(...next.effects);
  };
  const atMost = prompts.length;
  on({ type: 'ballot', at: 1, ballot: ticketBallot, progress: { number: 1, atMost, voted: 0 } });
  return {
    state: () => state,
    wanted,
    on,
    press: (...keys: string[]) => {
      for (const key of keys) on({ type: 'key', at: 2, key });
    },
    text: () => frameText(createScreen().draw(state, size)).join('\n'),
  };
}

describe('the first page', () => {
  it('names the languages, the most frequent first, and how many are unknown', () => {
    const page = firstPage(kinds(21, 2, 1));
    expect(page.text()).toContain('Prompt languages: English 21, German 2. Language not recognised: 1 prompt.');
    expect(page.text()).toContain('Press l to leave some out.');
  });

  it('shows which prompt it is where a language has one only', () => {
    const opening = openingOf([{ role: 'user', content: 'Wie kündige ich\nmein Konto bei Ihnen?' }]);
    const german = { language: 'German', image: false, opening };
    expect(languageWords({ prompts: [...kinds(21, 0), german], leftOut: [] })).toBe(
      'Prompt languages: English 21, German 1 ("Wie kündige ich mein Ko…").',
    );
    expect(languageWords({ prompts: [...kinds(21, 0), german, german], leftOut: [] })).toBe(
      'Prompt languages: English 21, German 2.',
    );
  });

  it('offers no choice where there is one language, and does nothing on its key', () => {
    const page = firstPage(kinds(24, 0));
    expect(page.text()).toContain('Prompt languages: English 24.');
    expect(page.text()).not.toContain('leave some out');
    page.press('l');
    expect(page.state().phase).toBe('start');
    expect(page.text()).toContain('"l" does nothing here.');
  });

  it('says on a small screen too that a key does nothing', () => {
    const page = firstPage(kinds(21, 2, 1), { columns: 60, rows: 20 });
    page.press('y');
    expect(page.text()).toContain('"y" does nothing here. Enter begins.');
  });

  it('stands on 80 × 24 with everything that it says', () => {
    const lines = firstPage(kinds(21, 2, 1))
      .text()
      .split('\n');
    for (const words of [
      'f  LEFT better',
      '"Unusable" means',
      'Each key saves one vote',
      'Prompt languages',
      'Press Enter to begin',
    ])
      expect(lines.join('\n')).toContain(words);
    expect(lines.filter((line) => line !== '').length).toBeLessThanOrEqual(24);
  });
});

it('stands behind how many records of the log the prompts are', () => {
  const records = 'The log had 13 records, 11 different prompts.';
  const toCome = { prompts: kinds(11, 0), leftOut: [], notes: [records] };
  const start = startSession('maria', 0, { introduces: true, toCome }).state;
  const at = { type: 'ballot', at: 1, ballot: ticketBallot, progress: { number: 1, atMost: 11, voted: 0 } } as const;
  const page = frameText(createScreen().draw(reduce(start, at).state, { columns: 80, rows: 24 })).join('\n');
  expect(page).toContain(records);
});

it('puts each note on a line of its own where there is room, and breaks no option in two', () => {
  const seen =
    "maria: 24 of 25 ballots show you two answers that you have already seen with their models' names. Such a vote only repeats an earlier one. Let somebody else vote (--rater NAME).";
  const toCome = { prompts: kinds(11, 2), leftOut: [], notes: ['Your file had 13 records.', seen] };
  const start = startSession('maria', 0, { introduces: true, toCome }).state;
  const at = { type: 'ballot', at: 1, ballot: ticketBallot, progress: { number: 1, atMost: 13, voted: 0 } } as const;
  const { state } = reduce(start, at);
  const page = (columns: number, rows: number): string[] =>
    frameText(createScreen().draw(state, { columns, rows })).map((line) => line.trim());
  const wide = page(110, 32);
  expect(wide).toContain('Your file had 13 records.');
  expect(wide.filter((line) => /^(?:maria: |Prompt languages: )/.test(line))).toHaveLength(2);
  for (let columns = 50; columns <= 120; columns += 1) expect(page(columns, 32).join('\n')).not.toMatch(/--rater$/m);
  // Without the room, one paragraph: nothing is left out.
  expect(page(80, 24).join(' ')).toMatch(/Your file had 13 records\.\s+maria: .*Prompt languages: English 11/);
});

describe('the choice of what to leave out', () => {
  it('saves it, shows the first page again, and asks for the first ballot again', () => {
    const page = firstPage(kinds(21, 2));
    page.press('l');
    expect(page.text()).toMatch(/1 {2}\[ \] English, 21 prompts\n.*2 {2}\[ \] German, 2 prompts/);
    expect(page.text()).toContain('They are no skips.');
    expect(page.text()).toMatch(/1 to 2 {2}mark, or take the mark away/);
    page.press('2');
    expect(page.text()).toContain('[x] German');
    expect(page.text()).toContain('To be left out: German.');
    page.press('enter');
    expect(page.wanted).toEqual([{ type: 'leave-out', names: ['German'] }]);
    page.on({ type: 'appended', at: 3, n: 1 });
    expect(page.wanted.at(-1)).toEqual({ type: 'next' });
    page.on({ type: 'ballot', at: 4, ballot: ticketBallot, progress: { number: 1, atMost: 21, voted: 0 } });
    expect(page.state().phase).toBe('start');
    expect(page.text()).toContain('Prompt languages: English 21. Left out: German 2.');
    page.press('enter');
    expect(page.state().phase).toBe('ballot');
    page.press('l');
    expect(page.state().phase).toBe('ballot');
  });

  it('leaves something to read, goes back with Esc, and saves nothing that is as before', () => {
    const page = firstPage(kinds(3, 2));
    page.press('l', '1', '2');
    expect(page.text()).toContain('Keep some prompts to read.');
    expect(page.state().leaveOut).toEqual(['English']);
    page.press('escape');
    expect(page.state()).toMatchObject({ phase: 'start', leaveOut: undefined });
    page.press('l', '2', '2', 'enter');
    expect(page.state().phase).toBe('start');
    expect(page.wanted).toEqual([]);
  });

  it('keeps the choice on the page when it cannot be saved', () => {
    const page = firstPage(kinds(3, 2));
    page.press('l', '2', 'enter');
    page.on({ type: 'failed', at: 3, message: 'the disk is full' });
    expect(page.state()).toMatchObject({ phase: 'leave-out', leaveOut: ['German'] });
    expect(page.text()).toContain('the disk is full');
    page.press('enter');
    expect(page.wanted).toHaveLength(2);
  });

  it('has images as a row, where a terminal cannot show them', () => {
    const page = firstPage(kinds(4, 0, 0, 2));
    expect(page.text()).toMatch(/2 prompts have images, which only the voting page\s+shows\./);
    page.press('l');
    expect(page.text()).toContain('1  [ ] 2 prompts with images');
    page.press('1', 'enter');
    expect(page.wanted).toEqual([{ type: 'leave-out', names: ['images'] }]);
  });
});

describe('an image in a prompt', () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const content = (value: object) => [
    { type: 'text' as const, text: 'What is in this picture?' },
    { type: 'media' as const, media: 'image', value: value as never },
  ];
  const user = (value: object) => [{ role: 'user' as const, content: content(value) }];

  it.each([
    ['OpenAI, chat', { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }],
    ['OpenAI, responses', { type: 'input_image', image_url: `data:image/png;base64,${png}` }],
    ['Anthropic', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }],
    ['Gemini', { inlineData: { mimeType: 'image/png', data: png } }],
    ['AI SDK', { type: 'image', image: png, mediaType: 'image/png' }],
    ['Bedrock', { image: { format: 'png', source: { bytes: png } } }],
  ])('of %s is named with its size, and shown on a page from the prompt itself', (_, value) => {
    expect(hasImage(user(value))).toBe(true);
    expect(promptBlocks({ messages: user(value) })).toEqual([
      { kind: 'label', text: 'USER' },
      { kind: 'raw', text: 'What is in this picture?' },
      { kind: 'image', text: '[image (png, 1 KB)]', url: `data:image/png;base64,${png}` },
    ]);
    expect(promptSummary(user(value))).toBe('What is in this picture?\n[image (png, 1 KB)]');
  });

  it.each([
    ['a web address', { type: 'image_url', image_url: { url: 'https://example.org/a.png' } }],
    ['an SVG, which can hold more than a picture', { source: { media_type: 'image/svg+xml', data: png } }],
    ['audio', { type: 'input_audio', input_audio: { data: png, format: 'wav' } }],
    ['bytes that are none', { source: { media_type: 'image/png', data: '"><script>alert(1)</script>' } }],
  ])('is not shown where it is %s', (_, value) => {
    expect(hasImage(user(value))).toBe(false);
    expect(promptBlocks({ messages: user(value) }).at(-1)).toEqual({ kind: 'label', text: '[image, not shown]' });
  });

  it('above 5 MB is named, not shown', () => {
    const big = { source: { media_type: 'image/jpeg', data: 'A'.repeat(7_200_000) } };
    expect(hasImage(user(big))).toBe(false);
    expect(promptBlocks({ messages: user(big) }).at(-1)?.text).toBe('[image (jpeg, 5.1 MB), too large to show]');
  });
});
