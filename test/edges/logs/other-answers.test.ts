/** Repeats of a prompt whose answers were others: they do not vanish without a word. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { voteOnPacket } from '../../helpers/ci-run.ts';
import { runVerb } from '../../helpers/run-verb.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const rows = Array.from({ length: 9 }, (_, at) => `Name tree ${at},gpt says ${at},qwen says ${at}\n`).join('');
const repeats = [
  'Say hello,Hello there,hi\n',
  'Say bye,Goodbye,bye\n',
  'Say hello,Hello you,hi\n',
  'Say bye,Goodbye,bye bye\n',
];
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
const columns = ['--closed', 'column:gpt', '--open', 'column:qwen'];

describe('13 records, 11 different prompts', () => {
  it('say in plan, page and report that 2 repeats had other answers', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), `prompt,gpt,qwen\n${repeats.join('')}${rows}`);
    const words =
      '13 records, 11 different prompts; each different prompt counts once. 2 repeats had other answers; the first was used, the others are on no ballot';
    const made = await runVerb(['run', 'p.csv', ...columns, '--no-score', '--yes'], { cwd: dir.path });
    expect(flat(made.out + made.err)).toContain(words);
    await runVerb(['packet', '--rater', 'ann', '-o', 'ann.json'], { cwd: dir.path });
    await voteOnPacket(dir.at('ann.json'), () => 'closed');
    await runVerb(['merge', 'ann.votes.jsonl'], { cwd: dir.path });
    await runVerb(['report', '-o', 'r.md', '-o', 'r.html'], { cwd: dir.path });
    const said = flat((await runVerb(['report'], { cwd: dir.path })).out);
    expect(said).toContain(words);
    const markdown = readFileSync(dir.at('r.md'), 'utf8');
    expect(flat(markdown)).toContain(words);
    expect(markdown).not.toMatch(/Warning:\*\* The log had/);
    expect(flat(readFileSync(dir.at('r.html'), 'utf8'))).toContain(words);
  });

  it('count only the answers that are compared, and none that is the same', async () => {
    using dir = tempDir();
    writeFileSync(dir.at('p.csv'), `prompt,gpt,qwen\n${repeats.join('')}${rows}`);
    const one = ['run', 'p.csv', '--closed', 'column:gpt', '--open', 'command:cat', '--dry-run'];
    expect(flat((await runVerb(one, { cwd: dir.path })).out)).toContain('1 repeat had other answers');
    writeFileSync(dir.at('q.csv'), `prompt,gpt,qwen\n${repeats[0]}${repeats[0]}${rows}`);
    const same = flat((await runVerb(['run', 'q.csv', ...columns, '--dry-run'], { cwd: dir.path })).out);
    expect(same).toContain('11 records, 10 different prompts; each different prompt counts once');
    expect(same).not.toContain('other answers');
  });
});
