/** What was read of one file, and the state that it leaves for the next day. */
import type { ReadFileState } from '../../records/run-events.ts';
import { hashOf, type LinePieces, sha256, tellingBytes } from './line-pieces.ts';
import type { LogFile } from './positions.ts';

export interface FileReading {
  file: LogFile;
  format?: string;
  /** Absent where the file was read whole. */
  pieces?: LinePieces;
  /** Lines before the first one that was read. */
  linesBefore: number;
  /** First line of each day's records, counted from where the reading began. */
  firstLine: Map<string, number>;
  /** Records by day. */
  records: Map<string, number>;
  /** Records that are new and of a day that had closed. */
  late: number;
  /** It must be read from its beginning each time. */
  whole: boolean;
  wasRead: boolean;
}

export const newReading = (file: LogFile): FileReading => ({
  file,
  linesBefore: file.known?.lines ?? 0,
  firstLine: new Map(),
  records: new Map(),
  late: 0,
  whole: !file.lines || file.known?.whole === true,
  wasRead: false,
});

/** The state of the file when a day has closed: records of later days are read again. */
export async function stateAfter(reading: FileReading): Promise<(day: string) => ReadFileState> {
  const { file, whole, wasRead, pieces, format } = reading;
  const { file: path, device, inode, size, sha256, head, modifiedMs, known } = file;
  const about = { path, device, inode, size, sha256, head, ...(format !== undefined && { format }) };
  if (known && !wasRead) return () => ({ ...known, ...about, modifiedMs });
  if (whole || !pieces) return (day) => ({ ...about, ...wholeState(reading, day) });
  const { end } = pieces;
  const tail = await tailOf(reading, pieces);
  return (day) => {
    const line = firstLineAfter(reading, day);
    const place = line === undefined ? { at: end, linesBefore: pieces.lines } : pieces.placeOf(line);
    return {
      ...about,
      bytes: end,
      records: (known?.records ?? 0) + pieces.freshLines,
      tail,
      ...(place.at < end && { from: place.at }),
      lines: reading.linesBefore + place.linesBefore,
      modifiedMs,
      ...openRecords(reading, day),
    };
  };
}

function wholeState(reading: FileReading, day: string) {
  const {
    records,
    file: { size, modifiedMs },
  } = reading;
  const closed = [...records].filter(([name]) => name <= day).reduce((sum, [, count]) => sum + count, 0);
  const isOpen = [...records.keys()].some((name) => name > day);
  return {
    bytes: size,
    records: closed,
    whole: true as const,
    modifiedMs,
    ...(isOpen && { from: 0 }),
    ...openRecords(reading, day),
  };
}

/** Those of days that are still open: they are read again when their day closes. */
function openRecords({ records }: FileReading, day: string): { open?: number } {
  const open = [...records].reduce((sum, [name, count]) => sum + (name > day ? count : 0), 0);
  return open === 0 ? {} : { open };
}

function firstLineAfter({ firstLine }: FileReading, day: string): number | undefined {
  const later = [...firstLine].flatMap(([name, line]) => (name > day ? [line] : []));
  return later.length === 0 ? undefined : Math.min(...later);
}

async function tailOf({ file }: FileReading, pieces: LinePieces): Promise<string> {
  const from = Math.max(0, pieces.end - tellingBytes);
  const held = pieces.tail(pieces.end - from);
  if (held) return sha256(held);
  return (await hashOf(file, from, pieces.end)).sha256;
}
