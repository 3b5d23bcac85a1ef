/** Was the prompt read whole? Servers cut in silence, and only their counts show it. */
import { ArmError, type ArmRequest } from '../arm.ts';
import { fewestTokens } from './rough-tokens.ts';

/** What an arm knows of its own counts. */
export interface Counting {
  /** Tokens of window that the server is known to serve. */
  served?: number | undefined;
  /** Counts over the low estimate, of prompts whose text says enough. */
  ratios: number[];
}

/** Counts below this share of what is to be expected are a cut prompt, and no noise. */
const leastOfEstimate = 0.5;
const leastOfLearned = 0.6;
/** No window is as small as this: shorter texts say nothing. */
const smallest = 32;
/** Low estimates of prompts to learn from: shorter ones are mostly template, longer ones may be cut. */
const learnFrom = 60;
const learnTo = 600;
const enough = 4;
const kept = 64;

/** `read`: prompt tokens that the server counted, cached ones included. Throws ArmError (too-long, cut-by-server). */
export function assertReadWhole(
  counting: Counting,
  request: Pick<ArmRequest, 'messages'>,
  read: number | undefined,
): void {
  if (read === undefined) return;
  const least = fewestTokens(request);
  const { served, ratios } = counting;
  if (least < smallest) return;
  if (read < least * leastOfEstimate || (served !== undefined && read >= served && least > served / 4))
    throw cutByServer(read, least, served);
  const usual = lowerQuartile(ratios);
  if (usual !== undefined && least >= learnTo / 4 && read < least * usual * leastOfLearned)
    throw cutByServer(read, Math.round(least * usual), served);
  if (least < learnFrom || least > learnTo) return;
  ratios.push(read / least);
  if (ratios.length > kept) ratios.shift();
}

function lowerQuartile(ratios: readonly number[]): number | undefined {
  if (ratios.length < enough) return undefined;
  return [...ratios].sort((a, b) => a - b)[Math.floor((ratios.length - 1) / 4)];
}

function cutByServer(read: number, about: number, served: number | undefined): ArmError {
  const window = served === undefined ? '' : `, its window is ${served.toLocaleString('en')}`;
  return new ArmError(
    'too-long',
    `the server read ${read.toLocaleString('en')} of about ${Math.max(about, read + 1).toLocaleString('en')} tokens without a word${window}`,
    {
      why: 'cut-by-server',
      fault: 'setup',
    },
  );
}
