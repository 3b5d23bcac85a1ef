/** What was typed before a question was on the screen answers nothing. */

/** Silence after which nothing more is waiting in the terminal's own buffer, ms. */
const silenceMs = 60;

/** Reads and drops what is there. Raw for that moment: a line without its Enter would stay in the buffer. */
export async function dropTypedAhead(input: NodeJS.ReadStream): Promise<void> {
  if (input.isTTY !== true) return;
  const wasRaw = input.isRaw === true;
  input.setRawMode(true);
  try {
    await untilSilent(input);
  } finally {
    input.setRawMode(wasRaw);
    input.pause();
  }
}

function untilSilent(input: NodeJS.ReadStream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      input.off('data', drop);
      resolve();
    };
    let timer = setTimeout(done, silenceMs);
    const drop = (data: Buffer | string): void => {
      clearTimeout(timer);
      timer = setTimeout(done, silenceMs);
      // A raw terminal sends no signal for it.
      if (String(data).includes('\u0003')) process.kill(process.pid, 'SIGINT');
    };
    input.on('data', drop);
    input.resume();
  });
}
