/** What a report is made of, before any layout: sections of blocks. Text in blocks is plain and unescaped. */
import type { LostBallot } from './losses.ts';
import type { Tone } from './scopes.ts';

export interface Caveat {
  text: string;
  /** It may void the result. */
  warns: boolean;
}

export interface Heading {
  title: string;
  align: 'left' | 'right';
}

export type Block =
  | { kind: 'lead' | 'text' | 'warning' | 'cost'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'command'; command: string; words: string }
  | { kind: 'table'; caption: string; columns: Heading[]; rows: string[][] }
  | { kind: 'verdicts'; items: { name: string; answer: string; words: string; tone: Tone }[] }
  /** Pictures of numbers that stand in tables as well: formats without pictures leave them out. */
  | { kind: 'caveats'; shown: Caveat[]; rest: Caveat[] }
  | { kind: 'losses'; losses: LostBallot[] }
  | { kind: 'chart'; chart: 'votes' | 'net' | 'unusable' | 'traffic' | 'evidence'; pair: number }
  | { kind: 'chart'; chart: 'refusals'; table: number }
  | { kind: 'chart'; chart: 'retries' | 'latency' | 'fees' | 'cost' | 'alone-minutes' | 'alone-steps' | 'margin' }
  | { kind: 'ballots' };

export interface Section {
  id: string;
  title: string;
  blocks: Block[];
  /** Closed until a reader opens it. */
  folded?: boolean;
}
