/** A folder of logs that were read alike takes one line of what is said, and one of another form its own. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const line = (at: number, more: object): string =>
  `${JSON.stringify({ prompt: `What is due on day ${at}?`, answer: 'Rent.', ...more })}\n`;

async function said(count: number, other?: string): Promise<string> {
  using dir = tempDir();
  for (let at = 0; at < count; at += 1)
    writeFileSync(
      dir.at(`day-${at}.jsonl`),
      line(at, { remark: 'seen by the desk', ...(at === 0 && { shift: 'late' }) }),
    );
  if (other !== undefined) writeFileSync(dir.at('z-other.csv'), other);
  const names = [...Array(count).keys()].map((at) => `day-${at}.jsonl`);
  const { code, out, err } = await runVerb(
    ['import', ...names, ...(other === undefined ? [] : ['z-other.csv']), '--preview'],
    {
      cwd: dir.path,
    },
  );
  expect({ code, err }).toMatchObject({ code: 0 });
  return out;
}

it('names a few files each by itself', async () => {
  const out = await said(3);
  expect(out.match(/day-\d\.jsonl: 1 record, read as chat/g)).toHaveLength(3);
  expect(out.match(/day-\d\.jsonl: Not used: remark \(1 of 1 records/g)).toHaveLength(3);
});

it('counts the records and the fields of many files together', async () => {
  const out = await said(5, 'question;answer;mood\nWhen do you open today?;At six.;calm and kind to all\n');
  expect(out).toContain('day-0.jsonl and 4 more files: 5 records, read as chat');
  expect(out).toContain(
    'day-0.jsonl and 4 more files: Not used: remark (5 of 5 records, about 16 characters), shift (1 of 5',
  );
  expect(out).toContain('z-other.csv: 1 record, read as csv');
  expect(out).toContain('z-other.csv: Not used: mood');
});
