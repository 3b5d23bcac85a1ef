/** How to repeat it, and what proves that these are the votes that were cast. */

import { isReplay } from '../runs/trial.ts';
import { count, plural } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { Block, Section } from './blocks.ts';
import type { Report } from './model.ts';
import { specWords } from './model-names.ts';
import { left, right, table } from './table-columns.ts';

export function repeatSection(report: Report): Section {
  return {
    id: 'repeat',
    title: 'How to repeat and check it',
    folded: true,
    blocks: [...facts(report), raterTable(report)],
  };
}

function facts(report: Report): Block[] {
  const { run } = report;
  return [
    {
      kind: 'list',
      items: [
        `Run ${run.id}, made ${run.createdAt} by gapcheck ${report.gapcheck}; ${plural(run.prompts, 'prompt')} frozen, ${count(run.toVote)} of them to vote on.`,
        ...run.sources.map(
          (source) =>
            `Source: ${oneLine(fileName(source.file))}, ${plural(source.records, 'record')}, SHA-256 ${source.sha256}.`,
        ),
        `prompts.jsonl SHA-256: ${run.promptsHash}.`,
        `Key commitment, fixed before the first vote: ${run.keyCommitment}.`,
        ...report.arms.map(
          (arm) =>
            `${arm.role} arm ${oneLine(specWords(arm))}: identity ${arm.identity}${arm.digest ? `, digest ${arm.digest}` : ''}${arm.weights ? `, weights ${arm.weights}` : ''}.`,
        ),
        ...report.arms.flatMap((arm) => (arm.asked.length === 0 ? [] : [askedOf(arm)])),
        ...report.arms.flatMap((arm) =>
          arm.adjusted.map((what) => `${oneLine(arm.model)} did not honour: ${oneLine(what)}.`),
        ),
        ...run.leftOut.map((left) => `Left out: ${plural(left.prompts, 'prompt')} of ${oneLine(left.task, 60)}.`),
        ...(report.command === null ? [] : [`Command, without folders: ${oneLine(withoutFolders(report), 500)}`]),
        `Report generated ${report.generatedAt}.`,
      ],
    },
  ];
}

/** Without folders: a report is shown to others. */
export const fileName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

const withoutFolders = ({ command, run }: Report): string =>
  run.sources.reduce((text, { file }) => text.replaceAll(file, fileName(file)), command ?? '');

/** One row per model: sampling and where it came from, its own system prompt, headers, proxy, retirement. */
const askedOf = ({ role, model, provider, asked }: Report['arms'][number]): string =>
  isReplay({ provider })
    ? `${role} arm ${oneLine(model)} was not asked, its answers were there; ${asked.map((words) => oneLine(words)).join('; ')}.`
    : `${role} arm ${oneLine(model)} was asked with ${asked.map((words) => oneLine(words)).join('; ')}.`;

const raterTable = ({ raters }: Report): Block =>
  table('Vote files: each rater was shown this last hash when finishing', raters, [
    left('rater', ({ rater }) => oneLine(rater, 60)),
    right('votes', ({ votes }) => count(votes)),
    right('skipped', ({ skipped }) => count(skipped)),
    left('finished', ({ finished }) => (finished ? 'yes' : 'no')),
    left('vote file intact', ({ chainOk }) => (chainOk ? 'yes' : 'BROKEN')),
    left('last hash', ({ lastHash }) => lastHash),
  ]);
