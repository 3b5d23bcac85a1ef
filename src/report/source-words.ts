/** What the prompts came from, in words: traffic where the log tells times; a file that somebody wrote has none. */
import type { RunRecord } from '../records/run-record.ts';

export interface SourceWords {
  /** What an answer over all prompts is about: "your traffic". */
  traffic: string;
  /** "your log", "your file". */
  log: string;
  /** What the log has of each task: calls, or prompts alone. */
  records: 'calls' | 'prompts';
}

/** The packaged file cannot be added to. */
export const isDemo = ({ sources }: Pick<RunRecord, 'sources'>): boolean =>
  sources.length === 1 && /(^|[\\/])prompts[\\/]demo\.csv$/.test(sources[0]?.file ?? '');

/** Of records without a time nobody knows how often they come. */
export const hasTimes = ({ logCallsPerMonth, logTraffic }: Pick<RunRecord, 'logCallsPerMonth' | 'logTraffic'>) =>
  logCallsPerMonth !== undefined || logTraffic !== undefined;

export const sourceOf = (run: Pick<RunRecord, 'sources' | 'logCallsPerMonth' | 'logTraffic'>): SourceWords =>
  sourceWords({ demo: isDemo(run), hasTimes: hasTimes(run), sources: run.sources });

export function sourceWords({
  demo,
  hasTimes: isTimed,
  sources,
}: {
  demo: boolean;
  hasTimes: boolean;
  sources: readonly unknown[];
}): SourceWords {
  if (demo) return { traffic: 'the prompts of the demo', log: 'the demo', records: 'prompts' };
  if (isTimed) return { traffic: 'your traffic', log: 'your log', records: 'calls' };
  const file = sources.length > 1 ? 'your files' : 'your file';
  return { traffic: `the prompts of ${file}`, log: file, records: 'prompts' };
}
