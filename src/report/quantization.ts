/** What was compared with what: a local 4-bit copy is not the model that benchmarks measured, and the report says so. */
import type { ArmRecord } from '../records/run-record.ts';
import { thousands } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';
import type { ArmFigures } from './arm-figures.ts';

/** Bits per weight as the quantization's name says, or null: `Q4_K_M` 4, `MXFP4` 4, `BF16` 16, `IQ3_XS` 3. */
export function bitsOf(quantization: string | undefined): number | null {
  const match = /^(?:IQ|TQ|Q|BF|FP|F|MXFP|NVFP|INT|W)(\d{1,2})/i.exec(quantization ?? '');
  const bits = Number(match?.[1]);
  return bits >= 1 && bits <= 32 ? bits : null;
}

/** "qwen3:8b ran as a 4-bit copy (Q4_K_M) …": one sentence per arm that runs a model file; null where nothing is known. */
export function quantizationWords(arm: ArmRecord, served: number | undefined): string | null {
  // The digest of an agent is its script's.
  if (arm.agent) return null;
  if (arm.quantization === undefined && arm.parameterSize === undefined && arm.digest === undefined) return null;
  const bits = bitsOf(arm.quantization);
  const name = oneLine(arm.quantization ?? '', 40);
  const kind =
    bits === null || arm.quantization === undefined
      ? 'at a quantization it does not state'
      : `at ${name} (${bits}-bit)`;
  const size = arm.parameterSize === undefined ? '' : `, ${oneLine(arm.parameterSize, 20)} parameters`;
  const context = served ?? arm.contextAsked;
  const window = context === undefined ? '' : `, ${thousands(context)} tokens of context`;
  const caveat = bits !== null && bits < 16 ? ': not the full-precision model that benchmarks measure' : '';
  return `${oneLine(arm.model, 80)} ran ${kind}${size}${window}${caveat}.`;
}

/** "smol wrote 45 tokens per second and read prompts at 560, on the processor (medians)."; null where nothing was timed. */
export function speedWords(
  { model }: Pick<ArmRecord, 'model'>,
  { tokensPerSecond, readPerSecond }: Pick<ArmFigures, 'tokensPerSecond' | 'readPerSecond'>,
  onGpu: number | null,
): string | null {
  if (tokensPerSecond === null || tokensPerSecond > impossible) return null;
  const read = readPerSecond === null ? '' : ` and read prompts at ${rate(readPerSecond)}`;
  return `${oneLine(model, 80)} wrote ${rate(tokensPerSecond)} tokens per second${read}${whereWords(onGpu)} (median).`;
}

/** No machine writes so fast: the server counted no time. */
const impossible = 100_000;

const rate = (perSecond: number): string => (perSecond < 10 ? perSecond.toFixed(1) : thousands(Math.round(perSecond)));

function whereWords(onGpu: number | null): string {
  if (onGpu === null) return '';
  if (onGpu === 0) return ', on the processor';
  return onGpu >= 0.995 ? ', on the GPU' : `, ${Math.round(100 * onGpu)} % of it on the GPU, the rest on the processor`;
}
