/** What was compared with what: a local 4-bit copy is not the model that benchmarks measured, and the report says so. */
import type { ArmRecord } from '../records/run-record.ts';
import { thousands } from '../text/numbers.ts';
import { oneLine } from '../text/shell.ts';

/** Bits per weight as the quantization's name says, or null: `Q4_K_M` 4, `MXFP4` 4, `BF16` 16, `IQ3_XS` 3. */
export function bitsOf(quantization: string | undefined): number | null {
  const match = /^(?:IQ|TQ|Q|BF|FP|F|MXFP|NVFP|INT|W)(\d{1,2})/i.exec(quantization ?? '');
  const bits = Number(match?.[1]);
  return bits >= 1 && bits <= 32 ? bits : null;
}

/** "qwen3:8b ran as a 4-bit copy (Q4_K_M) …": one sentence per arm that runs a model file; null where nothing is known. */
export function quantizationWords(arm: ArmRecord, served: number | undefined): string | null {
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
