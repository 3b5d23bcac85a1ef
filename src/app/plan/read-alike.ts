/** How files were understood, those that were read alike in one row. */
import type { LoadedPrompts } from '../../logs/load.ts';
import { alike, filesNamed } from '../../logs/many-files.ts';

type Understood = LoadedPrompts['understood'][number];

export const readAlike = ({ understood }: Pick<LoadedPrompts, 'understood'>): (Understood & { files: string })[] =>
  alike(understood, ({ format, why, encoding }) => JSON.stringify([format, why, encoding])).flatMap((group) => {
    const [first] = group;
    const files = filesNamed(group.map(({ file }) => file));
    return first ? [{ ...first, files, records: group.reduce((sum, { records }) => sum + records, 0) }] : [];
  });
