/**
 * The words of servers, by what they mean: those of OpenAI, Anthropic, Ollama, llama.cpp, vLLM, LiteLLM and the
 * compatible services. In which order they are asked is the matter of `classify`.
 */
import type { FinalFailure, TransportFailure } from '../../records/attempt-record.ts';
import type { Fault } from '../../records/outcomes.ts';
import { saysTooLong } from './too-long.ts';

export interface Classified {
  failure: TransportFailure | FinalFailure;
  /** A cause of `outcomes`. */
  why: string;
  /** Only where the table leaves it open. */
  fault?: Fault;
}

export const is = (failure: Classified['failure'], why: string, fault?: Fault): Classified => ({
  failure,
  why,
  ...(fault && { fault }),
});

/** A limit that is no matter of minutes. */
export const perDay =
  /(?:per[ -]?|\/ ?)(?:day|hour|week|month)\b|per \d+ ?(?:hours?|h|days?)\b|\btoday['’]s\b|\b(?:for|used) today\b|\bevery (?:\d+ )?(?:hours?|days?|weeks?)\b|\b(?:a|an) (?:day|hour|week|month)\b|\bmidnight\b|\b(?:on|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:tomorrow|(?:next|this) (?:day|week|month))\b|\d ?小时|每(?:小时|[日天周月])|\d[ -](?:hour|day|week)\b.{0,20} limit|PerWeek|PerMonth|daily|weekly|monthly|hourly|PerDay|PerHour|\bRPD\b|\bTPD\b|\bTPH\b/i;
export const perMinute = /(?:per[ -]?|\/ ?)min(?:ute)?\b|PerMinute|\bRPM\b|\bTPM\b|per second/i;

export const quota =
  /insufficient_quota|exceeded_current_quota_error|SetLimitExceeded|(?:not[ _]enough|insufficient|no|low)[ _](?:account[ _])?balance|service has been paused|credit_balance|spend_limit_exceeded|billing_(?:hard_limit|not_active|error)|credit balance is too low|insufficient[ _](?:credits?|balance|funds)|more credits|out of credits|payment required|account (?:is )?(?:not active|suspended|in arrears)|arrearage|budget_exceeded|budget (?:limit )?(?:has been |was |is )?(?:exceeded|reached|exhausted)|balance (?:is )?(?:insufficient|too low|not enough|negative)|billing (?:is )?not (?:enabled|active|set up)|free (?:trial|credits?|plan)\b.{0,20}(?:ended|expired|used up|exhausted)|credits? (?:has|have) (?:expired|run out)|requires billing to be enabled|欠费|余额不足|exceeded (?:your |the |its )?(?:\w+ )?budget|spending limit|(?:past|unpaid|overdue) invoices?|\bkey limit exceeded|(?:does not|doesn't|do not|don't|did not|have no|has no) (?:have )?(?:(?:any|enough|sufficient|remaining) )?credits?\b|(?:used(?: up)? all|exhausted|exceeded) (?:(?:your|the|its|available|monthly|included|prepaid) ){0,4}credits\b/i;

/** A quota that is empty: of the account, or of a time that the sentence names. "Quota exceeded" is said of minutes, too. */
export const usedUp =
  /\breached (?:the|your|its) (?:\w+ ){0,2}quota\b|\bquota (?:is |was |has been |have been )?(?:reached|exhausted|used up)\b|\bout of (?:\w+ ){0,2}quota\b|\boverdue (?:balance|payment)|\bbalance is overdue|\bfree (?:tier|quota)\b.{0,40}\b(?:exhausted|used up|expired|ended)\b/i;

/** Codes and sentences that say more than the status does, whatever the status is; the first match wins. */
export const telling: readonly (readonly [RegExp, Classified])[] = [
  // Before the window: what does not fit into the memory is often a context length.
  [
    /requires more system memory|not enough memory|maximum allowed buffer size|out of (?:device )?memory|insufficient (?:system resources|memory)|runner has unexpectedly stopped|cudaMalloc failed|failed to allocate|ALLOC_FAILED|OutOfMemoryError|unable to allocate .{0,40}buffer/i,
    is('out-of-memory', 'memory'),
  ],
  [
    /(?:sent|received) message larger than max|(?:request entity|payload|request body|body) (?:is )?too large|entity\.too\.large/i,
    is('too-long', 'payload', 'setup'),
  ],
  [saysTooLong, is('too-long', 'context')],
  [
    /invalid_api_key|UnrecognizedClientException|security token included in the request is invalid|incorrect api key|(?:api[ _]key|access token) (?:is )?(?:not valid|no longer valid|invalid)|invalid (?:api key|access token|token|authentication)|authentication_error|AuthenticationError|\bunauthorized\b|no_db_connection|no connected db|(?:missing|no|(?:provide|pass|use) (?:an? |your )?(?:valid |other )?) ?api[ _-]?key|another api key|api[ _-]?key\b.{0,30}(?:expired|revoked|leaked|disabled|required|missing|deleted|not found)|(?:expired|revoked) api[ _-]?key|no auth credentials/i,
    is('auth', 'key'),
  ],
  [
    /permission_denied|permission_error|\bno[_ ]access\b|(?<!\bor you )(?:do|does) not have (?:access|permission)|has not been used in project|not allowed to (?:access|sample)|organization_restricted|(?:organi[sz]ation|account|project|workspace) (?:has been |was |is )(?:restricted|disabled|deactivated|blocked|banned)|\bdata policy\b|guardrail restrictions|no allowed providers|location is not supported/i,
    is('auth', 'permission'),
  ],
  [/unexpected endpoint or method|no route matched|invalid url \(|cannot post \//i, is('model-missing', 'base-url')],
  [
    /model_not_found|model ['"`]?[^'"`]{0,200}['"`]? (?:was |is )?not found|model ['"`]?[^'"`]{0,200}['"`]? (?:does not|doesn't) exist|models\/\S+ is not found|try pulling it first|^model not supported|model_not_exist|model not exist|no such model|(?<!\b(?:this|the|for|by|with|of) )\b(?:model|deployment):? ['"`]?(?!(?:is|was|has|are|not) )[\w./:@-]{1,80}['"`]? (?:is |was |has been )?(?:not (?:available|found|deployed|served|in list)|retired|removed|shut down|discontinued|no longer (?:available|offered))|\b(?:the|this) (?:requested )?model (?:does not exist|was not found|is no longer (?:available|offered)|has been (?:retired|removed|shut down|discontinued))|\bmodel\b.{0,80}\b(?:was|been) (?:shut down|retired)\b|model_not_(?:supported|available)|not supported by any provider|(?:could not|couldn't|unable to|cannot|can't) (?:find|access|locate) (?:the |a |any |non-serverless )*model\b|not a valid model id|Invalid model(?: name|:| identifier)|invalid_model|model identifier is invalid|on-demand throughput|DeploymentNotFound|unknown model|\bmodel not found|no models? (?:is |are )?(?:currently )?loaded|no endpoints found matching|(?:decommissioned|deprecated) and (?:is )?no longer|model_decommissioned|unable to access model|^(?!.*\bload)(?:\S+ )*model: (?!\d+$)\S+$|\b(?:model|deployment) ['"`][\w./:@-]{1,80}['"`] (?:is |was |has been )?not (?:available|found|deployed|served)|(?:^|[.:,\]] ?)model (?:does not|doesn't) exist|(?:does not|doesn't|not) support the model\b/i,
    is('model-missing', 'model'),
  ],
];

/** "error loading model" is none of it. */
export const loading =
  /(?<!\b(?:error|failed|failure|while|exception)[: ]{1,2})\bLoading model|model .{0,80}\b(?:is|still|currently) (?:currently |still )?(?:loading|being loaded)|is starting up|\b(?:model|endpoint|server|instance|container|replica)\b.{0,60}\b(?:warming up|is starting\b|cold[- ]start|scal(?:ed|ing) (?:to|from) zero)/i;

/** A server says of an existing path what it lacks. Of another it names the path. */
export const lacksModel =
  /(?<![/\w])(?:models?|deployments?|repository)\b[^/]{0,60}\b(?:not|n't|no longer|unknown|invalid|missing|unavailable)\b|\b(?:no|not|unknown|invalid)\b[^/]{0,60}(?<![/\w])(?:models?|deployments?|repository)\b/i;

/** A service that says so of itself is down, and a limit that is met is none of it. */
export const busy =
  /overloaded|server (?:is )?busy|at capacity|\b(?:high|heavy) (?:traffic|load|demand)\b|ServiceUnavailable|engine is currently|(?:workers|slots|instances|backends|servers)\b.{0,20}\bbusy/i;
export const limitWords =
  /rate[-_ ]?limit|too[-_ ]?many|\bquota|\b(?:requests?|tokens?)\b|per[- ]?(?:second|minute|hour|day)/i;

/** The service is broken, although its status blames the request. */
export const down =
  /DEGRADED function|(?:temporarily|currently) (?:unavailable|down|offline)|no (?:healthy|available|ready) (?:upstream|instances?|workers?|backends?|servers?|replicas?)|model (?:has |was |is )?(?:been )?(?:crashed|unloaded)|crashed without additional|upstream (?:connect )?error|internal (?:server )?error/i;

/** What a refused request was refused for. */
export const refusals: readonly (readonly [RegExp, Classified])[] = [
  [
    /--enable-auto-tool-choice|--tool-call-parser|requires --jinja|--reasoning-parser/,
    is('bad-request', 'feature', 'setup'),
  ],
  [
    /system (?:role|messages?|instruction|prompt)s?\b.{0,40}(?:not|must|only)|(?:does not|doesn't|not) support (?:the )?(?:system|developer)|developer (?:role|instruction|message)s?\b.{0,30}not|(?:roles?|conversation|multiturn requests?|messages(?!\.\d))\b.{0,60}(?:alternat|unexpected|must (?:start|end|begin|use)|not supported|unsupported)|roles? must be|first message must use|(?:unsupported|invalid|unknown|unexpected) (?:message )?role|use a valid role|role ['"`]?\w{1,20}['"`]? (?:is )?(?:not|un)|only user(?:,| and) |must alternate|expected last role|last (?:role|message) must|found using ['"`]role|assistant message prefill|should (?:be )?alternat|messages?[.[]\d+\]?\.role\b|(?:elements?|messages?) with (?:the )?role|no user query found|first turn must|must be (?:a )?user (?:message|turn)|\broles? are (?:supported|allowed)|\b(?:successive|consecutive) (?:\w+ ){0,3}messages\b|\bturns? (?:must |should )?(?:comes?|follows?) (?:immediately |directly |right )?(?:after|before)\b/i,
    is('bad-request', 'role', 'setup'),
  ],
  [
    /only supports single tool-calls|\b(?:tool[ _-]?(?:use|call\w*|choice|support)|function[ -]call\w*|structured outputs?)\b.{0,40}\b(?:not|n't)[ -]?(?:be )?(?:supported|available|enabled|allowed|implemented)|(?:not|n't|no) have (?:any )?(?:tool|function|vision|image|audio)\b|with tool support|(?:does not|doesn't|do not|cannot|not) support(?:ed)?(?: input| the)?:? ?(?:for )?(?:tools?|tool use|tool calling|tool_use|function|thinking|reasoning|images?|vision|audio|chat|generate|multimodal)|(?:tools?|tool use|tool calling|function calling|images?|(?:image|audio|video|file) inputs?|vision|audio|thinking|reasoning)['"`]? (?:is|are|input is)? ?not (?:supported|available|enabled)|not a (?:multimodal|vision|chat) model|use (?:the )?\/?(?:v1\/)?completions\b|can only concatenate str|support tool use|support image input|no endpoints found that support|image_url is only supported|unknown variant ['"`]image_url|at most \d+ (?:image|audio|video)|invalid content type|UnsupportedParams|invalid schema|(?:not a valid|invalid|unsupported|cannot compile)\b[^.:]{0,60}\bschema\b|\bschema\b.{0,20} (?:is )?not (?:valid|supported)|tools? (?:\w+ )?cannot be used|Grammar error|grammar_error|failed to parse grammar|schema conversion failed|invalid (?:json )?schema|invalid format: /i,
    is('bad-request', 'feature', 'model'),
  ],
];
