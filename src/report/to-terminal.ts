/** The short report in a terminal: the answers, what they cost, the next command, the votes, what to know. Fits its width. */
import { whereOf } from '../records/arm-where.ts';
import { per100Interval, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import { typeset } from '../text/typeset.ts';
import { textWidth } from '../text/width.ts';
import { toWidth } from '../text/wrap.ts';
import { fewestVotes } from '../verdicts/rule.ts';
import type { ArmReport } from './arm-report.ts';
import { quantizationOf, shownCaveats } from './caveats.ts';
import { costWords, gapWords } from './cost-words.ts';
import { denominatorWords } from './denominators.ts';
import { answerRule } from './five-answers.ts';
import { intervalsHold, stoppedLead } from './interval-words.ts';
import type { PairReport, Report } from './model.ts';
import { isOfLog, specWords } from './model-names.ts';
import { noTextWords } from './no-text.ts';
import { answeredScopes, scopeName, scopesOf } from './scopes.ts';
import { againLines, behindWords, countsLegend, countsWords, demoWords, thenWords } from './section-answer.ts';
import { maskLines, notBlindLines } from './section-blind.ts';
import { checkedVotesWords } from './section-checked-votes.ts';
import { isMeasured, nothingMeasured, unusableWords } from './section-latency.ts';
import { checkedWords } from './section-machine.ts';
import { rankingTable, rankingWords } from './section-ranking.ts';
import { refusalSummary, refusalTable } from './section-refusals.ts';
import { fileName } from './section-repeat.ts';
import { weekLines, weekWords } from './section-week.ts';
import { sourceWords } from './source-words.ts';
import { agentLines } from './terminal-agents.ts';
import { answerInShort } from './terminal-end.ts';
import { lossLines } from './terminal-losses.ts';
import { fitsWhole, type Paint, terminalTable } from './terminal-table.ts';
import { answerTable, barColumn, voteRows } from './terminal-votes.ts';
import { shortList, votersWords } from './voters-words.ts';

export interface TerminalLayout {
  /** Columns; below 40 lines are cut as for 40. */
  width?: number;
  colour?: boolean;
  /** Commands are typed with `npx` here. */
  npx?: boolean;
  /** Where the full report was written. */
  fullReport?: string;
}

/** What every part writes with. */
interface Page {
  columns: number;
  paint: Paint;
  wrapped(text: string, indent?: string): string[];
}

export function terminalReport(
  report: Report,
  { width = 80, colour = false, npx = false, fullReport }: TerminalLayout = {},
): string {
  const columns = Math.max(40, width);
  const page: Page = {
    columns,
    paint: (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text),
    wrapped: (text, indent = '') =>
      typeset(text, { npx, columns: columns - 1, indent })
        .split('\n')
        .map((line) => ` ${line}`),
  };
  const lines = [
    ...headLines(report, page),
    ...answerLines(report, page),
    ...[...costWords(report), ...gapWords(report)].flatMap((text) => page.wrapped(text)),
    ...nextLines(report, page),
    ...(report.sealed ? warningLines(report, page) : []),
    '',
    ...report.pairs.flatMap((pair) => voteLines(report, pair, page)),
    ...weekParts(report, page),
    ...rankingLines(report, page),
    ...(isMeasured(report)
      ? answerTable(report, columns, page.paint)
      : [nothingMeasured, ...unusableWords(report)].flatMap((text) => page.wrapped(text))),
    ...[...noTextWords(report), ...denominatorWords(report)].flatMap((text) => page.wrapped(text)),
    ...agentLines(report, page),
    ...(report.sealed && report.checked.failed > 0 ? page.wrapped(checkedWords(report)) : []),
    '',
    ...report.pairs.filter(({ decides }) => decides).flatMap((pair) => lossLines(report, pair, page)),
    ...refusalLines(report, page),
    ...checkedVotesWords(report).flatMap((text) => page.wrapped(text)),
    ...maskLines(report).flatMap((text) => page.wrapped(text)),
    ...notBlindLines(report).flatMap((text) => page.wrapped(text)),
    ...(report.sealed ? quantizationOf(report).flatMap((text) => page.wrapped(text)) : caveatLines(report, page)),
    ...(fullReport === undefined ? [] : page.wrapped(`Full report: ${oneLine(fullReport, 500)}`)),
    ...endLines(report, page),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** What was compared, by whom and when; before the seal opens no line beside the models' own figures names them. */
function headLines(report: Report, { wrapped, paint }: Page): string[] {
  const demo = report.run.demo ? wrapped(demoWords).map((line) => paint(33, line)) : [];
  // Without folders: a report is shown to others, and the command has named its run.
  const files = report.run.sources.map(({ file }) => fileName(file));
  const parts = [shortList(files), votersWords(report)].filter((part) => part !== '');
  const models = report.arms.map(armWords).join('   ');
  return [...demo, ...wrapped(parts.join(' · ')), ...(report.sealed ? [] : wrapped(models)), ''];
}

/** "open: qwen3:8b, Q4_K_M, on this machine (ollama)". */
function armWords(arm: ArmReport): string {
  const { role, model, quantization, leavesMachine, provider } = arm;
  const place = whereOf({ provider });
  if (place === 'nowhere') return `${role}: ${isOfLog(arm) ? oneLine(specWords(arm), 90) : 'answers from the file'}`;
  const where = leavesMachine || place === 'program' ? '' : ', on this machine';
  return `${role}: ${oneLine(model, 60)}${quantization === null ? '' : `, ${oneLine(quantization, 20)}`}${where} (${provider})`;
}

function answerLines(report: Report, { wrapped, paint }: Page): string[] {
  if (report.sealed) return wrapped(`No result yet: ${report.sealed.reason}`).map((line) => paint(1, line));
  return report.pairs
    .filter((pair) => pair.decides)
    .flatMap((pair, at, all) => [
      ...wrapped(`${pair.question} ${pair.reply}`).map((line) => paint(1, line)),
      ...scopeLines(report, pair, { wrapped }),
      ...againLines(pair, report).flatMap((text) => wrapped(`  ${text}`, '  ')),
      ...(report.bestOf && at === all.length - 1 ? wrapped(report.bestOf.words) : []),
    ]);
}

const answerWidth = 9;

function scopeLines(report: Report, pair: PairReport, { wrapped }: Pick<Page, 'wrapped'>): string[] {
  const scopes = answeredScopes(pair);
  const longest = Math.min(28, Math.max(...scopes.map((scope) => textWidth(scopeName(scope))), 0));
  const rows = scopes.flatMap((scope) => {
    const name = toWidth(scopeName(scope), longest);
    const words = `${scope.words}${countsWords(scope)}${behindWords(pair, scope, report)}`;
    return wrapped(`  ${name}  ${toWidth(scope.answer, answerWidth)}  ${words}`, ' '.repeat(longest + answerWidth + 6));
  });
  return pair.overall.units === 0 ? rows : [...rows, ...wrapped(`  ${countsLegend(pair)}`, '  ')];
}

function nextLines(report: Report, page: Page): string[] {
  const { command, words } = report.next;
  const { wrapped } = page;
  if (command === null) return wrapped(`Next: ${words}`);
  return [
    ...firstWords(report, page),
    commandLine(command, page),
    ...(words === '' ? [] : wrapped(`      (${words})`, '       ')),
  ];
}

/** It stays on one line, however long, so that it can be copied. */
function commandLine(command: string, { wrapped, paint }: Pick<Page, 'wrapped' | 'paint'>): string {
  const [line = ''] = wrapped(`Next: ${command}`);
  return line.replace(/(?<=^ Next: ).*/, (typed) => paint(36, typed));
}

/** Once more where a reader of a long report looks: at its end, the answer in a line and the next step. */
const endLines = (report: Report, page: Page): string[] => [
  ...answerInShort(report, page.columns).map((line) => ` ${page.paint(1, line)}`),
  ...firstWords(report, page),
  ...(report.next.command === null ? [] : [commandLine(report.next.command, page)]),
];

/** What has to be done before the command works: without it the same run would come again. */
const firstWords = ({ next: { first } }: Report, { wrapped }: Page): string[] =>
  first === null ? [] : wrapped(thenWords(first));

const warningLines = ({ notices }: Report, { wrapped, paint }: Page): string[] =>
  notices.flatMap((text) => wrapped(`! ${text}`, '  ').map((line) => paint(33, line)));

function voteLines(report: Report, pair: PairReport, page: Page): string[] {
  if (pair.overall.units === 0) return [];
  const { legend, order, rows } = voteRows(report, pair);
  const isWeighted = pair.tasks.length > 1 && report.week === null;
  const weighted = isWeighted
    ? ` The lead of all prompts is weighted by the shares of the tasks in ${sourceWords(report.run).log}.`
    : '';
  const isLooked = answeredScopes(pair).some(({ extended }) => extended);
  const oftenTrue = isLooked ? '' : ` ${intervalsHold}`;
  const isTooFew = answeredScopes(pair).some(({ units }) => units > 0 && units < fewestVotes);
  const dash = isTooFew ? ' A dash: too few votes to rule anything out.' : '';
  // A bar says again what the counts say: it goes before the lead does.
  const bars = fitsWhole(rows, page.columns);
  const shown = bars ? rows : rows.map((row) => row.filter((_, at) => at !== barColumn));
  return [
    ...page.wrapped(`Votes${pair.who === null ? '' : `, ${pair.who}`}   ${bars ? legend : order}`),
    ...terminalTable([], shown, page.columns, page.paint),
    ...page.wrapped(
      `The counts are those of the answers above. Then the lead per 100 prompts: + open leads, − closed leads. In brackets the 95 % interval: the leads that these votes do not rule out.${oftenTrue}${dash}${answerRule(report.run)}${weighted}`,
    ),
    ...identicalWords(pair).flatMap((text) => page.wrapped(text)),
    ...stoppedWords(pair).flatMap((text) => page.wrapped(text)),
    '',
  ];
}

/** The strip of days, and what is to be said of them. */
function weekParts({ week, run }: Report, { wrapped }: Page): string[] {
  if (week === null || week.days.length === 0) return [];
  const unit = run.endpoint === 'preference' && week.pairs.length > 0 ? ', and the lead of open per 100' : '';
  return [
    ...wrapped(`Days (${week.tz}): prompts${unit}`),
    ...weekLines(week).flatMap((line) => wrapped(`  ${line}`, '    ')),
    ...weekWords(week).flatMap((text) => wrapped(text)),
    '',
  ];
}

const identicalWords = ({ overall: { counts } }: PairReport): string[] => [
  ...(counts.bothBad > 0 ? [`Among "neither": both unusable on ${plural(counts.bothBad, 'prompt')}.`] : []),
  ...(counts.identical > 0
    ? [`Identical, not read: ${counts.identical}. Each counts as a tie. Nobody judged whether it is right.`]
    : []),
  ...(counts.noAnswer > 0 ? [`No answer from either model: ${counts.noAnswer}.`] : []),
];

const stoppedWords = (pair: PairReport): string[] =>
  scopesOf(pair).flatMap((scope) =>
    scope.extended
      ? [
          `* ${scopeName(scope)} was extended after the result was open: its lead ${stoppedLead}.${scope.interval === null ? '' : ` The interval, ${per100Interval(scope.interval)}, allows for that.`}`,
        ]
      : [],
  );

function rankingLines(report: Report, { columns, paint, wrapped }: Page): string[] {
  if (report.ranking === null) return [];
  const rows = rankingTable(report).rows.map(([place = '', model = '', ...rest]) => [`${place} ${model}`, ...rest]);
  return [
    ...terminalTable(['all on one scale', 'wins', '95 %'], rows, columns, paint),
    ...wrapped(`wins: share against the closed model, ties as half. ${rankingWords(report)}`),
    '',
  ];
}

/** The four cells of each task, and which ballots to read. */
function refusalLines(report: Report, { columns, paint, wrapped }: Page): string[] {
  if (report.refusals.length === 0) return [];
  const found = refusalTable(report);
  const head = found.columns.map(({ title }) => title);
  return [
    ...terminalTable(head, found.rows, columns, paint),
    ...refusalSummary(report).flatMap((text) => wrapped(text)),
    '',
  ];
}

function caveatLines(report: Report, { wrapped, paint }: Page): string[] {
  const { shown, rest } = shownCaveats(report);
  return [
    ...wrapped('Before you rely on this').map((line) => paint(1, line)),
    ...shown.flatMap(({ text, warns }, at) =>
      wrapped(`  ${at + 1} ${warns ? 'Warning: ' : ''}${text}`, '    ').map((line) => (warns ? paint(33, line) : line)),
    ),
    ...(rest.length > 0 ? wrapped(`  ${plural(rest.length, 'more note')} in the full report.`) : []),
  ];
}
