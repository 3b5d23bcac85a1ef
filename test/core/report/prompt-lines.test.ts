import { expect, it } from 'vitest';
import { promptLine, toldApart } from '../../../src/report/prompt-lines.ts';

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

it('a template ends with its line, also where the texts below it begin alike', () => {
  const below = (text: string) =>
    promptLine({ prompt: `Summarise this phone note for the dentist.\n\n${text}` } as never);
  const prompts = ['Mr Lund wants to complain.', 'Mr Adeyemi, denture lower.', 'Mrs Kato asks for a bill.'].map(below);
  expect(toldApart(prompts, 30)).toEqual([
    '…Mr Lund wants to complain.',
    '…Mr Adeyemi, denture lower.',
    '…Mrs Kato asks for a bill.',
  ]);
  expect(toldApart(prompts, 100)[0]).toBe('Summarise this phone note for the dentist. Mr Lund wants to complain.');
});
