/** What a reader must know of raters and their skips: who differs, and which skips are votes by now. */
import type { PromptId } from '../records/ids.ts';
import { fakeValuesEnd } from '../text/fake-values.ts';
import { guessedEnd } from '../text/guessed-tasks.ts';
import { listed, per100, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { skipRuleWords } from '../text/skip-words.ts';
import { fewestOfRater, type RatersDiffer, ratersDiffer } from '../verdicts/raters-differ.ts';
import type { PairVerdicts } from '../verdicts/verdict-shapes.ts';
import { promptPlaces } from './ballot-list.ts';
import { sameAnswersEnd } from './carried-words.ts';
import type { ReportInput } from './report-input.ts';
import { shortList, skipsSince } from './voters-words.ts';

/** Each rater's own net, whenever there are several; that they differ is said where chance does not explain it. */
export function raterNotices({ evidence }: PairVerdicts): string[] {
  const found = ratersDiffer(evidence);
  return found === null ? [] : [ratersWords(found)];
}

/** Only those that nobody has voted on since weigh on a verdict. */
export function skipNotices(input: ReportInput, deciding: readonly PairVerdicts[]): string[] {
  const standing = deciding.reduce((sum, { overall }) => sum + overall.skipped, 0);
  const { skips, by } = skipsSince(input.raters);
  const voted =
    skips > 0 && deciding.length > 0
      ? [
          `${plural(skips, 'ballot')} that ${skips === 1 ? 'was' : 'were'} skipped ${skips === 1 ? 'has' : 'have'} a vote of ${shortList(by)} since: ${skips === 1 ? 'it counts' : 'they count'} as ${skips === 1 ? 'a vote' : 'votes'}, and ${noLongerAgainst}`,
        ]
      : [];
  if (standing === 0) return voted;
  return [
    `Raters skipped ${plural(standing, 'ballot')}${skippedWhere(input, deciding)}. ${skipRuleWords} ${skipsEnd}${firmWords(deciding)}`,
    ...voted,
  ];
}

const mostNamed = 5;

/** ` (prompt 9 in mails, prompts 3 and 7 in notes)`, where they are few by number; the task only where there are several. */
function skippedWhere(input: ReportInput, deciding: readonly PairVerdicts[]): string {
  const tasks = new Set(deciding.flatMap((pair) => pair.tasks.map(({ task }) => task)));
  const numbers = standingSkips(input, deciding);
  const skipsOf = (name: string | null): number =>
    deciding.reduce((sum, pair) => sum + (pair.tasks.find(({ task }) => task === name)?.skipped ?? 0), 0);
  const named = [...tasks]
    .filter((task) => skipsOf(task) > 0)
    .flatMap((task) => {
      const known = numbers.get(task ?? '') ?? [];
      const few = known.length > 0 && known.length <= mostNamed;
      const which = few ? `${known.length === 1 ? 'prompt' : 'prompts'} ${listed(known.map(String))}` : null;
      if (tasks.size < 2) return which ?? [];
      return `${which ?? skipsOf(task)} in ${oneLine(task ?? 'all', 60)}`;
    });
  return named.length === 0 ? '' : ` (${named.join(', ')})`;
}

/** Numbers of the prompts that somebody skipped and nobody voted on, by task. */
function standingSkips({ prompts, skips = [] }: ReportInput, deciding: readonly PairVerdicts[]): Map<string, number[]> {
  const places = promptPlaces(prompts);
  const skipped = new Set(skips.map(({ prompt }) => prompt));
  const isVoted = (id: PromptId): boolean =>
    deciding.every(({ evidence }) => evidence.some(({ prompt, votes }) => prompt === id && votes.length > 0));
  const found = new Map<string, number[]>();
  for (const { id, task } of prompts)
    if (skipped.has(id) && !isVoted(id)) found.set(task, [...(found.get(task) ?? []), places.get(id) ?? 0]);
  return found;
}

/** Whether that costs this result anything is what a reader asks next. */
function firmWords(deciding: readonly PairVerdicts[]): string {
  if (deciding.length === 0) return '';
  if (deciding.every(({ overall }) => overall.firm === true)) return firmEnd;
  const scopes = deciding.flatMap(({ overall, tasks }) => [overall, ...tasks]);
  return scopes.every(({ withdrawn }) => withdrawn === null)
    ? ` Here ${scopes.some(({ skipped }) => skipped > 1) ? 'they' : 'it'}${noneTakenEnd}`
    : '';
}
const noneTakenEnd = ' took no verdict back.';
const skipsEnd = 'The interval allows for skips in the same way.';
const firmEnd = ' What these votes say over all prompts holds with every skip against it.';

/** "ann −38, bob +42 per 100: your raters disagree; the verdict is about their mix." */
function ratersWords({ raters, differ }: RatersDiffer): string {
  const each = raters
    .map(({ rater, net, votes }) => {
      const few = votes < fewestOfRater ? ` (${plural(votes, 'vote')})` : '';
      return `${oneLine(rater, 40)} ${per100(net.estimate)}${few}`;
    })
    .join(', ');
  if (differ === null) return `${each} per 100: ${tooFewOfRater}`;
  return differ
    ? `${each} per 100: your raters disagree; the verdict is about their mix.`
    : `${each} per 100: ${ratersAgree}`;
}

const tooFewOfRater = `whether your raters differ takes ${fewestOfRater} votes of each.`;
const ratersAgree = 'your raters do not differ more than chance explains.';

/** How a notice on skips ends that others voted on. */
const noLongerAgainst = 'no longer against a verdict.';

/** Of a notice: good news is none, what only may be is none, and what a skip takes back stands beside the verdict. */
export const isWarning = (notice: string): boolean =>
  !notice.endsWith(ratersAgree) &&
  !notice.endsWith(tooFewOfRater) &&
  !notice.endsWith(noLongerAgainst) &&
  !notice.endsWith(skipsEnd) &&
  !notice.endsWith(firmEnd) &&
  !notice.endsWith(noneTakenEnd) &&
  !notice.endsWith(fakeValuesEnd) &&
  !notice.endsWith(guessedEnd) &&
  !notice.endsWith(sameAnswersEnd);
