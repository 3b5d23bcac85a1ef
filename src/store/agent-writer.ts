/** Writes what one trial of an agent leaves behind, while it works: its steps, its output, and at the end its changes. */
import { closeSync, createReadStream, createWriteStream, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { AgentEndLine, AgentStep } from '../records/agent-record.ts';
import { writeAll, writeWhole } from './atomic-write.ts';
import { cannotWrite } from './cannot-write.ts';
import type { RunPaths } from './layout.ts';
import { fileMode, makeFolder } from './make-folder.ts';

/** Output beyond this is not kept. */
const keptBytes = 64 * 2 ** 20;

export interface AgentFiles {
  output(piece: Uint8Array): void;
  step(line: AgentStep): void;
  /** The last line, the diff, and the output in its packed form. */
  end(line: AgentEndLine, diff: string): Promise<void>;
  /** Of a trial that was cut off: what is there stays. */
  close(): void;
}

/** Begins again: what an earlier try of this trial left is gone. Disk errors come as GapcheckError. */
export function openAgentFiles(paths: RunPaths, arm: string, prompt: string, trial: number): AgentFiles {
  const at = (extension: 'steps.jsonl' | 'diff' | 'out' | 'out.gz') => paths.agentFile(arm, prompt, trial, extension);
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw cannotWrite(paths.folder, error);
    }
  };
  const [output, steps] = told(() => {
    makeFolder(dirname(at('out')));
    for (const extension of ['diff', 'out.gz'] as const) rmSync(at(extension), { force: true });
    return [at('out'), at('steps.jsonl')].map((path) => openSync(path, 'w', fileMode(path)));
  }) as [number, number];
  let kept = 0;
  let open = true;
  const close = (): void => {
    if (open) for (const fd of [output, steps]) closeSync(fd);
    open = false;
  };
  const line = (value: object): void => told(() => writeAll(steps, Buffer.from(`${JSON.stringify(value)}\n`)));
  return {
    output(piece) {
      if (kept + piece.length > keptBytes) return;
      kept += piece.length;
      told(() => writeAll(output, Buffer.from(piece)));
    },
    step: line,
    async end(value, diff) {
      line(value);
      close();
      told(() => writeWhole(at('diff'), diff));
      try {
        const packed = createWriteStream(at('out.gz'), { mode: fileMode(at('out.gz')) });
        await pipeline(createReadStream(at('out')), createGzip(), packed);
      } catch (error) {
        throw cannotWrite(paths.folder, error);
      }
      rmSync(at('out'), { force: true });
    },
    close,
  };
}
