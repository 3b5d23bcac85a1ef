/** How a report is laid out in a file, by the end of the file's name. Each layout loads when a file asks for it. */

import { extname } from 'node:path';
import { userError } from '../../errors.ts';
import type { Report } from '../../report/model.ts';

type Format = (report: Report) => string;

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
    return (report) => htmlReport(report, { sha256: hashing.sha256, deflate });
  },
} satisfies Record<string, () => Promise<Format>>;

/** Throws (exit 2) where no layout has such an end. */
export async function reportFormat(file: string): Promise<Format> {
  if (file.endsWith('.ballots.csv')) return (await import('../../report/to-csv.ts')).csvBallots;
  if (file.endsWith('.raters.csv')) return (await import('../../report/to-csv.ts')).csvRaters;
  if (file.endsWith('.agents.csv')) return (await import('../../report/to-csv.ts')).csvAgents;
  if (file.endsWith('.days.csv')) return (await import('../../report/to-csv.ts')).csvDays;
  const extension = extname(file).toLowerCase();
  if (Object.hasOwn(formats, extension)) return formats[extension as keyof typeof formats]();
  const known = Object.keys(formats).join(', ');
  throw userError(
    'unknown-format',
    `-o ${file}: there is no report format for "${extension}".`,
    `end the name in one of ${known}, or .ballots.csv, .raters.csv, .agents.csv, .days.csv`,
  );
}
