/**
 * Changes that some test must notice. `from` stands exactly once in the file; `tests` are folders or files whose names
 * vitest filters by. How to add one: test/README.md. Constants of the statistics belong to whoever changes the rule.
 */
export interface Mutant {
  /** Below src/. */
  file: string;
  from: string;
  to: string;
  tests: readonly string[];
}

const stats = ['test/core/stats', 'test/core/verdicts'];
const verdicts = ['test/core/verdicts'];
const runs = ['test/core/runs'];
const outcomeRows = ['test/core/runs/outcome-rows'];
/** Borders of session, deal and screen. */
const session = ['test/core/blind/session-borders'];
const refusals = ['test/core/text/refusals'];

export const mutants: readonly Mutant[] = [
  {
    file: 'logs/tasks.ts',
    from: 'Math.max(openingSize.records, openingSize.share * others)',
    to: 'openingSize.records',
    tests: ['test/core/logs/prompt-openings'],
  },
  {
    file: 'logs/prompt-openings.ts',
    from: 'if (greeting.test(opening)) return false;',
    to: '',
    tests: ['test/core/logs/prompt-openings'],
  },
  {
    file: 'logs/redact/named-secrets.ts',
    from: "'<{1,3}(",
    to: "'<{9}(",
    tests: ['test/core/logs/named-secrets'],
  },
  {
    file: 'logs/redact/column-secrets.ts',
    from: '!tabular.test(line) || ',
    to: '',
    tests: ['test/core/logs/column-secrets'],
  },
  {
    file: 'logs/redact/secret-value.ts',
    from: 'leaf.length >= shortest && ',
    to: '',
    tests: ['test/core/logs/program-text'],
  },
  { file: 'text/reasoning-block.ts', from: '!cutOff && /^', to: '/^', tests: ['test/core/text/judged'] },
  {
    file: 'stats/overall-look.ts',
    from: 'baseQuantile = 2.2;',
    to: 'baseQuantile = 2.3;',
    tests: ['test/edges/whole-runs'],
  },
  { file: 'stats/verdict.ts', from: 'minVotes: 8', to: 'minVotes: 7', tests: stats },
  { file: 'stats/verdict.ts', from: 'leaningVotes = 5', to: 'leaningVotes = 4', tests: stats },
  { file: 'stats/verdict.ts', from: 'leaningEvidence = 3', to: 'leaningEvidence = 2.5', tests: stats },
  { file: 'stats/adjusted-blinding-index.ts', from: 'fewestGuesses = 10', to: 'fewestGuesses = 9', tests: stats },
  { file: 'stats/adjusted-blinding-index.ts', from: 'noSignBelow = 0.3', to: 'noSignBelow = 0.35', tests: stats },

  { file: 'voting/ballot-plan.ts', from: 'overlapFrom = 60', to: 'overlapFrom = 61', tests: verdicts },
  { file: 'voting/ballot-plan.ts', from: 'overlapSize = 6', to: 'overlapSize = 5', tests: verdicts },
  { file: 'verdicts/next-ballot.ts', from: 'repeatGap = 10', to: 'repeatGap = 9', tests: verdicts },
  { file: 'verdicts/routing.ts', from: 'uncheckedBelow = 0.02', to: 'uncheckedBelow = 0.03', tests: verdicts },
  { file: 'stats/neither.ts', from: 'fewestAsked = 5', to: 'fewestAsked = 6', tests: stats },
  { file: 'verdicts/evidence.ts', from: '!record || placed.has(prompt) ||', to: '!record ||', tests: verdicts },

  { file: 'text/refusals/read-refusal.ts', from: 'largeShare = 0.7', to: 'largeShare = 0.9', tests: refusals },
  { file: 'text/refusals/read-refusal.ts', from: 'middleShare = 0.45', to: 'middleShare = 0', tests: refusals },
  {
    file: 'text/refusals/written-for-others.ts',
    from: 'voicedWords = 6',
    to: 'voicedWords = 60',
    tests: refusals,
  },
  {
    file: 'text/refusals/something-else.ts',
    from: " && (request.choice || request.asks === 'words'))",
    to: ')',
    tests: refusals,
  },
  {
    file: 'text/refusals/written-for-others.ts',
    from: 'request.holdsNo || isHandedOn(clauses, request)',
    to: 'isHandedOn(clauses, request)',
    tests: refusals,
  },
  { file: 'text/refusals/something-else.ts', from: 'leftWords = 3', to: 'leftWords = 30', tests: refusals },
  { file: 'text/refusals/short-no.ts', from: 'notKnowing.test(folded) || ', to: '', tests: refusals },
  {
    file: 'text/refusals/asked-words.ts',
    from: "!folded.startsWith('why ') && ",
    to: '',
    tests: refusals,
  },
  { file: 'text/refusals/spoken-text.ts', from: 'bare.replace(quotations, \'"…"\')', to: 'bare', tests: refusals },

  { file: 'blind/deal.ts', from: 'taskBalanceFrom = 16', to: 'taskBalanceFrom = 15', tests: session },
  { file: 'blind/session/ballot-keys.ts', from: 'minimumMs = 1_500', to: 'minimumMs = 1_400', tests: session },
  { file: 'blind/session/ballot-keys.ts', from: 'heldKeyMs = 400', to: 'heldKeyMs = 200', tests: session },
  { file: 'blind/session/guess-keys.ts', from: 'guessMinimumMs = 400', to: 'guessMinimumMs = 0', tests: session },
  {
    file: 'blind/packet-port.ts',
    from: 'mostGuesses = 20',
    to: 'mostGuesses = 19',
    tests: ['test/core/blind', 'test/edges/run-port'],
  },
  { file: 'blind/screen/draw-ballot.ts', from: 'besideFrom = 76', to: 'besideFrom = 77', tests: session },

  {
    file: 'records/outcomes.ts',
    from: "missing('cut', 'cut', 'provider', tried(3,",
    to: "missing('cut', 'cut', 'provider', tried(4,",
    tests: ['test/core/runs/borders'],
  },
  { file: 'runs/again.ts', from: 'retryAfterCapMs = 300_000', to: 'retryAfterCapMs = 600_000', tests: runs },
  { file: 'runs/schedule.ts', from: 'replayAtOnce = 32', to: 'replayAtOnce = 1', tests: runs },
  { file: 'runs/schedule.ts', from: 'startsPerTurn = 4', to: 'startsPerTurn = 5', tests: runs },
  { file: 'runs/learn.ts', from: 'refusalsAtMost = 3', to: 'refusalsAtMost = 4', tests: runs },
  { file: 'runs/learn.ts', from: 'crowdedAtMost = 2', to: 'crowdedAtMost = 3', tests: runs },
  { file: 'runs/learn.ts', from: 'crowdedAtMost = 2', to: 'crowdedAtMost = 1', tests: runs },
  { file: 'arms/wire/loop-watch.ts', from: 'times = 4;', to: 'times = 3;', tests: ['test/core/arms/loop-watch'] },
  { file: 'arms/wire/loop-watch.ts', from: 'times = 4;', to: 'times = 5;', tests: ['test/core/arms/loop-watch'] },
  {
    file: 'arms/wire/before-asking.ts',
    from: 'least + leastCap <= window.tokens',
    to: 'least + leastCap < window.tokens',
    tests: ['test/core/arms/before-asking'],
  },
  { file: 'runs/limiter.ts', from: 'lane.limit + 1 / lane.limit', to: 'lane.limit + 1', tests: runs },
  { file: 'arms/ollama/ollama.ts', from: 'atOnce: 1,', to: 'atOnce: 2,', tests: runs },

  { file: 'stats/allot-plan.ts', from: 'minPerTask = 8', to: 'minPerTask = 7', tests: ['test/core/logs/sample'] },
  { file: 'logs/sample.ts', from: 'maxTasks = 3', to: 'maxTasks = 4', tests: ['test/core/logs/sample'] },
  {
    file: 'logs/moments.ts',
    from: 'isPlain ? dateOrder([stamp]) : order',
    to: 'dateOrder([stamp])',
    tests: ['test/core/logs/written-dates'],
  },
  {
    file: 'logs/group/named-sides.ts',
    from: 'answerers(names) !== undefined',
    to: 'true',
    tests: ['test/edges/logs/stored-talks'],
  },
  {
    file: 'logs/group/named-sides.ts',
    from: ' && answersMostly(records, name)',
    to: '',
    tests: ['test/edges/logs/look-alikes'],
  },
  {
    file: 'logs/group/turn-kinds.ts',
    from: "if (!speaks('user') || !speaks('assistant')) return false;",
    to: '',
    tests: ['test/edges/logs/look-alikes'],
  },
  {
    file: 'logs/formats/lines-apart.ts',
    from: '!asks(record) && ',
    to: '',
    tests: ['test/edges/logs/around-calls'],
  },

  {
    file: 'releases/gates.ts',
    from: 'defaultRetryMargin = 0.1;',
    to: 'defaultRetryMargin = 0.15;',
    tests: ['test/core/releases/gates'],
  },
  { file: 'report/to-html.ts', from: 'at += 8192', to: 'at += 8191', tests: ['test/core/report'] },
  {
    file: 'report/run-facts.ts',
    from: 'toVote: run.tasks.reduce((sum, task) => sum + task.planned, 0)',
    to: 'toVote: 0',
    tests: ['test/core/report'],
  },
  // One for each row of what can happen to a call.
  {
    file: 'records/outcomes.ts',
    from: "missing('network', 'dns', 'network', slowly),",
    to: "missing('network', 'dns', 'network', tried(5, 500, 8_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('network', 'refused-connection', 'network', slowly),",
    to: "missing('network', 'refused-connection', 'network', tried(5, 500, 8_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('network', 'dropped', 'network', slowly),",
    to: "missing('network', 'dropped', 'network', tried(5, 500, 8_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('network', 'tls', 'setup', 'never'),",
    to: "missing('network', 'tls', 'setup', tried(2, 1, 1)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('network', 'proxy', 'setup', slowly),",
    to: "missing('network', 'proxy', 'setup', tried(5, 500, 8_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "refused('bad-request', 'role', 'setup'),",
    to: "stopping('bad-request', 'role'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "refused('bad-request', 'feature'),",
    to: "stopping('bad-request', 'feature'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "refused('bad-request', 'unknown', 'setup'),",
    to: "stopping('bad-request', 'unknown'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "refused('too-long', 'context'),",
    to: "stopping('too-long', 'context'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "refused('too-long', 'cut-by-server', 'setup'),",
    to: "stopping('too-long', 'cut-by-server'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "refused('too-long', 'request-over-limit', 'setup'),",
    to: "stopping('too-long', 'request-over-limit'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "refused('too-long', 'payload', 'setup'),",
    to: "stopping('too-long', 'payload'),",
    tests: outcomeRows,
  },
  { file: 'records/outcomes.ts', from: "stopping('auth', 'key'),", to: "refused('auth', 'key'),", tests: outcomeRows },
  {
    file: 'records/outcomes.ts',
    from: "stopping('auth', 'permission'),",
    to: "refused('auth', 'permission'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "stopping('model-missing', 'model'),",
    to: "refused('model-missing', 'model'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "stopping('model-missing', 'base-url'),",
    to: "refused('model-missing', 'base-url'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "stopping('quota', 'rate-window'),",
    to: "refused('quota', 'rate-window'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "stopping('quota', 'quota'),",
    to: "refused('quota', 'quota'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "stopping('out-of-memory', 'memory'),",
    to: "refused('out-of-memory', 'memory'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('rate-limit', 'rate-minute', 'provider', tried(8, 1_000, 60_000)),",
    to: "missing('rate-limit', 'rate-minute', 'provider', tried(9, 1_000, 60_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('timeout', 'server-timeout', 'provider', tried(2, 1_000, 5_000)),",
    to: "missing('timeout', 'server-timeout', 'provider', tried(3, 1_000, 5_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('timeout', 'idle', 'provider', tried(2, 1_000, 5_000)),",
    to: "missing('timeout', 'idle', 'provider', tried(3, 1_000, 5_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('timeout', 'total', 'provider', tried(2, 1_000, 5_000)),",
    to: "missing('timeout', 'total', 'provider', tried(3, 1_000, 5_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('server', 'server', 'provider', slowly),",
    to: "missing('server', 'server', 'provider', tried(5, 500, 8_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('overload', 'overloaded', 'provider', tried(6, 1_000, 30_000)),",
    to: "missing('overload', 'overloaded', 'provider', tried(7, 1_000, 30_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('overload', 'loading', 'provider', { everyMs: 2_000, forMs: 600_000 }),",
    to: "missing('overload', 'loading', 'provider', { everyMs: 1_000, forMs: 600_000 }),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('cut', 'cut', 'provider', tried(3, 500, 4_000)),",
    to: "missing('cut', 'cut', 'provider', tried(4, 500, 4_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('cut', 'gave-up', 'provider', tried(3, 500, 4_000)),",
    to: "missing('cut', 'gave-up', 'provider', tried(4, 500, 4_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('garbage', 'garbage', 'provider', tried(3, 500, 4_000)),",
    to: "missing('garbage', 'garbage', 'provider', tried(4, 500, 4_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('garbage', 'not-generated', 'provider', tried(3, 500, 4_000)),",
    to: "missing('garbage', 'not-generated', 'provider', tried(4, 500, 4_000)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('garbage', 'substituted', 'setup', 'never'),",
    to: "missing('garbage', 'substituted', 'setup', tried(2, 1, 1)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "missing('aborted', 'aborted', undefined, 'never'),",
    to: "missing('aborted', 'aborted', undefined, tried(2, 1, 1)),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('length', 'model', 'as an answer'),",
    to: "answered('length-x', 'model', 'as an answer'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('finish-unknown'),",
    to: "answered('finish-unknown-x'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('finish-absent'),",
    to: "answered('finish-absent-x'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('empty', 'model', 'as an answer'),",
    to: "answered('empty-x', 'model', 'as an answer'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('cap-spent', 'model'),",
    to: "answered('cap-spent-x', 'model'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('all-reasoning', 'setup'),",
    to: "answered('all-reasoning-x', 'setup'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('refusal', 'model'),",
    to: "answered('refusal-x', 'model'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('content-filter', 'model'),",
    to: "answered('content-filter-x', 'model'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('tool-call-unreadable', 'model', 'as an answer'),",
    to: "answered('tool-call-unreadable-x', 'model', 'as an answer'),",
    tests: outcomeRows,
  },
  {
    file: 'records/outcomes.ts',
    from: "answered('output-unreadable', 'model', 'as an answer'),",
    to: "answered('output-unreadable-x', 'model', 'as an answer'),",
    tests: outcomeRows,
  },
  {
    file: 'text/prefilter.ts',
    from: "part.kind === 'letter' && least > 0",
    to: "part.kind === 'letter'",
    tests: ['test/core/text/prefilter'],
  },
  {
    file: 'logs/redact/same-number.ts',
    from: ".replace('(0)', '')\n      .replace(",
    to: '.replace(',
    tests: ['test/core/logs/redact'],
  },
  {
    file: 'blind/find-names.ts',
    from: 'if (holdsNative(text, book)) return true;',
    to: '',
    tests: ['test/core/blind/mask'],
  },
  {
    file: 'report/one-prompt.ts',
    from: "texts.held !== 'all' && !ballots",
    to: 'false && !ballots',
    tests: ['test/edges/one-prompt'],
  },
  {
    file: 'blind/session/reduce.ts',
    from: '|| (open && !later)',
    to: '',
    tests: ['test/core/blind/session'],
  },
  {
    file: 'report/source-words.ts',
    from: "if (isTimed) return { traffic: 'your traffic'",
    to: "return { traffic: 'your traffic'",
    tests: ['test/core/report/verdict-words'],
  },
  {
    file: 'report/rater-notices.ts',
    from: 'skipped.has(id) && !isVoted(id)',
    to: 'skipped.has(id)',
    tests: ['test/core/report/notices'],
  },
  {
    file: 'text/guessed-tasks.ts',
    from: '(found ?? tasks) === 1',
    to: 'tasks === 1',
    tests: ['test/core/text/guessed-tasks'],
  },
  {
    file: 'report/checked-votes.ts',
    from: 'failedOf(prompt).length > 0',
    to: 'failedOf(prompt).length >= 0',
    tests: ['test/core/report/refusals'],
  },
  {
    file: 'records/run-record.ts',
    from: 'tasks.length === 0 && settings.watch === undefined',
    to: 'tasks.length < 0',
    tests: ['test/edges/damaged-places'],
  },
  {
    file: 'app/result/same-prompts.ts',
    from: 'ids.filter((id) => known.has(id)).length',
    to: 'known.size',
    tests: ['test/edges/voted-before'],
  },
  {
    file: 'report/typed-blocks.ts',
    from: 'text: withNpx(block.text)',
    to: 'text: block.text',
    tests: ['test/core/report/typed-blocks'],
  },
  {
    file: 'report/verdict-words.ts',
    from: "tasks.length < 2 || open.length === 0) return ''",
    to: "tasks.length < 2 || open.length < tasks.length) return ''",
    tests: ['test/core/report/verdict-words'],
  },
  {
    file: 'report/next-step.ts',
    from: 'deciding.every(({ tasks }) => tasks.length < 2)',
    to: 'deciding.length > 0',
    tests: ['test/core/report/after-no'],
  },
  {
    file: 'text/shared-opening.ts',
    from: 'ends.find((length) => length >= shortest) ?? common',
    to: 'common',
    tests: ['test/core/text/shared-opening'],
  },
  {
    file: 'blind/screen/screen-parts.ts',
    from: 'Math.max(shown > 1 ? 1 : 0, shown - own.length)',
    to: 'Math.max(1, shown - own.length)',
    tests: ['test/core/blind/screen'],
  },
  {
    file: 'checks/prompt-language.ts',
    from: 'belowTemplate(messages, shared) ?? ',
    to: '',
    tests: ['test/core/checks/prompt-language'],
  },
  {
    file: 'app/score/run-notes.ts',
    from: 'own?.few ? undefined : run.logged',
    to: 'run.logged',
    tests: ['test/core/text/guessed-tasks'],
  },
  {
    file: 'report/section-answer.ts',
    from: 'lookAgain === null || next.words.startsWith(noTaskMoves)',
    to: 'lookAgain === null',
    tests: ['test/core/report/after-no'],
  },
  {
    file: 'checks/suggest-checks.ts',
    from: 'isPart(nounBefore.exec(before)?.[1]) || ',
    to: '',
    tests: ['test/core/checks/parts-of-answers'],
  },
  {
    file: 'records/outcomes.ts',
    from: "refused('no-answer', failedInLog)",
    to: "missing('no-answer', failedInLog, undefined, 'never')",
    tests: ['test/core/runs/outcome-rows'],
  },
  {
    file: 'app/ci/usual-within.ts',
    from: 'usualWithin = 60',
    to: 'usualWithin = 40',
    tests: ['test/cli/models-that-end'],
  },
  {
    file: 'verdicts/known-price.ts',
    from: 'machine && isOwnMachine(arm)',
    to: 'isOwnMachine(arm)',
    tests: ['test/core/verdicts/summaries'],
  },
];
