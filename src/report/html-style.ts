/** The page's only style sheet. Colours are variables, so that dark mode and print change them in one place. */
import { chartStyle } from './html-chart-style.ts';

const light = `
  --page: #ffffff; --panel: #f6f7f9; --line: #dfe3e8; --text: #191d22; --quiet: #545d67;
  --good: #157347; --good-back: #e8f6ee; --keep: #a4350f; --keep-back: #fdefe8; --undecided: #56606b; --undecided-back: #f0f2f4;
  --open: #1f5fc0; --closed: #a85300; --control: #7a4fc0; --fine: #8d98a5; --bad: #4a525b; --same: #b9c1ca; --rest: #e3e7ec;
  --warn-back: #fff4cc; --warn: #5f4500; --warn-line: #e0b100; --outside: #a4350f12; --mark: #ffe08a; --mark-text: #2c2300;
  --c0: #1f5fc0; --c1: #0f8a8a; --c2: #7a4fc0; --c3: #b0427a; --c4: #5d7a1f; --c5: #8a5a2b; --t0: #9aa4af; --t1: #b9c0c8; --t2: #7d8792; --t3: #cfd5db;`;

const dark = `
  --page: #12151a; --panel: #1b2027; --line: #343b45; --text: #e8ebef; --quiet: #a6afba;
  --good: #5ecb8f; --good-back: #13301f; --keep: #f39a76; --keep-back: #3a2118; --undecided: #b0b9c3; --undecided-back: #242a32;
  --open: #82b3f7; --closed: #e6a550; --control: #b89af0; --fine: #76818d; --bad: #c3cad2; --same: #505a66; --rest: #2d343d;
  --warn-back: #35290a; --warn: #f3d98c; --warn-line: #b08a14; --outside: #f39a761c; --mark: #6b5410; --mark-text: #fff3cf;
  --c0: #82b3f7; --c1: #4fc4c4; --c2: #b89af0; --c3: #e58ab8; --c4: #a9c86a; --c5: #d0a072; --t0: #6d7782; --t1: #565f69; --t2: #87919c; --t3: #454d56;`;

export const htmlStyle = `
:root { color-scheme: light dark; ${light} }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; background: var(--page); color: var(--text); -webkit-text-size-adjust: 100%; }
body { max-width: 72.5rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; }
header p:first-child { font-size: .75rem; letter-spacing: .08em; text-transform: uppercase; font-weight: 600; }
header h1 { font-size: 1.75rem; line-height: 1.2; margin: .15rem 0 .35rem; letter-spacing: -.01em; text-wrap: balance; }
header p, footer p { margin: 0; max-width: none; color: var(--quiet); font-size: .875rem; }
h2 { font-size: 1.3rem; margin: 3rem 0 .75rem; line-height: 1.25; letter-spacing: -.005em; }
h3 { font-size: 1rem; margin: 0; line-height: 1.3; } h3 small { font-weight: 400; color: var(--quiet); font-size: .875rem; margin-left: .35rem; }
h4 { font-size: .75rem; color: var(--quiet); margin: .75rem 0 .25rem; font-weight: 600; letter-spacing: .03em; }
.lead { font-size: 1.3rem; line-height: 1.4; font-weight: 620; margin: 1.5rem 0 1rem; max-width: 52rem; text-wrap: pretty; }
p { max-width: 48rem; margin: .5rem 0; }
p.text { color: var(--quiet); font-size: .9375rem; }
.cost { font-weight: 550; margin: .75rem 0; padding-left: .85rem; border-left: 3px solid var(--line); }
.verdicts { list-style: none; padding: 0; margin: 1.25rem 0 .75rem; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }
.verdicts li { display: flex; flex-direction: column; gap: .15rem; padding: .85rem 1rem; border-radius: 8px; border-top: 4px solid var(--undecided); background: var(--undecided-back); }
.verdicts li.good { border-color: var(--good); background: var(--good-back); }
.verdicts li.keep { border-color: var(--keep); background: var(--keep-back); }
.verdicts b { font-weight: 600; } .verdicts strong { font-size: 1.5rem; line-height: 1.2; letter-spacing: .01em; color: var(--undecided); }
.verdicts .good strong { color: var(--good); } .verdicts .keep strong { color: var(--keep); }
.verdicts span { font-size: .9375rem; }
.next { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: 1rem 0; }
.next code { font-weight: 600; } .next small { color: var(--quiet); font-size: .875rem; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.warning { background: var(--warn-back); color: var(--warn); border-left: 4px solid var(--warn-line); border-radius: 4px; padding: .6rem .9rem; margin: .75rem 0; max-width: 52rem; font-weight: 550; }
.caveats { padding-left: 1.5rem; margin: .5rem 0; max-width: 52rem; } .caveats li { margin: .4rem 0; padding-left: .25rem; } .caveats li::marker { color: var(--quiet); font-variant-numeric: tabular-nums; }
.caveats .warn { background: var(--warn-back); color: var(--warn); border-radius: 4px; padding: .35rem .6rem; font-weight: 550; }
.scroll { overflow-x: auto; }
.scroll:focus-visible, summary:focus-visible, select:focus-visible, input:focus-visible, button:focus-visible { outline: 2px solid var(--open); outline-offset: 2px; border-radius: 3px; }
table { border-collapse: collapse; font-size: .875rem; margin: .5rem 0 1.5rem; width: 100%; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; font-size: .9375rem; }
th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:first-child { padding-left: 0; }
thead th { color: var(--quiet); font-weight: 500; vertical-align: bottom; border-bottom: 2px solid var(--line); min-width: 3.6rem; }
tbody th { font-weight: 550; min-width: 8rem; max-width: 18rem; overflow-wrap: anywhere; }
td { overflow-wrap: break-word; max-width: 22rem; }
.right { text-align: right; } td.right { white-space: nowrap; }
td.wide { min-width: 14rem; overflow-wrap: anywhere; }
tr:last-child th, tr:last-child td { border-bottom: 0; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; padding: 0 .9rem; }
details[open] { padding-bottom: .8rem; }
summary { cursor: pointer; padding: .6rem 0; font-weight: 550; }
summary h2 { display: inline; font-size: 1.1rem; margin: 0; }
details.section { margin-top: 1.25rem; } section + details.section { margin-top: 3rem; }
.filters { display: flex; flex-wrap: wrap; gap: .6rem; margin: .75rem 0; align-items: end; }
.filters label { display: grid; gap: .15rem; font-size: .8125rem; color: var(--quiet); max-width: 100%; }
.filters input, .filters select, button { font: inherit; font-size: .9375rem; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: var(--page); color: var(--text); max-width: 16rem; }
button { cursor: pointer; background: var(--panel); }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; }
.loss { border: 1px solid var(--line); border-left: 4px solid var(--closed); border-radius: 8px; padding: .85rem 1rem; margin: .75rem 0; }
.loss.closed { border-left-color: var(--open); }
.loss .why { font-weight: 550; margin: .25rem 0; } .loss .votes { color: var(--quiet); font-size: .875rem; margin: .6rem 0 0; padding-left: 1.1rem; }
.loss details { border: 0; padding: 0; margin: .25rem 0 0; } .loss summary { font-size: .875rem; color: var(--quiet); padding: .2rem 0; }
.asked { white-space: pre-wrap; font-size: .9375rem; max-height: 14rem; overflow: auto; }
.loss pre, .ballot pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--panel); border-radius: 6px; padding: .7rem .85rem; margin: 0; max-height: 26rem; overflow: auto; }
mark { background: var(--mark); color: var(--mark-text); border-radius: 2px; text-decoration: underline; text-underline-offset: .2em; }
.ballot h3 { font-size: .8125rem; color: var(--quiet); margin: .7rem 0 .2rem; font-weight: 600; }
.ballot ul { margin: .2rem 0; padding-left: 1.2rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .75rem; }
${chartStyle}
@media screen and (max-width: 62rem) {
  table { font-size: .8125rem; } th, td { padding: .4rem .3rem; } thead th { min-width: 0; } tbody th { min-width: 5.5rem; } td.wide { min-width: 8rem; }
}
@media screen and (max-width: 37.5rem) {
  body { padding: 1.25rem 1rem 3rem; } header h1 { font-size: 1.4rem; } .lead { font-size: 1.125rem; } h2 { margin-top: 2.25rem; }
  .pair { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .filters label { flex: 1 1 8rem; } .filters input, .filters select { width: 100%; max-width: none; }
  .scroll { overflow: visible; }
  table, caption, tbody, tr, tbody th, td { display: block; max-width: none; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tbody tr { border: 1px solid var(--line); border-radius: 8px; padding: .6rem .85rem; margin: .5rem 0; }
  tbody th { padding: 0 0 .25rem; border: 0; font-size: .9375rem; }
  td, td.right, td.wide { display: flex; justify-content: space-between; gap: 1rem; padding: .15rem 0; border: 0; min-width: 0; text-align: right; white-space: normal; }
  td::before { content: attr(data-title); color: var(--quiet); text-align: left; flex: 0 1 55%; }
}
@media print {
  :root { color-scheme: light; --panel: #f7f7f7; --line: #bbb; --text: #000; --quiet: #3d3d3d; }
  @page { size: A4; margin: 14mm; }
  html { font-size: 9.5pt; } body { max-width: none; padding: 0; }
  .filters, .skip, #ballots { display: none; }
  figure, tr, .verdicts li, .next, .warning, .caveats li { break-inside: avoid; } .loss { break-inside: avoid-page; }
  h2, caption, figcaption, .loss h3 { break-after: avoid; } h2 { margin-top: 1.75rem; } .scroll { overflow: visible; }
  table { font-size: 7.5pt; } th, td { padding: .2rem .3rem; } thead th, tbody th, td, td.wide { min-width: 0; } td.right { white-space: normal; }
  .loss pre, .asked { max-height: none; overflow: visible; } details:not([open])::details-content { content-visibility: visible; block-size: auto; }
  .verdicts { grid-template-columns: repeat(2, 1fr); } .verdicts li, .warning, .caveats .warn, mark, .bar, .key i, .signs i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
