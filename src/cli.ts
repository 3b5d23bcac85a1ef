/** The program. The only place that sets the exit code; verbs load their rooms when they are called. */
import { sayWhenStopped } from './app/interrupt.ts';
import { terminalContext } from './cli/terminal-context.ts';
import { typedCommand } from './text/shell.ts';
import { version } from './version.ts';

// A reader that closes early (`| head`, also behind `2>&1`) is no error of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

// Node would open a debugger for whoever may send signals, and a debugger sees whose answer is whose.
process.on('SIGUSR1', () => undefined);

const context = terminalContext();
sayWhenStopped(() => {
  const again = typedCommand(['gapcheck', ...context.args]);
  context.err(`Stopped. What is on the disk is whole, and kept.\nNext: ${again}`);
});
const [word] = context.args;
if (context.args.length === 1 && (word === '--version' || word === '-V')) context.data(version);
else process.exitCode = await (await import('./cli/run-command.ts')).runCommand(process.argv, context);
