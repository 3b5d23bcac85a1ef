/**
 * What an error of a server is: a row of `outcomes`. Messages and codes are those of OpenAI, Anthropic, Ollama,
 * llama.cpp, vLLM, LiteLLM and the compatible servers; what follows from a row is not decided here.
 */
import type { FinalFailure, TransportFailure } from '../../records/attempt-record.ts';
import type { Fault } from '../../records/outcomes.ts';
import { isOverLimit, isTooLong, loadedSmaller, saysTooLong } from './too-long.ts';

/** An error as it was on the wire, whatever SDK threw it. */
export interface WireError {
  status?: number;
  code?: string;
  type?: string;
  message: string;
  headers?: Headers | undefined;
  /** Bytes of the request's body. */
  sentBytes?: number;
  /** The error object of the body. */
  body?: Record<string, unknown>;
}

export interface Classified {
  failure: TransportFailure | FinalFailure;
  /** A cause of `outcomes`. */
  why: string;
  /** Only where the table leaves it open. */
  fault?: Fault;
}

const is = (failure: Classified['failure'], why: string, fault?: Fault): Classified => ({
  failure,
  why,
  ...(fault && { fault }),
});

/** Longest wait that a provider may ask for; after it the limit is one per hour or day. */
const longestWaitMs = 300_000;

/** A limit that is no matter of minutes. */
const perDay =
  /(?:per[ -]?|\/ ?)(?:day|hour|week|month)\b|per \d+ ?(?:hours?|h|days?)\b|\btoday['’]s\b|\bfor today\b|\b(?:tomorrow|(?:next|this) (?:day|week|month))\b|\d ?小时|每(?:小时|[日天周月])|\d[ -](?:hour|day|week)\b.{0,20} limit|PerWeek|PerMonth|daily|weekly|monthly|hourly|PerDay|PerHour|\bRPD\b|\bTPD\b|\bTPH\b/i;
const perMinute = /(?:per[ -]?|\/ ?)min(?:ute)?\b|PerMinute|\bRPM\b|\bTPM\b|per second/i;

const quota =
  /insufficient_quota|exceeded_current_quota_error|SetLimitExceeded|(?:not[ _]enough|insufficient|no|low)[ _](?:account[ _])?balance|service has been paused|credit_balance|spend_limit_exceeded|billing_(?:hard_limit|not_active|error)|credit balance is too low|insufficient[ _](?:credits?|balance|funds)|more credits|out of credits|payment required|account (?:is )?(?:not active|suspended|in arrears)|arrearage|budget_exceeded|budget (?:limit )?(?:has been |was |is )?(?:exceeded|reached|exhausted)|balance (?:is )?(?:insufficient|too low|not enough|negative)|billing (?:is )?not (?:enabled|active|set up)|free (?:trial|credits?|plan)\b.{0,20}(?:ended|expired|used up|exhausted)|credits? (?:has|have) (?:expired|run out)|requires billing to be enabled|欠费|余额不足|exceeded (?:your |the |its )?(?:\w+ )?budget|spending limit|(?:past|unpaid|overdue) invoices?|\bkey limit exceeded|(?:does not|doesn't|do not|don't|did not|have no|has no) (?:have )?(?:(?:any|enough|sufficient|remaining) )?credits?\b|(?:used(?: up)? all|exhausted|exceeded) (?:(?:your|the|its|available|monthly|included|prepaid) ){0,4}credits\b/i;

/** Codes and sentences that say more than the status does, whatever the status is; the first match wins. */
const telling: readonly (readonly [RegExp, Classified])[] = [
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
    /invalid_api_key|UnrecognizedClientException|security token included in the request is invalid|incorrect api key|api[ _]key (?:is )?(?:not valid|invalid)|invalid (?:api key|access token|token|authentication)|authentication_error|AuthenticationError|\bunauthorized\b|no_db_connection|no connected db|(?:missing|no|(?:provide|pass|use) (?:an? |your )?(?:valid |other )?) ?api[ _-]?key|another api key|api[ _-]?key\b.{0,30}(?:expired|revoked|leaked|disabled|required|missing|deleted|not found)|(?:expired|revoked) api[ _-]?key|no auth credentials/i,
    is('auth', 'key'),
  ],
  [
    /permission_denied|permission_error|(?<!\bor you )(?:do|does) not have (?:access|permission)|has not been used in project|not allowed to (?:access|sample)|organization_restricted|(?:organi[sz]ation|account|project|workspace) (?:has been |was |is )(?:restricted|disabled|deactivated|blocked|banned)|\bdata policy\b|guardrail restrictions|no allowed providers|location is not supported/i,
    is('auth', 'permission'),
  ],
  [/unexpected endpoint or method|no route matched|invalid url \(|cannot post \//i, is('model-missing', 'base-url')],
  [
    /model_not_found|model ['"`]?[^'"`]{0,200}['"`]? (?:was |is )?not found|model ['"`]?[^'"`]{0,200}['"`]? (?:does not|doesn't) exist|models\/\S+ is not found|try pulling it first|^model not supported|model_not_exist|model not exist|no such model|(?<!\b(?:this|the|for|by|with|of) )\b(?:model|deployment):? ['"`]?(?!(?:is|was|has|are|not) )[\w./:@-]{1,80}['"`]? (?:is |was |has been )?(?:not (?:available|found|deployed|served|in list)|retired|removed|shut down|discontinued|no longer (?:available|offered))|\b(?:the|this) (?:requested )?model (?:does not exist|was not found|is no longer (?:available|offered)|has been (?:retired|removed|shut down|discontinued))|\bmodel\b.{0,80}\b(?:was|been) (?:shut down|retired)\b|model_not_(?:supported|available)|not supported by any provider|(?:could not|couldn't|unable to|cannot|can't) (?:find|access|locate) (?:the |a |any |non-serverless )*model\b|not a valid model id|Invalid model(?: name|:| identifier)|invalid_model|model identifier is invalid|on-demand throughput|DeploymentNotFound|unknown model|\bmodel not found|no models? (?:is |are )?(?:currently )?loaded|no endpoints found matching|(?:decommissioned|deprecated) and (?:is )?no longer|model_decommissioned|unable to access model|^(?:\S+ )*model: \S+$/i,
    is('model-missing', 'model'),
  ],
];

/** "error loading model" is none of it. */
const loading =
  /(?<!\b(?:error|failed|failure|while|exception)[: ]{1,2})\bLoading model|model .{0,80}\b(?:is|still|currently) (?:currently |still )?(?:loading|being loaded)|is starting up|\b(?:model|endpoint|server|instance|container|replica)\b.{0,60}\b(?:warming up|is starting\b|cold[- ]start|scal(?:ed|ing) (?:to|from) zero)/i;

/** A service that says so of itself is down, and a limit that is met is none of it. */
const busy =
  /overloaded|server (?:is )?busy|at capacity|ServiceUnavailable|engine is currently|(?:workers|slots|instances|backends|servers)\b.{0,20}\bbusy/i;
const limitWords =
  /rate[-_ ]?limit|too[-_ ]?many|\bquota|\b(?:requests?|tokens?)\b|per[- ]?(?:second|minute|hour|day)/i;

/** The service is broken, although its status blames the request. */
const down =
  /DEGRADED function|(?:temporarily|currently) (?:unavailable|down|offline)|no (?:healthy|available|ready) (?:upstream|instances?|workers?|backends?|servers?|replicas?)|model (?:has |was |is )?(?:been )?(?:crashed|unloaded)|crashed without additional|upstream (?:connect )?error|internal (?:server )?error/i;

/** What a refused request was refused for. */
const refusals: readonly (readonly [RegExp, Classified])[] = [
  [
    /--enable-auto-tool-choice|--tool-call-parser|requires --jinja|--reasoning-parser/,
    is('bad-request', 'feature', 'setup'),
  ],
  [
    /system (?:role|messages?|instruction|prompt)s?\b.{0,40}(?:not|must|only)|(?:does not|doesn't|not) support (?:the )?(?:system|developer)|developer (?:role|instruction|message)s?\b.{0,30}not|(?:roles?|conversation|multiturn requests?|messages(?!\.\d))\b.{0,60}(?:alternat|unexpected|must (?:start|end|begin|use)|not supported|unsupported)|roles? must be|first message must use|(?:unsupported|invalid|unknown|unexpected) (?:message )?role|use a valid role|role ['"`]?\w{1,20}['"`]? (?:is )?(?:not|un)|only user(?:,| and) |must alternate|expected last role|last (?:role|message) must|found using ['"`]role|assistant message prefill|should (?:be )?alternat|messages?[.[]\d+\]?\.role\b|(?:elements?|messages?) with (?:the )?role|no user query found|first turn must|must be (?:a )?user (?:message|turn)/i,
    is('bad-request', 'role', 'setup'),
  ],
  [
    /only supports single tool-calls|\b(?:tool[ _-]?(?:use|call\w*|choice|support)|function[ -]call\w*|structured outputs?)\b.{0,40}\b(?:not|n't)[ -]?(?:be )?(?:supported|available|enabled|allowed|implemented)|(?:not|n't|no) have (?:any )?(?:tool|function|vision|image|audio)\b|with tool support|(?:does not|doesn't|do not|cannot|not) support(?:ed)?(?: input| the)?:? ?(?:for )?(?:tools?|tool use|tool calling|tool_use|function|thinking|reasoning|images?|vision|audio|chat|generate|multimodal)|(?:tools?|tool use|tool calling|function calling|images?|image input|vision|audio|thinking|reasoning)['"`]? (?:is|are|input is)? ?not (?:supported|available|enabled)|not a (?:multimodal|vision|chat) model|use (?:the )?\/?(?:v1\/)?completions\b|can only concatenate str|support tool use|support image input|no endpoints found that support|image_url is only supported|unknown variant ['"`]image_url|at most \d+ (?:image|audio|video)|invalid content type|UnsupportedParams|invalid schema|(?:not a valid|invalid|unsupported|cannot compile)\b[^.:]{0,60}\bschema\b|\bschema\b.{0,20} (?:is )?not (?:valid|supported)|tools? (?:\w+ )?cannot be used|Grammar error|grammar_error|failed to parse grammar|schema conversion failed|invalid (?:json )?schema|invalid format: /i,
    is('bad-request', 'feature', 'model'),
  ],
];

const byStatus: Record<number, Classified> = {
  401: is('auth', 'key'),
  402: is('quota', 'quota'),
  403: is('auth', 'permission'),
  404: is('model-missing', 'base-url'),
  405: is('model-missing', 'base-url'),
  407: is('network', 'proxy', 'setup'),
  408: is('timeout', 'server-timeout'),
  409: is('server', 'server'),
  410: is('model-missing', 'model'),
  413: is('too-long', 'payload', 'setup'),
  424: is('server', 'server'),
  425: is('overload', 'overloaded'),
  429: is('rate-limit', 'rate-minute'),
  498: is('overload', 'overloaded'),
  451: is('auth', 'permission'),
  499: is('cut', 'cut'),
  502: is('server', 'server'),
  503: is('overload', 'overloaded'),
  504: is('timeout', 'server-timeout'),
  529: is('overload', 'overloaded'),
};

/** Error types of bodies that came without a status of their own, inside a stream. */
const typeStatus: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  api_error: 500,
  server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/** `waitMs`: what the reply asks to wait. */
export function classify(wire: WireError, waitMs?: number): Classified {
  const { code = '', type = '', body = {} } = wire;
  const status = wire.status ?? typeStatus[type] ?? typeStatus[code];
  const words = [code, type, wire.message].filter((one) => one !== '').join(' ');
  // A time-out or a bill of a gateway is about the way, whatever its words mention.
  if (status === 408 || status === 504 || status === 402) return byStatus[status] as Classified;
  if (status === 401) return is('auth', 'key');
  if (isOverLimit(words, status)) return is('too-long', 'request-over-limit', 'setup');
  if (/ServerOverloaded|engine_overloaded/i.test(words)) return is('overload', 'overloaded');
  if (status === 429 && busy.test(words) && !limitWords.test(words)) return is('overload', 'overloaded');
  const limited =
    status === 429 || /rate_limit|too many requests|RateLimitError|rate[- ]limit(?:ed| reached| exceeded)/i.test(words);
  if (limited && (status === undefined || status < 500)) return limit(words, body, waitMs);
  if (quota.test(words) || /exceeded your current quota/i.test(words)) return is('quota', 'quota');
  if (loading.test(words)) return is('overload', 'loading');
  if (busy.test(words)) return is('overload', 'overloaded');
  if (/usage limits?\b[\s\S]{0,80}regain access/i.test(words)) return is('quota', 'rate-window');
  const told = telling.find(([pattern]) => pattern.test(words))?.[1];
  // A gateway that is down may name a model or a key, and says nothing about either.
  if (told && !isGateway(status)) return told.why === 'context' ? tooLong(words) : told;
  const refused = refusals.find(([pattern]) => pattern.test(words))?.[1];
  if (refused && (status === undefined || status < 500 || status === 500)) return refused;
  if (isTooLong(words, status)) return tooLong(words);
  if (status === undefined || (status < 500 && down.test(words))) return is('server', 'server');
  if (status >= 300 && status < 400) return is('model-missing', 'base-url');
  return byStatus[status] ?? (status >= 500 ? is('server', 'server') : is('bad-request', 'unknown', 'setup'));
}

const tooLong = (words: string): Classified =>
  is('too-long', 'context', loadedSmaller.test(words) ? 'setup' : undefined);

const isGateway = (status: number | undefined): boolean =>
  status === 502 || status === 503 || (status !== undefined && status >= 520);

/** The window of a limit decides, and not that a bill is mentioned. */
function limit(
  words: string,
  { details, metadata, display_message: shown }: Body,
  waitMs: number | undefined,
): Classified {
  const told = `${words} ${JSON.stringify([details, metadata, shown])}`;
  // Gemini's free tier has none of this model at all.
  if (quota.test(words) || /quota exceeded for metric[\s\S]*limit: 0\b/i.test(words)) return is('quota', 'quota');
  const window = windowUsedUp(told) ?? (perDay.test(JSON.stringify(details) ?? '') ? 'long' : undefined);
  if ((waitMs ?? 0) > longestWaitMs || window === 'long' || (window === undefined && isPerDayAlone(told)))
    return is('quota', 'rate-window');
  if (/exceeded your current quota/i.test(words) && waitMs === undefined && !perMinute.test(told))
    return is('quota', 'quota');
  return is('rate-limit', 'rate-minute');
}

type Body = Record<string, unknown>;

const isPerDayAlone = (told: string): boolean => perDay.test(told) && !perMinute.test(told);

/** `Minute limit: 0 / 1600000 tokens. Day limit: 2105 / 10 tokens`: the window that is used up. */
function windowUsedUp(told: string): 'minute' | 'long' | undefined {
  const pairs = [...told.matchAll(/(minute|hour|day|week|month) limit: ?(\d+) ?\/ ?(\d+)/gi)];
  const full = pairs.filter(([, , used, most]) => BigInt(used ?? 0) >= BigInt(most ?? 0));
  if (full.length === 0) return undefined;
  return full.every(([, name]) => /minute/i.test(name ?? '')) ? 'minute' : 'long';
}

/** What a connection that failed before any reply is, by the system's code. */
export function classifyConnection(code: string | undefined, message: string): Classified {
  if (code === 'EPROXY') return is('network', 'proxy', 'setup');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return is('network', 'dns');
  if (code === 'ECONNREFUSED') return is('network', 'refused-connection');
  if (isTls(code, message)) return is('network', 'tls', 'setup');
  return is('network', 'dropped');
}

const tlsCodes =
  /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO$|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)/;

const isTls = (code: string | undefined, message: string): boolean =>
  (code !== undefined && tlsCodes.test(code)) || /certificate|self[- ]signed|SSL routines/i.test(message);
