/** What a run says about its file before the plan: columns that could be two models, and how the prompts begin. */
import { describe, expect, it } from 'vitest';
import { loadedNotes } from '../../../src/app/plan/plan-words.ts';
import { load } from '../../helpers/loaded-text.ts';

const rows = (columns: readonly string[], count = 12): string =>
  [
    ['prompt', ...columns].join(','),
    ...Array.from({ length: count }, (_, at) =>
      [
        at % 2 === 0 ? `"Sum up this note: guest ${at} has called about the room."` : `Is room ${at} free tonight?`,
        ...columns.map((column) => `"${column} says that number ${at} is done."`),
      ].join(','),
    ),
  ].join('\n');

const notesOf = async (text: string): Promise<string> => loadedNotes(await load('rooms.csv', text)).join('\n');

describe('the notes on a file', () => {
  it('name two columns of answers as the two sides, before anything that would use one of them', async () => {
    const notes = await notesOf(rows(['gpt_answer', 'qwen_answer']));
    const sides =
      'To compare the answers of two models: run with --closed column:gpt_answer --open column:qwen_answer.';
    expect(notes).toContain(sides);
    expect(notes.indexOf(sides)).toBeLessThan(notes.indexOf('To use one: --answer-field gpt_answer'));
    expect(await notesOf(rows(['gpt_answer']))).not.toContain('To compare the answers');
  });

  it('show beginnings that differ', async () => {
    const text = rows([]).replaceAll(
      'Sum up this note:',
      'Sum up this note of the night desk for the manager of the day:',
    );
    const begin = /Prompts begin: (.*)/.exec(await notesOf(text))?.[1]?.split(' · ') ?? [];
    expect(begin).toHaveLength(3);
    expect(begin.filter((one) => one.startsWith('“Sum up this note of the night desk'))).toHaveLength(1);
  });
});
