/** A rater who has read a text beside a model's name is not blind for a ballot that shows it again. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/app/context.ts';
import { keepReport } from '../../src/app/result/write-reports.ts';
import { packet } from '../../src/app/score/make-packet.ts';
import { scoreRun } from '../../src/app/score/score-run.ts';
import { readEvents } from '../../src/store/events-file.ts';
import type { RunPaths } from '../../src/store/layout.ts';
import { quietContext } from '../helpers/quiet-context.ts';
import { sit } from '../helpers/rater-session.ts';
import { makeAnsweredRun, type SampleAnswer, ticketAnswers } from '../helpers/scored-run.ts';
import { tempDir } from '../helpers/temp-dir.ts';

/** What a CI job deals: the closed model's answers again, those of the open one new. */
const released = (answers: readonly SampleAnswer[]): SampleAnswer[] =>
  answers.map((answer) => ({ ...answer, open: `New: ${answer.open}` }));

const seenIn = (paths: RunPaths): (string | undefined)[] =>
  readEvents(paths).flatMap((event) => (event.event === 'entered' ? [event.seen] : []));

async function reportOf(paths: RunPaths) {
  const { context } = quietContext(dirname(paths.folder));
  return (await keepReport(dirname(paths.folder), paths.folder, context)).model;
}

describe('votes after unblinding', () => {
  const answers = ticketAnswers(6);

  it('are marked and reported apart, with the result without them', async () => {
    using dir = tempDir();
    await sit(makeAnsweredRun(dir.path, answers), 'maria', 6);
    const again = makeAnsweredRun(dir.path, released(answers));
    await sit(again, 'maria', 6);
    expect(seenIn(again)).toEqual(Array(6).fill('one'));
    const { notBlind, notices } = await reportOf(again);
    expect(notBlind).toEqual([{ pair: 'open:closed', votes: 6, of: 6, raters: [{ rater: 'maria', votes: 6 }] }]);
    expect(notices.join('\n')).toContain('Not blind: 6 of 6 ballots (maria)');
    expect(notices.join('\n')).toContain('Without them there is no vote.');
  });

  it('are warned of by name and number before they are cast', async () => {
    using dir = tempDir();
    await sit(makeAnsweredRun(dir.path, answers), 'maria', 6);
    makeAnsweredRun(dir.path, released(answers));
    const warned = async (rater: string): Promise<string> => {
      const { context, said } = quietContext(dir.path);
      await packet(undefined, { rater, output: `${rater}.json` }, context);
      return said.join('\n');
    };
    expect(await warned('maria')).toContain('maria: 6 of 6 ballots show you an answer that you have already seen');
    // Nothing in the packet itself tells.
    expect(readFileSync(join(dir.path, 'maria.json'), 'utf8')).not.toContain('seen');
  });

  it('are counted as the report counts them, and said on the first page of the session', async () => {
    using dir = tempDir();
    await sit(makeAnsweredRun(dir.path, answers), 'maria', 6);
    // Two answers are new, four are the ones that she has read.
    const again = makeAnsweredRun(dir.path, [...released(answers.slice(0, 2)), ...answers.slice(2)]);
    const { context, said } = quietContext(dir.path);
    const firstPage = async (rater: string): Promise<string[]> => {
      let notes: readonly string[] = [];
      const holdSession: Context['holdSession'] = async ({ port }) => {
        notes = port.toCome?.()?.notes ?? [];
        return 'saved';
      };
      await scoreRun(again.folder, { rater }, { ...context, interactive: true, holdSession });
      return [...notes];
    };
    const [known = ''] = await firstPage('maria');
    expect(known).toContain("2 of 6 ballots show you an answer that you have already seen beside a model's name.");
    expect(known).toContain("4 of 6 ballots show you two answers that you have already seen with their models' names.");
    expect(known).toContain('Let somebody else vote (--rater NAME)');
    expect(known).toContain('2 of them will be reported as not blind');
    // To somebody who has read nothing, it says only what six prompts say to everybody.
    expect(await firstPage('jo')).toEqual([
      'Too few to decide anything: a verdict needs at least 8 prompts. This is a look, no more.',
    ]);
    // Who stops there without a vote is not sent back to these ballots.
    const nexts = said.join('\n').match(/(?<=Next: gapcheck score \S+ )--rater .*/g);
    expect(nexts).toEqual(['--rater NAME   (somebody who has not seen these answers)', '--rater jo']);
    await sit(again, 'maria', 6);
    expect((await reportOf(again)).notBlind).toMatchObject([{ votes: 2, of: 6 }]);
  });

  it('are blind for somebody else, and as long as the other run is sealed', async () => {
    using dir = tempDir();
    const first = makeAnsweredRun(dir.path, answers);
    await sit(first, 'maria', 5, { finish: false });
    const again = makeAnsweredRun(dir.path, released(answers));
    await sit(again, 'maria', 2, { finish: false });
    expect(seenIn(again)).toEqual([undefined, undefined]);
    await sit(first, 'maria', 1);
    const third = makeAnsweredRun(dir.path, released(answers));
    await sit(third, 'jo', 6);
    expect(seenIn(third)).toEqual(Array(6).fill(undefined));
    expect((await reportOf(third)).notBlind).toEqual([]);
  });

  it('are a repeat where both texts are known, and blind where only an equal text stood under another prompt', async () => {
    using dir = tempDir();
    await sit(makeAnsweredRun(dir.path, answers), 'maria', 6);
    const same = makeAnsweredRun(dir.path, answers);
    await sit(same, 'maria', 6);
    expect(seenIn(same)).toEqual(Array(6).fill('both'));
    const other = makeAnsweredRun(
      dir.path,
      answers.map((answer, at) => ({ ...answer, prompt: `Another question ${at}?` })),
    );
    await sit(other, 'maria', 6);
    expect(seenIn(other)).toEqual(Array(6).fill(undefined));
  });
});
