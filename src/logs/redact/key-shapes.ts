/** Keys that services write with a beginning, or in a shape, of their own: no name has to stand beside them. */
import type { Detector } from './detector.ts';

/** Published by the services and by scanners for secrets. */
const prefixed = [
  // Models.
  'sk-ant-[A-Za-z0-9_-]{20,200}',
  'sk-proj-[A-Za-z0-9_-]{20,200}',
  'sk-[A-Za-z0-9_-]{20,200}',
  'gsk_[A-Za-z0-9]{20,100}',
  'hf_[A-Za-z0-9]{20,100}',
  '(?:xai|pplx|nvapi|csk|tgp_v1|jina|tvly|fw|r8)[_-][A-Za-z0-9_-]{24,200}',
  'fc-[A-Za-z0-9]{24,200}',
  'lsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{8,12}',
  'AQ\\.Ab[A-Za-z0-9_-]{30,200}',
  // Code and packages.
  'gh[posur]_[A-Za-z0-9]{30,100}',
  'github_pat_[A-Za-z0-9_]{30,150}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas)-[A-Za-z0-9_.-]{20,80}',
  'npm_[A-Za-z0-9]{30,60}',
  'pypi-[A-Za-z0-9_-]{30,300}',
  'rubygems_[a-f0-9]{40,64}',
  'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,80}',
  '(?<![+/])AT(?:ATT|CTT|BB)[A-Za-z0-9_=-]{20,300}',
  'bkua_[a-z0-9]{30,60}',
  // Clouds and tools around them.
  '(?<![+/])(?:AKIA|ASIA)[A-Z0-9]{16}',
  '(?<![+/])AIza[A-Za-z0-9_-]{35}',
  'GOCSPX-[A-Za-z0-9_-]{20,60}',
  'ya29\\.[A-Za-z0-9_-]{20,300}',
  'do[opr]_v1_[a-f0-9]{40,80}',
  'hv[sbr]\\.[A-Za-z0-9_-]{20,300}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{40,100}',
  '(?<![+/])dapi[a-f0-9]{32}',
  'pul-[a-f0-9]{32,64}',
  'dp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9._-]{30,100}',
  '(?<![+/])fo1_[A-Za-z0-9_-]{30,200}',
  '[A-Za-z0-9]{3}8Q~[A-Za-z0-9_~.-]{31,40}',
  '(?<![+/])AKCp[A-Za-z0-9]{60,120}',
  'sl\\.[A-Za-z0-9._-]{60,300}',
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}',
  'tskey-[a-z]{2,10}-[A-Za-z0-9_-]{16,100}',
  '(?:sbp|sb_secret|vcp|nfp|FlyV1|pscale_(?:pw|tkn|oauth)|cfut|rnd|HRKU)[_-][A-Za-z0-9_.-]{24,200}',
  '(?:glsa|glc|sntry[su]|phx|phc|dt0c01|NRAK|NRJS|lin_api|lin_oauth|ops|ntn|figd|PMAK|shp(?:at|ss|ca|pa)|pat-(?:na|eu)\\d|rdme|xkeysib|key|secret)[_.-][A-Za-z0-9+/=_.-]{24,300}',
  // Messages, mail and money.
  'xox[abeprs]-[A-Za-z0-9-]{10,200}',
  'xapp-[A-Za-z0-9-]{20,200}',
  '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,120}',
  'whsec_[A-Za-z0-9+/=]{16,100}',
  'sq0(?:csp|atp|idp)-[A-Za-z0-9_-]{22,60}',
  '(?<![+/])EAA[A-Za-z0-9_-]{40,300}',
  '[a-f0-9]{32}-us\\d{1,2}(?![A-Za-z0-9])',
  'SG\\.[A-Za-z0-9_-]{16,40}\\.[A-Za-z0-9_-]{16,80}',
  '(?<![+/])SK[0-9a-f]{32}(?![A-Za-z0-9])',
  '\\d{8,10}:AA[A-Za-z0-9_-]{30,40}',
  '(?<![+/])[MNO][A-Za-z0-9_-]{22,28}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}',
  // Files.
  'AGE-SECRET-KEY-1[0-9A-Z]{40,70}',
];

/** A key is random; `sk-this-is-a-long-slug-of-words` and `key-of-the-north-tower-2024` are not. */
export function isMixed(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && !isSlug(value);
}

/** Words with short numbers behind them and a sign between: no chunk of it is random. */
const isSlug = (value: string): boolean =>
  /^[A-Za-z]{2,12}\d{0,4}(?:[-_.](?:[A-Za-z]{0,12}\d{0,4}|\d{1,4}[A-Za-z]{1,3}))*$/.test(value);

/** A beginning, before the pattern itself runs. */
const oneOfThem =
  /[ks]k[-_]|xai|pplx|nvapi|csk|tgp_|jina|tvly|f[wc][-_]|r8_|hf_|gh[posur]_|github_pat|gl[a-z]{2,5}-|npm_|pypi-|rubygems_|dckr_|AT(?:ATT|CTT|BB)|bkua_|A[KS]IA|AIza|GOCSPX|ya29|do[opr]_v1|hv[sbr]\.|atlasv1|dapi|pul-|dp\.|tskey|sbp_|sb_secret|vcp_|nfp_|FlyV1|pscale|cfut|rnd_|HRKU|gls?[ac]_|sntry|ph[xc]_|dt0c01|NR[AJ]|lin_|ops_|ntn_|figd|PMAK|shp|pat-|sq0|EAA|rdme|xkeysib|key[-_.]|secret[-_.]|xox|xapp|_(?:live|test)_|whsec|SG\.|SK[0-9a-f]|:AA|[MNO][\w-]{22}|AGE-|lsv2_|AQ\.Ab|-us\d|fo1_|8Q~|AKCp|sl\.|pat\w{14}\./;

export const keyShapes: readonly Detector[] = [
  {
    kind: 'secret',
    hint: /-----BEGIN/,
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]{0,20000}(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
    group: 0,
  },
  {
    kind: 'secret',
    hint: /eyJ/,
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8,2000}/g,
    group: 0,
  },
  {
    kind: 'secret',
    hint: /hooks\.slack|discord(?:app)?\.com\/api|webhook\.office/,
    pattern:
      /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api\/webhooks|[a-z0-9-]{1,60}\.webhook\.office\.com\/webhookb2)\/([A-Za-z0-9/_@-]{20,300})/g,
    group: 1,
  },
  // A bot's token within its address.
  {
    kind: 'secret',
    hint: /api\.telegram/,
    pattern: /api\.telegram\.org\/(?:file\/)?bot(\d{6,12}:[\w-]{30,60})/g,
    group: 1,
  },
  {
    kind: 'secret',
    hint: oneOfThem,
    pattern: new RegExp(`(?<![A-Za-z0-9_-])(?:${prefixed.join('|')})`, 'g'),
    group: 0,
    valid: isMixed,
  },
];
