/** A body that is gzip although no header says so: some gateways drop the header and keep the bytes. */

export type Reader = ReadableStreamDefaultReader<Uint8Array>;

export const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;

/** `first`: the piece that was read already. Errors of the connection pass through. */
export function gunzipped(first: Uint8Array, rest: Reader): Reader {
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(new Uint8Array(first)),
    async pull(controller) {
      const { done, value } = await rest.read();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: (reason) => rest.cancel(reason),
  });
  return packed.pipeThrough(new DecompressionStream('gzip')).getReader();
}
