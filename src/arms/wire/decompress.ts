/** Takes compression off a body, by its first bytes where they tell and by its header where they cannot. */
import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import zlib from 'node:zlib';

/** A body that was cut ends with what there is: its missing end is noticed by whoever reads it. */
const flush = { finishFlush: zlib.constants.Z_SYNC_FLUSH };

/** `encoding`: of the header. Errors of the connection and of the compression are errors of the returned stream. */
export async function decompressed(body: Readable, encoding: string): Promise<Readable> {
  const first = await firstPiece(body);
  if (first === undefined) return body;
  const decoder = decoderFor(first, encoding) ?? new PassThrough();
  decoder.write(first);
  return pipeline(body, decoder, () => undefined);
}

const firstPiece = (body: Readable): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    body.once('data', (piece: Buffer) => {
      body.pause();
      resolve(piece);
    });
    body.once('end', () => resolve(undefined));
    body.once('error', reject);
  });

function decoderFor(first: Buffer, encoding: string): Transform | undefined {
  if (first[0] === 0x1f && first[1] === 0x8b) return zlib.createGunzip(flush);
  const names = encoding.toLowerCase();
  if (/\bbr\b/.test(names)) return zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH });
  if (!names.includes('deflate')) return undefined;
  // Some servers send deflate without the wrapper that the header's name promises.
  const [a = 0, b = 0] = first;
  const isWrapped = (a & 0x0f) === 8 && ((a << 8) | b) % 31 === 0;
  return isWrapped ? zlib.createInflate(flush) : zlib.createInflateRaw(flush);
}
