/** For runs by the thousand: nothing waits for the disk, and what is drawn at random is drawn from a fixed seed. */
import crypto from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Bytes of SHA-256 over a counter: the same keys and run ids in every process. */
function seededBytes(seed: number): (size: number) => Buffer {
  let drawn = 0;
  return (size) => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < size; have += 32) {
      drawn += 1;
      blocks.push(crypto.createHash('sha256').update(`${seed} ${drawn}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, size);
  };
}

/** `using disk = fastDisk(seed)`: puts everything back at the end, also when a test fails. */
export function fastDisk(seed: number): Disposable {
  const { fsyncSync } = fs;
  const { randomBytes } = crypto;
  fs.fsyncSync = () => {};
  crypto.randomBytes = seededBytes(seed) as typeof randomBytes;
  syncBuiltinESMExports();
  return {
    [Symbol.dispose]: () => {
      fs.fsyncSync = fsyncSync;
      crypto.randomBytes = randomBytes;
      syncBuiltinESMExports();
    },
  };
}
