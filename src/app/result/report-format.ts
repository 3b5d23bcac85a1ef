/** How a report is laid out in a file, by the end of the file's name. Each layout loads when a file asks for it. */

import { extname } from 'node:path';
import { userError } from '../../errors.ts';
import type { Report } from '../../report/model.ts';
import { shellWord } from '../../text/shell.ts';

type Format = (report: Report, npx?: boolean) => string;

const formats = {
  '.md': async () => (await import('../../report/to-markdown.ts')).markdownReport,
  '.json': async () => (await import('../../report/to-json.ts')).jsonReport,
  '.csv': async () => (await import('../../report/to-csv.ts')).csvTasks,
  '.xml': async () => {
    const { junitReport } = await import('../../report/to-junit.ts');
    return (report) => junitReport(report);
  },
  '.html': async () => {
    const [{ htmlReport }, { hashing }, { deflateSync }] = await Promise.all([
      import('../../report/to-html.ts'),
      import('../../store/hashing.ts'),
      import('node:zlib'),
    ]);
    const deflate = (text: string) => deflateSync(text, { level: 9 });
    return (report, npx) => htmlReport(report, { sha256: hashing.sha256, deflate }, npx);
  },
} satisfies Record<string, () => Promise<Format>>;

const tableEnds = ['.ballots.csv', '.raters.csv', '.agents.csv', '.days.csv'] as const;

async function tables(): Promise<Record<(typeof tableEnds)[number], Format>> {
  const { csvBallots, csvRaters, csvAgents, csvDays } = await import('../../report/to-csv.ts');
  return { '.ballots.csv': csvBallots, '.raters.csv': csvRaters, '.agents.csv': csvAgents, '.days.csv': csvDays };
}

/** Throws (exit 2) for a table of something that the run does not have: it would be a header and nothing else. */
export function refuseEmptyTable(
  file: string,
  report: Pick<Report, 'week' | 'arms' | 'sealed'>,
  isOfAgents: boolean,
): void {
  const [end, why] = file.endsWith('.days.csv')
    ? (['.days.csv', report.week ? '' : 'this run watches no week, so it has no days'] as const)
    : (['.agents.csv', isOfAgents || !file.endsWith('.agents.csv') ? '' : 'no whole agent ran in this run'] as const);
  if (why === '') return;
  throw userError(
    'no-such-table',
    `-o ${file}: ${why}. Nothing was written.`,
    `gapcheck report -o ${shellWord(file.slice(0, -end.length))}.csv   (one row for each task)`,
  );
}

/** Throws (exit 2) where no layout has such an end. */
export async function reportFormat(file: string): Promise<Format> {
  const end = tableEnds.find((one) => file.endsWith(one));
  if (end !== undefined) return (await tables())[end];
  const extension = extname(file).toLowerCase();
  if (Object.hasOwn(formats, extension)) return formats[extension as keyof typeof formats]();
  const known = Object.keys(formats).join(', ');
  throw userError(
    'unknown-format',
    `-o ${file}: there is no report format for "${extension}".`,
    `end the name in one of ${known}, or ${tableEnds.join(', ')}`,
  );
}
