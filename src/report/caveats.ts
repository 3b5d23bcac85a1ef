/** What a reader must know before relying on the answer, most weighty first. */
import { capital, listed, plural } from '../text/numbers.ts';
import { failedPrompts, repeatedPrompts } from '../text/repeated-prompts.ts';
import { oneLine, shellWord } from '../text/shell.ts';
import { hasAgents } from './agent-columns.ts';
import type { Caveat } from './blocks.ts';
import type { Report } from './model.ts';
import { isWarning } from './rater-notices.ts';
import { answeredScopes, scopeName } from './scopes.ts';
import { sourceWords } from './source-words.ts';
import { isHintTerm } from './verdict-words.ts';

/**
 * What voids the result, what its main word means, what was found in this run; then what was not measured, by whom it was
 * judged, how often such answers are wrong, what became of the log, what was compared, what no prompt tested, and licences.
 */
export function caveatsOf(report: Report): Caveat[] {
  const { terms, notices, voids } = report;
  const [margin, ...others] = terms;
  const risk = others.filter((text) => !isHintTerm(text)).join(' ');
  const note = (text: string): Caveat => ({ text, warns: false });
  const warning = (text: string): Caveat => ({ text, warns: true });
  return [
    ...voids.map(warning),
    ...(margin === undefined ? [] : [note(margin)]),
    ...noLines(report).map(note),
    ...replayLines(report).map(note),
    ...notices.slice(voids.length).map((text) => (isWarning(text) ? warning(text) : note(text))),
    ...[
      ...uncheckedLines(report),
      ...raterLines(report),
      ...(risk === '' ? [] : [risk]),
      ...repeatLines(report),
      ...quantizationOf(report),
      ...untestedLines(report),
      ...licenceLines(report),
      ...others.filter(isHintTerm),
    ].map(note),
  ];
}

const mostCaveats = 7;

/** At most seven, and what stands behind them; what voids the result is never left out. */
export function shownCaveats(report: Report): { shown: Caveat[]; rest: Caveat[] } {
  const all = caveatsOf(report);
  const most = Math.max(mostCaveats, report.voids.length);
  return { shown: all.slice(0, most), rest: all.slice(most) };
}

/** True of many logs, and no fault of the result. */
function repeatLines({ run }: Report): string[] {
  const words = repeatedPrompts(run.logged);
  const failed = failedPrompts(run.logged);
  return [
    ...(words === undefined ? [] : [`${capital(sourceWords(run).log)} had ${words}.`]),
    ...(failed === undefined ? [] : [`${failed}.`]),
  ];
}

/** A result that was recorded for other arguments may not fit the call that it answers. */
const replayLines = ({ arms }: Report): string[] =>
  arms.flatMap(({ model, tools }) => {
    const { 'log-order': others = 0, log = 0 } = tools?.results ?? {};
    if (others === 0) return [];
    const calls = `${others} of ${plural(others + log, 'recorded tool result')}`;
    return [`${capital(oneLine(model, 60))}: ${calls} answered a call with other arguments than the log’s.`];
  });

/** An interval that reaches past the margin looks like a contradiction of NO. */
function noLines({ pairs, run }: Report): string[] {
  const scopes = pairs.filter(({ decides }) => decides).flatMap((pair) => answeredScopes(pair));
  const reaching = scopes.filter(
    ({ answer, interval }) => answer === 'NO' && interval !== null && interval.upper > -run.margin,
  );
  if (reaching.length === 0) return [];
  const whose = scopes.length === 1 ? '' : ` of ${listed([...new Set(reaching.map(scopeName))])}`;
  return [
    `NO means that closed is shown to be better, by however little. It does not say that this lead is larger than your margin: part of the interval${whose} lies inside the margin.`,
  ];
}

/** With a flag for each one that is named: they measure the same at the next run. */
function uncheckedLines({ unchecked, pairs }: Report): string[] {
  const [first] = unchecked;
  if (first === undefined || pairs.length === 0) return [];
  const named = unchecked.map(({ task, asks }) => `${oneLine(task, 40)} (${asks})`);
  const shown = named.length > 3 ? [...named.slice(0, 3), `${named.length - 3} more`] : named;
  const flags = unchecked.slice(0, 3).map(({ task, check }) => `--check ${shellWord(`${task}=${check}`)}`);
  return [`No check measured the form that prompts ask for: ${listed(shown)}. At the next run: ${flags.join(' ')}`];
}

function raterLines({ raters, carried, run, sealed }: Report): string[] {
  const all = [...raters, ...(carried?.raters ?? [])].filter(({ votes }) => votes > 0);
  const voted = new Set(all.map(({ rater }) => rater)).size;
  if (voted === 0 || run.demo || sealed) return [];
  return voted === 1
    ? ['One rater voted. The result is about this rater and these prompts.']
    : [`${plural(voted, 'rater')} voted. The result is about these raters and these prompts.`];
}

export const quantizationOf = ({ arms }: Report): string[] =>
  arms.flatMap((arm) => (arm.quantizationWords && arm.role !== 'closed' ? [arm.quantizationWords] : []));

/** Kinds of prompts where closed models are said to lead, and of which there was none. */
export function untestedLines({ strata, arms, run }: Pick<Report, 'strata' | 'arms' | 'run'>): string[] {
  // An agent has its tools and its turns by itself, in every job.
  if (hasAgents({ arms })) return [];
  const { log } = sourceWords(run);
  const none = strata.filter(({ prompts }) => prompts === 0).map(({ words }) => words);
  return none.length === 0
    ? []
    : [`Not tested: ${none.join('; ')}. ${capital(log)} ${log.endsWith('s') ? 'have' : 'has'} none.`];
}

/** Only those with a catch: what a reader of the short form must not miss. */
function licenceLines({ licences, arms }: Report): string[] {
  return licences.flatMap(({ arm, licence, catch: snag }) => {
    const model = oneLine(arms.find(({ name }) => name === arm)?.model ?? arm, 60);
    return licence === null || snag === null ? [] : [`${model}: ${licence}. ${snag}`];
  });
}
