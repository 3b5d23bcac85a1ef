/** The page's only style sheet. Colours are variables, so that dark mode and print change them in one place. */
export const htmlStyle = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --panel: #f5f6f8; --line: #d9dde3; --text: #1b1f24; --quiet: #57606a;
  --good: #1a7f4b; --good-back: #e3f5ea; --keep: #a4350f; --keep-back: #fdebe3; --undecided: #59636e; --undecided-back: #eceff2;
  --open: #2463c4; --closed: #a65a00; --control: #7a4fc0; --warn-back: #fff6d6; --warn: #6b4e00; --outside: #a4350f14;
  --c0: #2463c4; --c1: #0f8a8a; --c2: #7a4fc0; --c3: #b0427a; --c4: #5d7a1f; --c5: #8a5a2b; --t0: #9aa4af; --t1: #b9c0c8; --t2: #7d8792; --t3: #cfd5db;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --panel: #1d2126; --line: #363c44; --text: #e7eaee; --quiet: #a3acb7;
    --good: #5ac98a; --good-back: #17362a; --keep: #f0936a; --keep-back: #41251a; --undecided: #aab3bd; --undecided-back: #2a2f36;
    --open: #7fb0f5; --closed: #e2a24b; --control: #b89af0; --warn-back: #3a3114; --warn: #f0d78a; --outside: #f0936a1f;
    --c0: #7fb0f5; --c1: #4fc4c4; --c2: #b89af0; --c3: #e58ab8; --c4: #a9c86a; --c5: #d0a072; --t0: #6d7782; --t1: #565f69; --t2: #87919c; --t3: #454d56;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; background: var(--page); color: var(--text); }
body { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; justify-content: space-between; border-bottom: 1px solid var(--line); padding-bottom: .75rem; }
header h1 { font-size: 1rem; margin: 0; letter-spacing: .01em; }
header p, footer p { margin: 0; color: var(--quiet); font-size: .875rem; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .75rem; line-height: 1.25; }
.lead { font-size: 1.375rem; line-height: 1.35; font-weight: 650; margin: 1.5rem 0 1rem; max-width: 48rem; text-wrap: pretty; }
p { max-width: 48rem; margin: .5rem 0; }
#answer p.text { color: var(--quiet); font-size: .9375rem; }
.verdicts { list-style: none; padding: 0; margin: 1rem 0; display: grid; gap: .5rem; max-width: 48rem; }
.verdicts li { display: flex; flex-wrap: wrap; gap: .1rem .75rem; padding: .55rem .85rem; border-left: 5px solid var(--undecided); background: var(--undecided-back); border-radius: 4px; }
.verdicts li.good { border-color: var(--good); background: var(--good-back); }
.verdicts li.keep { border-color: var(--keep); background: var(--keep-back); }
.verdicts b { min-width: 14rem; font-weight: 600; } .verdicts strong { min-width: 6rem; }
.next { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; margin: 1rem 0; max-width: 48rem; }
.next code { font-weight: 600; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.warning { background: var(--warn-back); color: var(--warn); border-radius: 6px; padding: .6rem .9rem; margin: .6rem 0; max-width: 48rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--open); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .875rem; margin: .5rem 0 1.25rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { padding: .35rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 500; vertical-align: bottom; border-bottom: 2px solid var(--line); min-width: 4.2rem; }
tbody th { font-weight: 500; min-width: 8rem; max-width: 18rem; overflow-wrap: anywhere; }
td { overflow-wrap: break-word; min-width: 3rem; max-width: 22rem; }
td.left { min-width: 9.5rem; }
.right { text-align: right; }
td.right { white-space: nowrap; }
td.wide { min-width: 14rem; overflow-wrap: anywhere; }
tr:last-child th, tr:last-child td { border-bottom: 0; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .6rem 0; padding: 0 .9rem; }
details[open] { padding-bottom: .8rem; }
summary { cursor: pointer; padding: .55rem 0; font-weight: 500; }
summary h2 { display: inline; font-size: 1.1rem; margin: 0; }
details.section { margin-top: 1.5rem; }
figure { margin: .5rem 0 1rem; }
figcaption { font-weight: 600; font-size: .9375rem; margin-bottom: .25rem; }
svg.chart { display: block; width: 100%; min-width: 20rem; max-width: 50rem; height: auto; font: 13px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; fill: var(--text); }
svg .tick { font-size: 11.5px; fill: var(--quiet); }
svg .note { font-size: 12.5px; fill: var(--quiet); }
svg .all { font-weight: 650; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .zero { stroke: var(--quiet); stroke-width: 1.2; }
svg .margin { stroke: var(--keep); stroke-width: 1.6; stroke-dasharray: 5 4; }
svg .outside { fill: var(--outside); }
svg .thick { stroke-width: 6; stroke-linecap: round; opacity: .55; }
svg .thin { stroke-width: 2; opacity: .55; }
svg .good .thick, svg .good .thin { stroke: var(--good); } svg .good .mark { fill: var(--good); }
svg .keep .thick, svg .keep .thin { stroke: var(--keep); } svg .keep .mark { fill: var(--keep); }
svg .undecided .thick, svg .undecided .thin { stroke: var(--undecided); }
svg .undecided .mark { fill: var(--page); stroke: var(--undecided); stroke-width: 2.5; }
svg .latency .dot { opacity: .55; } svg .median { stroke-width: 2.5; } svg .p95 { stroke-width: 1.5; stroke-dasharray: 3 3; }
svg .open { --arm: var(--open); } svg .closed { --arm: var(--closed); } svg .control { --arm: var(--control); }
svg .latency .dot { fill: var(--arm); } svg .latency .median, svg .latency .p95 { stroke: var(--arm); }
svg .band { fill: var(--arm); opacity: .16; }
svg .curve { fill: none; stroke: var(--arm); stroke-width: 2.5; } svg .end { fill: var(--arm); }
svg .c0 { fill: var(--c0); } svg .c1 { fill: var(--c1); } svg .c2 { fill: var(--c2); } svg .c3 { fill: var(--c3); } svg .c4 { fill: var(--c4); } svg .c5 { fill: var(--c5); }
svg .t0 { fill: var(--t0); } svg .t1 { fill: var(--t1); } svg .t2 { fill: var(--t2); } svg .t3 { fill: var(--t3); }
.filters { display: flex; flex-wrap: wrap; gap: .6rem; margin: .75rem 0; align-items: end; }
.filters label { display: grid; gap: .15rem; font-size: .8125rem; color: var(--quiet); max-width: 100%; }
.filters input, .filters select, button { font: inherit; font-size: .9375rem; padding: .35rem .6rem; border: 1px solid var(--line); border-radius: 5px; background: var(--page); color: var(--text); max-width: 16rem; }
button { cursor: pointer; background: var(--panel); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .9rem; }
@media (max-width: 44rem) {
  .pair { grid-template-columns: 1fr; } .verdicts b, .verdicts strong { min-width: 0; } .lead { font-size: 1.2rem; }
  svg.chart, svg .tick, svg .note { font-size: 14.5px; }
  th, td { padding: .3rem .4rem; } table { font-size: .8125rem; }
  thead th, td, td.left { min-width: 0; } td.wide { min-width: 10rem; }
  tbody th { min-width: 6.5rem; max-width: 9rem; position: sticky; left: 0; background: var(--page); border-right: 1px solid var(--line); }
}
.ballot h3 { font-size: .8125rem; color: var(--quiet); margin: .7rem 0 .2rem; font-weight: 600; }
.ballot pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--panel); border-radius: 5px; padding: .6rem .75rem; margin: 0; max-height: 26rem; overflow: auto; }
.ballot ul { margin: .2rem 0; padding-left: 1.2rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@media print {
  :root { color-scheme: light; --page: #fff; --panel: #f6f6f6; --line: #ccc; --text: #000; --quiet: #444; --good: #1a7f4b; --good-back: #fff; --keep: #a4350f; --keep-back: #fff; --undecided: #555; --undecided-back: #fff; --open: #2463c4; --closed: #a65a00; --control: #7a4fc0; --warn-back: #fff; --warn: #000; }
  html { font-size: 10.5pt; } body { max-width: none; padding: 0; }
  .filters, .skip, #ballots { display: none; }
  figure, table, .verdicts li, .next, .warning { break-inside: avoid; }
  h2 { break-after: avoid; } .scroll { overflow: visible; } svg.chart { min-width: 0; } table { font-size: 7.5pt; }
  th, td { padding: .2rem .3rem; } thead th, tbody th, td, td.left, td.wide { min-width: 0; }
  .verdicts li { border: 1px solid var(--line); border-left-width: 5px; }
}
`;
