import { expect, it } from 'vitest';
import { toldApart } from '../../../src/report/prompt-lines.ts';

it('prompts of one template are told apart by where they differ, if they do not fit', () => {
  const template = 'Summarise this call note in two sentences: ';
  const notes = ['the guest asks for a late checkout on Sunday', 'the guest lost a blue coat in the sauna'];
  const prompts = [...notes.map((note) => template + note), 'Do you have a pool?'];
  expect(toldApart(prompts, 30)).toEqual([
    '…asks for a late checkout on Sunday',
    '…lost a blue coat in the sauna',
    'Do you have a pool?',
  ]);
  expect(toldApart(prompts, 100)).toEqual(prompts);
  // A template that only prompts beside the shown ones have as well.
  const all = [template + notes[0], ...['Towels are missing.', 'Two cots, please.'].map((note) => template + note)];
  expect(toldApart([template + notes[0], 'Do you have a pool?'], 30, all)).toEqual([
    '…the guest asks for a late checkout on Sunday',
    'Do you have a pool?',
  ]);
  expect(toldApart([template + notes[0], template + notes[0]], 30)).toEqual([template + notes[0], template + notes[0]]);
});
