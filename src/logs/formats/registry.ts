/** Every log format, most specific first: one file, one fixture, one line. Tables of prompts (csv.ts) come after all. */
import { aiSdk } from './ai-sdk.ts';
import { aiStudio } from './ai-studio.ts';
import { aider } from './aider.ts';
import { anthropic } from './anthropic.ts';
import { apim } from './apim.ts';
import { autoGen } from './autogen.ts';
import { azureDiagnostics } from './azure-diagnostics.ts';
import { batch } from './batch.ts';
import { arena } from './battles.ts';
import { bedrock } from './bedrock.ts';
import { braintrust } from './braintrust.ts';
import { chat } from './chat.ts';
import { chatbotUi } from './chatbot-ui.ts';
import { chatGpt } from './chatgpt.ts';
import { claudeAi } from './claude-ai.ts';
import { claudeCode } from './claude-code.ts';
import { cline } from './cline.ts';
import { codex } from './codex.ts';
import { continueSessions } from './continue.ts';
import { conversationMap } from './conversation-map.ts';
import { copilotChat } from './copilot-chat.ts';
import { copilotCli } from './copilot-cli.ts';
import { datadog } from './datadog.ts';
import { datasets } from './datasets.ts';
import { deepEval } from './deepeval.ts';
import { deepEvalRun } from './deepeval-run.ts';
import { deepSeek } from './deepseek.ts';
import { dialogflow } from './dialogflow.ts';
import { dialogues } from './dialogues.ts';
import { dify } from './dify.ts';
import { dspy } from './dspy.ts';
import { envelope } from './envelope.ts';
import { flowise } from './flowise.ts';
import type { LogFormat } from './format.ts';
import { freshdesk } from './freshdesk.ts';
import { functionTests } from './function-tests.ts';
import { gapcheckPrompts } from './gapcheck.ts';
import { gatewayCalls } from './gateway-calls.ts';
import { geminiCli } from './gemini-cli.ts';
import { geminiTakeout } from './gemini-takeout.ts';
import { goose } from './goose.ts';
import { har } from './har.ts';
import { helicone } from './helicone.ts';
import { helm } from './helm.ts';
import { inspectLog } from './inspect.ts';
import { instructionTasks } from './instruction-tasks.ts';
import { intercom } from './intercom.ts';
import { labelStudio } from './label-studio.ts';
import { langfuse } from './langfuse.ts';
import { langfuseSpans } from './langfuse-span.ts';
import { langGraph } from './langgraph.ts';
import { langsmith } from './langsmith.ts';
import { langsmithDataset } from './langsmith-dataset.ts';
import { lex } from './lex.ts';
import { libreChat } from './librechat.ts';
import { linesApart } from './lines-apart.ts';
import { litellm } from './litellm.ts';
import { litellmCallback } from './litellm-callback.ts';
import { llamaIndex } from './llama-index.ts';
import { llmLogs } from './llm.ts';
import { lmEval } from './lm-eval.ts';
import { lmStudio } from './lm-studio.ts';
import { mlflow } from './mlflow.ts';
import { nextChat } from './nextchat.ts';
import { oaiEval } from './oaieval.ts';
import { oasst } from './oasst.ts';
import { openWebUi } from './open-webui.ts';
import { openAiAgents } from './openai-agents.ts';
import { openAiThreads } from './openai-threads.ts';
import { opencode } from './opencode.ts';
import { openInference } from './openinference.ts';
import { otelGenAi } from './otel-genai.ts';
import { passages } from './passages.ts';
import { phoenixDataset } from './phoenix-dataset.ts';
import { posthog } from './posthog.ts';
import { promptflow } from './promptflow.ts';
import { promptfoo } from './promptfoo.ts';
import { promptfooConfig } from './promptfoo-config.ts';
import { promptfooResults } from './promptfoo-results.ts';
import { promptLayer } from './promptlayer.ts';
import { pydanticAi } from './pydantic-ai.ts';
import { ragas } from './ragas.ts';
import { messageRows } from './row-messages.ts';
import { shareGpt } from './sharegpt.ts';
import { sillyTavern } from './sillytavern.ts';
import { storedCompletions } from './stored-completions.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';
import { textGenerationWebUi } from './text-generation-webui.ts';
import { traceSteps } from './trace-steps.ts';
import { transcripts } from './transcripts.ts';
import { uiMessages } from './ui-messages.ts';
import { ultraChat } from './ultrachat.ts';
import { vertex } from './vertex.ts';
import { voiceflow } from './voiceflow.ts';
import { weave } from './weave.ts';
import { zendesk } from './zendesk.ts';

export const formats: readonly LogFormat[] = [
  gapcheckPrompts,
  batch,
  braintrust,
  weave,
  posthog,
  langsmith,
  litellm,
  litellmCallback,
  helicone,
  langfuse,
  langfuseSpans,
  aiSdk,
  openInference,
  otelGenAi,
  storedCompletions,
  shareGpt,
  llmLogs,
  aider,
  aiStudio,
  conversationMap,
  continueSessions,
  deepSeek,
  goose,
  labelStudio,
  langGraph,
  langsmithDataset,
  phoenixDataset,
  dspy,
  autoGen,
  openAiAgents,
  llamaIndex,
  lmStudio,
  apim,
  azureDiagnostics,
  deepEvalRun,
  promptflow,
  chatbotUi,
  copilotChat,
  copilotCli,
  dify,
  flowise,
  har,
  lmEval,
  nextChat,
  oaiEval,
  openAiThreads,
  pydanticAi,
  ragas,
  sillyTavern,
  textGenerationWebUi,
  arena,
  bedrock,
  chatGpt,
  claudeAi,
  claudeCode,
  cline,
  codex,
  datadog,
  deepEval,
  geminiCli,
  geminiTakeout,
  helm,
  inspectLog,
  lex,
  libreChat,
  mlflow,
  oasst,
  opencode,
  openWebUi,
  promptfooConfig,
  promptfooResults,
  traceSteps,
  transcripts,
  dialogflow,
  dialogues,
  functionTests,
  instructionTasks,
  intercom,
  zendesk,
  freshdesk,
  telegram,
  teams,
  promptLayer,
  voiceflow,
  passages,
  uiMessages,
  ultraChat,
  vertex,
  promptfoo,
  datasets,
  linesApart,
  messageRows,
  anthropic,
  envelope,
  chat,
  gatewayCalls,
];

export const formatNamed = (name: string): LogFormat | undefined => formats.find((format) => format.name === name);
export const formatNames = (): string[] => ['csv', ...formats.map((format) => format.name)];
