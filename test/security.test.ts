/** Every sentence of SECURITY.md, and the tests that show it: a sentence without one fails, and so does a test that is gone. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');

/** As they stand between headings, one a line. */
const sentences = page
  .split('\n\n')
  .filter((part) => !part.startsWith('#'))
  .flatMap((part) => part.replaceAll('\n', ' ').split(/(?<=[.:!?]) (?=[A-Z`])/))
  .map((sentence) => sentence.trim())
  .filter((sentence) => sentence !== '' && sentence !== 'Not defended:');

/** `file › words of the test's name`. */
const shownBy: Record<string, readonly string[]> = {
  'Report a problem privately to the maintainers through GitHub\'s "Report a vulnerability"; please leave 90 days.': [
    'security.test.ts › names a way to report',
  ],
  // Blinding
  'Screen, packet and votes file hold no arm, model, host, latency or length.': [
    'cli/packet.test.ts › nothing in it names an arm: not in clear, not encoded, not compressed',
    'tty/score.test.ts › vote, undo, resize to 40×12 and back, guess, finish; nothing leaks',
    'core/blind/screen.test.ts › nothing says how long an answer is',
    'edges/side-guesser.test.ts › names the sides no better than chance',
  ],
  'The deal is committed to in `run.json` before the first vote, so a changed key shows.': [
    'edges/run-port.test.ts › a changed key stops everything',
  ],
  'An answer or a setting that is edited after the answers came in shows by its hash in the ledger.': [
    'cli/seal.test.ts › whose answers were swapped is refused by %s',
    'cli/seal.test.ts › whose run.json was edited is refused by %s',
  ],
  'A votes file that is edited line by line shows, because each line holds the hash of the one before.': [
    'edges/store.test.ts › are chained; a changed, removed or swapped line is found and named',
  ],
  'Votes and ledger that do not fit each other show.': [
    'edges/seal.test.ts › votes rewritten after the finish, with a chain that fits, show',
    'edges/seal.test.ts › a vote whose line is taken out of the ledger shows, sealed: %s',
  ],
  'SIGUSR1 opens no debugger in a session.': [
    'tty/score.test.ts › SIGTERM says what is saved, on the first page too; SIGUSR1 opens no debugger',
    'tty/score.test.ts › in a session %s SIGUSR1 changes nothing, and SIGTERM says what is saved',
  ],
  'a person who opens `key.json` or `attempts/` knows the sides, which is why a run folder is readable by its owner alone.':
    ['edges/private-files.test.ts › is 0700, and everything in it is 0600 or 0700'],
  'an owner who rewrites everything together, unless `run.json` and the fingerprint that each session shows at its end were noted elsewhere.':
    [
      'core/blind/session.test.ts › undo still works; then finish, guesses, thanks with count and fingerprint, quit',
      'edges/rater-files.test.ts › refuses another one, more than one file, and what is no fingerprint',
    ],
  'Recognition by style is measured, not prevented.': [
    'core/stats/guess-words.test.ts › from the tenth guess on',
    'core/report/five-answers.test.ts › is NOT YET where nothing may rest on the votes: %s',
  ],
  // Packets and votes
  "A packet holds a token, and the run keeps only the token's hash.": [
    'edges/rater-files.test.ts › is in packet and votes, and its hash alone in the run',
  ],
  'Votes without the token end with exit 2, votes with another one with exit 5.': [
    'edges/rater-files.test.ts › votes with %s are refused, and nothing of them is taken',
  ],
  'whoever holds the packet holds the token.': [
    'edges/rater-files.test.ts › a forged file that came first no longer locks its rater out',
  ],
  '`gapcheck merge --fingerprint HASH` takes only the votes whose fingerprint the rater saw.': [
    'edges/rater-files.test.ts › takes the file that the rater saw, by its first characters or the whole',
  ],
  "`gapcheck votes void` takes a rater's votes out again, which the ledger and the report say.": [
    'edges/rater-files.test.ts › a forged file that came first no longer locks its rater out',
    'cli/teams.test.ts › are taken out by hand, fail no job after that, and their ballots are voted on again',
  ],
  '`gapcheck packet --withdraw` refuses what comes back from a packet.': [
    'edges/rater-files.test.ts › frees its prompts and opens the seal; votes that come back from it are refused',
  ],
  'No two raters share a file, on any file system.': ['edges/file-names.test.ts › are never one for two raters'],
  // Files from elsewhere
  'Packets, votes, the lock file, the config and run folders are checked field by field before anything is written.': [
    'edges/damaged-places.test.ts › ends %s in a result or a placed error, and nothing is written before',
    'edges/odd-fields.test.ts › in a packet is named with its place, and nothing is written',
  ],
  'What is wrong is said with file and place.': [
    'edges/damaged-places.test.ts › ends %s in a result or a placed error, and nothing is written before',
    'edges/odd-fields.test.ts › in the lock file is named with its place',
  ],
  'Files of any size are read, and one that cannot be is refused by name.': [
    'edges/large-files.test.ts › of votes are merged, chained and reported; a torn end gets its own number',
    'edges/large-files.test.ts › in %s end with exit 2 and the file named',
  ],
  'Votes that were too fast, recognised or opened early are neither gated on, routed by, locked nor exported.': [
    'edges/exported-votes.test.ts › votes too fast to have been read are not: exit 4, and no file',
    'edges/exported-votes.test.ts › votes of a run that was unblinded before everybody had finished are not: exit 5',
    'edges/exported-votes.test.ts › nor are votes that were too fast routed by or locked',
    'core/releases/gates.test.ts › broken blinding wins over everything, imported votes never pass as blind',
  ],
  // Continuous integration
  'Answers of a locked run come only from a job on the default branch of the same repository.': [
    'cli/action.test.ts › are not taken from %s, however new its artifact is',
  ],
  'A pull request keeps its own answers under another name.': [
    'cli/action.test.ts › go under another name when a pull request keeps them',
  ],
  'Votes count on the default branch, or when somebody other than the author, whom GitHub lets write here, has approved the very commit.':
    [
      'cli/action.test.ts › has votes that wait when it was approved by %s',
      'cli/action.test.ts › has votes that count when somebody approved it %s, behind forty strangers',
      'cli/action.test.ts › is no default branch when the job was started by hand on another one',
    ],
  'Ids match a pattern before they reach a shell, a variable or a URL.': [
    'cli/action.test.ts › cannot bring a run id with %s',
    'cli/action.test.ts › a result.json with %s names no run',
  ],
  'Names of branches, authors, raters and files are never run.': [
    'cli/action.test.ts › runs nothing that a branch, an author, a rater or the name of a votes file says',
  ],
  'Lines of a model cannot speak to GitHub.': [
    'cli/action.test.ts › cannot speak to GitHub through what a model says: %s',
  ],
  'Keys are in the environment of the one step that calls models.': [
    'cli/action.test.ts › reach gapcheck ci and nothing before or after it',
  ],
  'The output folders are emptied first, and only below the checkout.': [
    'cli/action.test.ts › finds the output folder empty',
    'cli/action.test.ts › cannot have %s emptied',
  ],
  'The comment is found by its author and its mark.': [
    'cli/action.test.ts › is written over when our own author wrote it, and never over that of somebody else',
  ],
  'Texts of others are inert in the comment: mentions, links, `GH-123` and hashes.': [
    'core/releases/comment.test.ts › %s is only a text',
  ],
  'Actions are pinned by commit, gapcheck by its version.': [
    'core/releases/workflow.test.ts › pins every action by a commit, and gapcheck by its version',
    'cli/action.test.ts › has no expression inside a script, and pins what it uses',
  ],
  'A pull request from a fork gets no key.': ['cli/action.test.ts › gets no key from a fork, and says why'],
  'whoever may push a branch may run a workflow with its secrets, as everywhere on GitHub.': [
    'security.test.ts › is repeated where CI is set up',
  ],
  'whoever may change the default branch.': ['cli/teams.test.ts › votes on the default branch that nobody cast'],
  'a provider that changes a model behind its name; `gapcheck outdated` says that it cannot see it.': [
    'cli/ci.test.ts › asks people only what changed; too few votes 4, a worse model 1, the votes back 0',
  ],
  // Keys
  'Keys are read from the environment, from the variable that the config names, or from the program that `keyCommand` names.':
    [
      'cli/first-hour.test.ts › plans without a key, and names the variable that is missing',
      'cli/arm-settings.test.ts › headers go with every request; those of the environment reach no file',
      'edges/arms/key-command.test.ts › gives the key, once for many calls',
    ],
  'They are never written to `results/`, logs, errors or `--debug` output.': [
    'cli/run.test.ts › never writes the key anywhere, also not with --debug and a server that echoes it',
    'edges/arms/key-command.test.ts › never is in a message of the server',
  ],
  'A key is sent only to the host it belongs to, and follows no redirect.': [
    'cli/nothing-leaves.test.ts › follows no redirect to another server',
    'cli/nothing-leaves.test.ts › of a run but to the servers that its plan names',
  ],
  'A key in the config is refused.': [
    'cli/run.test.ts › an arm with a key in it is refused before anything is written',
  ],
  // Untrusted text
  'Prompts, answers, notes, task and rater names are data: nothing in them is expanded, loaded or run.': [
    'cli/nothing-leaves.test.ts › is data: nothing in it is expanded, loaded or run',
    'edges/runs/exec-check.test.ts › hands the answer over byte for byte, never to a shell',
    'core/report/model.test.ts › quotes a task name that the shell would read otherwise',
  ],
  'Control sequences never reach the terminal.': [
    'tty/score.test.ts › hostile answers do nothing to the terminal',
    'core/report/hostile.test.ts › sends no control sequence to the terminal, and JSON parses',
    'edges/terminal/frame.test.ts › whatever a span holds, the only escapes are ours',
  ],
  'HTML, Markdown, CSV and XML are escaped.': [
    'core/report/hostile.test.ts › adds no element, attribute or entity of its own to the page',
    'core/report/hostile.test.ts › opens no tag, table cell or fence in Markdown',
    'core/report/hostile.test.ts › makes no formula and no extra row in CSV',
    'core/report/hostile.test.ts › leaves JUnit XML well formed',
  ],
  'Only the config starts programs: treat a config from a stranger as code.': [
    'edges/runs/exec-check.test.ts › starts nothing for a prompt file, whatever it says about itself',
  ],
  // Whole agents
  'An agent works in a fresh copy of the folder, so what it changes there reaches neither your folder nor another trial.':
    [
      'edges/agents/ends.test.ts › every agent ends under its word, within its limits, and takes all it started with it',
      'edges/agents/copies.test.ts › what a trial changes, no other one sees',
    ],
  'That holds for links too: no copy holds a link that leads out of it.': [
    'edges/agents/copies.test.ts › an agent that writes through links changes its own copy, and its diff says so',
    'edges/agents/copies.test.ts › a link to a folder outside, or to nothing there, is refused (%s)',
  ],
  'The agent ends with everything it started.': [
    'edges/agents/ends.test.ts › every agent ends under its word, within its limits, and takes all it started with it',
    'cli/agent-kills.test.ts › kill -9 and resume loses no finished trial and leaves no orphan and no copy',
  ],
  'No key of the environment goes into its steps, its output or its diff on the disk.': [
    'edges/agents/ends.test.ts › no secret of the environment is written down',
  ],
  'a copy of a folder is no sandbox.': [
    'edges/agents/copies.test.ts › the plan, the help and SECURITY.md say that a copy is no sandbox',
  ],
  'An agent runs with your rights, on your files, your network and your keys.': [
    'edges/agents/copies.test.ts › the plan, the help and SECURITY.md say that a copy is no sandbox',
  ],
  'What it writes outside its copy stays there, and later trials meet it.': [
    'edges/agents/copies.test.ts › what an agent writes outside its copy stays, and the next trial meets it',
  ],
  'Wrap the program in docker, bubblewrap or `@anthropic-ai/sandbox-runtime` where it must not reach them.': [
    'edges/agents/copies.test.ts › the plan, the help and SECURITY.md say that a copy is no sandbox',
  ],
  // Your prompts
  'Prompts go to the endpoints that the plan names and nowhere else.': [
    'cli/nothing-leaves.test.ts › of a run but to the servers that its plan names',
  ],
  'Fake values replace e-mail addresses, phone and card numbers and keys before.': [
    'core/logs/redact.test.ts › the same value has the same fake everywhere in a prompt',
    'edges/logs/import.test.ts › what was redacted and what it holds',
  ],
  'While a large log is read, its prompts wait in a temporary file that has no name and goes with the process.': [
    'edges/prompt-spool.test.ts › have a file from the first one that is too much on, and its name is gone at once',
  ],
  'There is no telemetry.': [
    'cli/nothing-leaves.test.ts › of answers that are in the file: from run to report, no connection is opened',
  ],
  // Releases
  "A release is published by one workflow on the default branch, with npm's provenance.": [
    'documents.test.ts › is started by hand, on the default branch alone, and publishes nothing that was not checked',
    'documents.test.ts › gives the rights to publish to a job that runs no tests',
  ],
  'The job that has the rights to publish runs no tests.': [
    'documents.test.ts › gives the rights to publish to a job that runs no tests',
  ],
};

/** A colon parts "Not defended" from what is not, and nothing else. */
const whole = sentences.flatMap((sentence) => {
  const [before = '', ...after] = sentence.split('Not defended: ');
  return [before, ...after].map((part) => part.trim()).filter((part) => part !== '');
});

describe('SECURITY.md', () => {
  it('has a test for every sentence, and the table none that the page has not', () => {
    expect(whole.length).toBeGreaterThan(40);
    expect([...whole].sort()).toEqual(Object.keys(shownBy).sort());
  });

  it.each(Object.entries(shownBy))('"%s"', (_sentence, tests) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) {
      const [file = '', name = ''] = test.split(' › ');
      const path = join(root, 'test', file);
      expect(existsSync(path), path).toBe(true);
      const titles = [...readFileSync(path, 'utf8').matchAll(/(['"`])((?:\\.|(?!\1).)*)\1/g)].map(([, , text]) => text);
      expect(
        titles.some((title) => title?.replaceAll('\\', '').includes(name)),
        `${file} has a test "${name}"`,
      ).toBe(true);
    }
  });

  it('names a way to report', () => {
    expect(page).toContain('Report a vulnerability');
  });

  it('is repeated where CI is set up: who may push a branch is trusted with the keys', () => {
    const ci = readFileSync(join(root, 'docs/ci.md'), 'utf8').replace(/\s+/g, ' ');
    expect(ci).toContain('runs its own config and its own workflow with your keys');
  });
});
