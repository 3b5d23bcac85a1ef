/** A row of `npm run bench`: what is measured, and the bar that it must keep. */
export interface Row {
  name: string;
  run: () => Promise<{ value: number; unit: string; bar: number; ok: boolean }>;
}

export const atMost = (name: string, unit: string, bar: number, measure: () => Promise<number>): Row => ({
  name,
  async run() {
    const value = await measure();
    return { value, unit, bar, ok: value <= bar };
  },
});

/** Beginnings of a ballot's two answers: plain words, and wide and combined characters. */
export const latin: [string, string] = [
  'The export stopped working after the update.',
  'It works again since **version 3**; please `update`.',
];
export const wide: [string, string] = ['更新後、エクスポートが動かなくなりました。', 'Größe é 👩‍👩‍👧 naïve wörds'];
