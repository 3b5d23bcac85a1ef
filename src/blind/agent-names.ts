/** What gives an agent's harness away, as data: its names, its files, its tools, the lines it signs with. */
import type { AgentStepKind } from '../records/agent-record.ts';

const words = (text: string): string[] =>
  text
    .split('|')
    .map((word) => word.replace(/\s+/g, ' ').trim())
    .filter(Boolean);

const spaced = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** Names that are nothing else. Words of every day (cursor, goose, amp) need their second word. */
export const harnessNames: readonly string[] = words(`
  Claude Code | Claude Agent | Claude CLI | Codex CLI | Codex | Gemini CLI | opencode | Qwen Code | Aider | Cline |
  Roo Code | Roo Cline | Kilo Code | Cursor Agent | Cursor CLI | Cursor AI | Cursor IDE | GitHub Copilot | Copilot CLI |
  Copilot Agent | Amazon Q Developer | Amp Code | Sourcegraph Amp | Goose AI | Block Goose | Factory Droid | OpenHands |
  OpenDevin | SWE-agent | mini-swe-agent | Devin AI | Windsurf | Codeium | Continue.dev | Augment Code | Junie | Kiro CLI |
  Kiro AI | Trae Agent | Trae AI | Plandex | gptme | Crush AI | Charm Crush | Warp Agent | Zed Agent | Kimi CLI | Kimi Code |
  Mistral Vibe | Jules Agent | AutoCodeRover | Agentless | Open Interpreter | Tabnine | Cody AI | Letta Code | Pi Coding Agent
`);

/** Parts of identifiers, addresses and folders: CLAUDE_CODE_ENTRYPOINT, opencode.ai, noreply@anthropic.com. */
export const harnessStems: readonly string[] = spaced(
  `claude anthropic codex openai opencode gemini qwen aider cline codeium windsurf openhands opendevin sweagent
  copilot kilocode roocode gptme plandex deepseek chatgpt devstral mistral kimi moonshot ollama llamacpp`,
);

const files = new Set(
  spaced(`
  claude.md claude.local.md agents.md agent.md agents.override.md gemini.md qwen.md crush.md codex.md opencode.md copilot.md
  warp.md goose.md jules.md junie.md kiro.md replit.md opencode.json opencode.jsonc .opencode.json .mcp.json .cursorrules
  .cursorignore .cursorindexingignore .windsurfrules .clinerules .clineignore .roorules .roomodes .rooignore .goosehints
  .geminiignore .codexignore .claudeignore .qwenignore .crushignore crush.json .crush.json .kilocodemodes .replit.md
  copilot-instructions.md`),
);

const folders = new Set(
  spaced(`
  .claude .codex .gemini .opencode .cursor .windsurf .cline .clinerules .roo .kilocode .qwen .continue .goose .crush .amp
  .kiro .junie .trae .factory .augment .openhands .swe-agent .agents .specstory .kimi .copilot .replit .devin .tabnine .vibe`),
);

/** A file that a harness brings: its rules, settings, notes and sessions. */
export function isHarnessFile(path: string): boolean {
  const parts = path.toLowerCase().split('/');
  const name = parts.at(-1) ?? '';
  return parts.slice(0, -1).some((part) => folders.has(part)) || files.has(name) || name.startsWith('.aider');
}

const tools: readonly [AgentStepKind, string][] = [
  [
    'run',
    `run_shell_command exec_command write_stdin local_shell local_shell_call shell_command unified_exec BashOutput KillShell
    KillBash run_terminal_cmd run_terminal_command execute_command execute_bash launch-process developer__shell`,
  ],
  ['read', `read_file read_many_files NotebookRead view_image open_file readFile view_file read_files ReadMcpResource`],
  [
    'edit',
    `apply_patch write_file MultiEdit NotebookEdit str_replace_editor str_replace_based_edit_tool edit_file replace_in_file
    write_to_file create_file delete_file search_replace insert_content apply_diff multiedit developer__text_editor`,
  ],
  [
    'search',
    `search_file_content list_directory grep_search codebase_search file_search list_dir search_files list_files
    glob_file_search list_code_definition_names`,
  ],
  ['web', `WebFetch WebSearch web_fetch google_web_search web_search webfetch websearch fetch_url browser_action`],
  [
    'plan',
    `TodoWrite TodoRead todowrite todoread update_plan write_todos todo_write ExitPlanMode EnterPlanMode TaskCreate
    TaskUpdate TaskList exit_plan_mode`,
  ],
  ['say', `AskUserQuestion ask_followup_question attempt_completion request_user_input ask_user`],
  ['other', `save_memory SlashCommand new_task switch_mode codebase_investigator delegate_to_agent`],
];

/** By the name that a harness gives a tool: what it does. */
export const toolKinds: ReadonlyMap<string, AgentStepKind> = new Map(
  tools.flatMap(([kind, names]) => spaced(names).map((name): [string, AgentStepKind] => [name, kind])),
);

/** Words of every day that are tools where they stand before a bracket or the word "tool". */
export const plainTools: ReadonlyMap<string, AgentStepKind> = new Map([
  ['Bash', 'run'],
  ['Shell', 'run'],
  ['Terminal', 'run'],
  ['Read', 'read'],
  ['View', 'read'],
  ['Edit', 'edit'],
  ['Write', 'edit'],
  ['Update', 'edit'],
  ['Patch', 'edit'],
  ['Grep', 'search'],
  ['Glob', 'search'],
  ['LS', 'search'],
  ['List', 'search'],
  ['Search', 'search'],
  ['Fetch', 'web'],
  ['Task', 'other'],
  ['Agent', 'other'],
  ['Skill', 'other'],
]);
