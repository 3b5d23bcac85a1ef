/** How charts look. Sides differ in hatching as well as colour, for eyes and printers that see none. */

/** Stripes for votes: in one direction for closed, none for open, the other for what neither won. */
const stripes = (colour: string, angle: number, gap: string): string =>
  `repeating-linear-gradient(${angle}deg, var(${colour}) 0 3px, ${gap} 3px 5px)`;

/** Shares of a bar in hundredths. */
const rooms = Array.from({ length: 100 }, (_, at) => `.g${at + 1}{flex-grow:${at + 1}}`).join('');

export const chartStyle = `
figure { margin: 1rem 0 1.75rem; }
figcaption { font-weight: 600; font-size: .9375rem; margin-bottom: .4rem; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; padding: 0; margin: 0 0 .6rem; font-size: .8125rem; color: var(--quiet); }
.key li { display: flex; align-items: center; gap: .4rem; } .key i { width: .85rem; height: .85rem; border-radius: 2px; flex: none; }
.v-open { background: var(--open); }
.v-closed { background: ${stripes('--closed', 135, 'var(--page)')}; }
.v-fine { background: var(--fine); } .v-same { background: var(--same); }
.v-bad { background: ${stripes('--bad', 45, 'var(--page)')}; } .v-none { background: var(--line); }
.v-rest { background: var(--rest); }
.bar { display: grid; grid-template-columns: minmax(6rem, 13rem) minmax(0, 1fr) minmax(6.5rem, max-content); gap: .2rem .9rem; align-items: center; margin: .35rem 0; font-size: .9375rem; }
.bar b { font-weight: 550; }   .bar .figures { font-variant-numeric: tabular-nums; color: var(--quiet); font-size: .875rem; text-align: right; }
.strip { display: flex; gap: 2px; height: 1.5rem; border-radius: 4px; overflow: hidden; } .strip i { flex-basis: 0; min-width: 4px; }
${rooms}
.hundred { display: grid; grid-template-columns: max-content minmax(0, 30rem); gap: .25rem 2.5rem; align-items: start; }
.hundred figcaption { grid-column: 1 / -1; } .hundred .key { flex-direction: column; }
.signs { display: grid; grid-template-columns: repeat(20, .8rem); gap: .2rem; } .signs i { width: .8rem; height: .8rem; border-radius: 50%; }
.signs .v-open { background: none; border: 3px solid var(--open); } .signs .v-fine { transform: scale(.4); }
.signs .v-closed { background: var(--closed); } .hundred .key .v-closed { background: var(--closed); border-radius: 50%; }
.hundred .key .v-open { background: none; border: 3px solid var(--open); border-radius: 50%; } .hundred .key .v-fine { transform: scale(.4); border-radius: 50%; }
svg.chart { display: block; width: 100%; height: auto; font: 13px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; fill: var(--text); }
svg.narrow, svg.wide { display: none; }
svg .tick { font-size: 12px; fill: var(--quiet); } svg .note { font-size: 12.5px; fill: var(--quiet); } svg .all { font-weight: 650; }
svg .grid { stroke: var(--line); stroke-width: 1; } svg .zero { stroke: var(--quiet); stroke-width: 1.2; }
svg .margin { stroke: var(--keep); stroke-width: 1.6; stroke-dasharray: 5 4; } svg .outside { fill: var(--outside); }
svg .thick { stroke-width: 6; stroke-linecap: round; opacity: .55; }
svg .good .thick { stroke: var(--good); } svg .good .mark { fill: var(--good); }
svg .keep .thick { stroke: var(--keep); } svg .keep .mark { fill: var(--keep); }
svg .undecided .thick { stroke: var(--undecided); } svg .undecided .mark { fill: var(--page); stroke: var(--undecided); stroke-width: 2.5; }
svg .open { --arm: var(--open); } svg .closed { --arm: var(--closed); } svg .control { --arm: var(--control); }
svg .latency .dot { fill: var(--arm); opacity: .55; } svg .latency .median, svg .latency .p95 { stroke: var(--arm); }
svg .median { stroke-width: 2.5; } svg .p95 { stroke-width: 1.5; stroke-dasharray: 3 3; }
svg .band { fill: var(--arm); opacity: .16; } svg .curve { fill: none; stroke: var(--arm); stroke-width: 2.5; } svg .closed .curve { stroke-dasharray: 8 3; } svg .curve.few { stroke-width: 2; stroke-dasharray: 1 5; } svg .end { fill: var(--arm); }
svg .border { stroke: var(--text); stroke-width: 1.2; stroke-dasharray: 2 4; } svg .evidence { fill: none; stroke-width: 2.5; } svg .e-good { stroke: var(--good); } svg .e-keep { stroke: var(--keep); stroke-dasharray: 8 3; } svg .e-better { stroke: var(--open); stroke-dasharray: 2 3; }
svg rect.e-good { fill: var(--good); } svg rect.e-keep { fill: var(--keep); stroke-dasharray: none; } svg rect.e-better { fill: var(--open); stroke-dasharray: none; }
.cells { list-style: none; padding: 0; margin: .25rem 0 .5rem; display: grid; grid-template-columns: repeat(2, minmax(0, 11rem)); gap: 4px; }
.cells li { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; } .cells li, .cells a { display: flex; flex-direction: column; } .cells li { padding: .6rem .8rem; }
.cells li:has(a) { padding: 0; } .cells a { padding: .6rem .8rem; color: inherit; text-decoration: none; } .cells a small { color: var(--open); text-decoration: underline; text-underline-offset: .15em; }
.cells b { font-size: 1.35rem; line-height: 1.2; font-variant-numeric: tabular-nums; } .cells span { font-size: .875rem; color: var(--quiet); }
.cells .onlyOpen { border-left: 4px solid var(--open); } .cells .onlyClosed { border-left: 4px double var(--closed); } .cells .both { border-left: 4px dashed var(--bad); }
svg .c0 { fill: var(--c0); } svg .c1 { fill: var(--c1); } svg .c2 { fill: var(--c2); } svg .c3 { fill: var(--c3); } svg .c4 { fill: var(--c4); } svg .c5 { fill: var(--c5); }
svg .t0 { fill: var(--t0); } svg .t1 { fill: var(--t1); } svg .t2 { fill: var(--t2); } svg .t3 { fill: var(--t3); }
@media (max-width: 67.5rem) { svg.full { display: none; } svg.wide { display: block; } }
@media (max-width: 37.5rem) {
  svg.chart.wide { display: none; } svg.chart.narrow { display: block; }
  .bar { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .1rem .75rem; margin: .7rem 0; } .bar b { order: 1; } .bar .figures { order: 2; } .strip { order: 3; flex: 0 0 100%; }
  .hundred { grid-template-columns: minmax(0, 1fr); } .signs { grid-template-columns: repeat(20, minmax(0, 1fr)); max-width: 20rem; } .signs i { width: 100%; height: auto; aspect-ratio: 1; }
}
@media print { svg.chart.full, svg.chart.narrow { display: none; } svg.chart.wide { display: block; } }
`;
