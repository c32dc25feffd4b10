import { Html } from './html.ts';

const LIGHT = `
  --ground: #ffffff; --raised: #f5f6f8; --line: #c9d0d8; --grid: #e2e6ea;
  --text: #12161b; --text-2: #434c58; --text-3: #5f6976;
  --under: #0a756c; --over: #b43c17; --warn: #835600;
  --amber: #946200; --violet: #8042c4; --blue: #1a57c8; --baseline: #5f6976;`;
const DARK = `
  --ground: #111418; --raised: #181c22; --line: #313a46; --grid: #20262e;
  --text: #e7ebf0; --text-2: #aab4c0; --text-3: #8590a0;
  --under: #3fb7ab; --over: #f0845f; --warn: #e3b452;
  --amber: #e3b452; --violet: #c79bf2; --blue: #6aabff; --baseline: #9aa5b3;`;

/** What both reports look like: light or dark as the reader's system is, light on paper. */
const BOTH = `
:root { color-scheme: light dark; ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px; max-width: 1120px; background: var(--ground); color: var(--text);
  font: 13px/20px "Inter Variable", Inter, "Segoe UI", system-ui, sans-serif;
  font-feature-settings: "tnum" 1;
}
h1 { margin: 0; font-size: 22px; line-height: 30px; }
h2 { margin: 32px 0 4px; font-size: 14px; }
p { margin: 4px 0; max-width: 92ch; color: var(--text-2); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 12px; line-height: 18px; }
th { color: var(--text-3); font-size: 11px; font-weight: 540; text-align: right; vertical-align: bottom; }
th, td { padding: 3px 10px 3px 0; border-bottom: 1px solid var(--grid); white-space: nowrap; }
thead th { border-bottom-color: var(--line); }
td { text-align: right; }
.word { text-align: left; }
tr.leading td { font-weight: 620; }
.quiet { color: var(--text-3); font-weight: 430; }
.Under::before { content: "✓ "; } .Under { color: var(--under); }
.Over::before { content: "✕ "; } .Over { color: var(--over); }
.share { background: linear-gradient(to right, var(--grid) var(--of), transparent var(--of)); display: block; min-width: 64px; }
figure { margin: 8px 0 0; max-width: 600px; break-inside: avoid; } figure.wide { max-width: 900px; }
.legend { display: flex; flex-wrap: wrap; gap: 0 16px; font-size: 11px; }
.legend svg { display: inline; width: 22px; height: 10px; vertical-align: middle; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 0 32px; }
svg { display: block; width: 100%; height: auto; font-size: 11px; color: var(--text-3); }
svg text { fill: currentcolor; dominant-baseline: central; } svg path { fill: none; }
svg .strong, svg .name { color: var(--text-2); } svg .first .name { color: var(--text); font-weight: 620; }
.grid { stroke: var(--grid); }
.promise, .limit { stroke: var(--text-3); } .promise { stroke-dasharray: 1 3; } .threshold { stroke: var(--over); }
.series { --color: var(--baseline); } .amber, .taken { --color: var(--amber); } .violet { --color: var(--violet); }
.blue, .recommended { --color: var(--blue); } .lookup { --color: var(--under); }
.line { stroke: var(--color); stroke-width: 1.5; } .first .line { stroke-width: 2; }
.dot { fill: var(--color); stroke: var(--color); stroke-width: 1.5; } .hollow .dot { fill: var(--ground); }
.whisker { stroke: var(--color); } .band { fill: var(--color); opacity: .16; } .interval { fill: var(--color); opacity: .4; }
.recommended .name, .taken .name, .fixed .name { color: var(--color); font-weight: 430; }
.survived { fill: none; stroke: var(--text-2); opacity: .6; } .liquidated { stroke: var(--over); stroke-width: 1.5; }
ul { margin: 4px 0; padding-left: 18px; color: var(--text-2); }
footer { margin-top: 32px; padding-top: 8px; border-top: 1px solid var(--line); }
@media (max-width: 520px) { body { padding: 12px; } .charts { display: block; } }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { max-width: none; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  table { font-size: 9px; line-height: 13px; } th { font-size: 8px; }
  tr, h2 { break-inside: avoid; } h2 { break-after: avoid; }
}
`;

export const EVALUATION_STYLE = new Html(`<style>${BOTH}</style>`);

/** One page of A4 upright; charts take the height that is left. */
export const JOURNAL_STYLE = new Html(`<style>${BOTH}
body { max-width: 800px; font-size: 12px; line-height: 17px; }
h1 { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 2; font-size: 18px; line-height: 24px; overflow-wrap: anywhere; } p { max-width: none; overflow-wrap: anywhere; }
h2 { margin: 12px 0 0; }
svg text { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1px; margin-top: 10px; background: var(--line); border: 1px solid var(--line); }
.tiles div { padding: 6px 10px; background: var(--ground); }
.tiles p { margin: 0; font-size: 11px; line-height: 15px; }
.tiles .value { color: var(--text); font-size: 19px; font-weight: 620; line-height: 26px; }
.halves { display: grid; grid-template-columns: 520fr 340fr; gap: 0 16px; }
.tiles .quiet { font-size: 11px; }
table { width: 100%; }
td:nth-child(2) { max-width: 76px; overflow: hidden; text-overflow: ellipsis; }
footer { margin-top: 10px; padding-top: 4px; font-size: 11px; line-height: 15px; }
footer p { margin: 2px 0; }
@page { size: A4 portrait; margin: 12mm; }
@media print { table { font-size: 10px; line-height: 14px; } th { font-size: 9px; } th, td { padding-block: 2px; } footer { font-size: 10px; line-height: 14px; } }
@media (max-width: 640px) { .halves { display: block; } .tiles { grid-template-columns: repeat(2, 1fr); } }
</style>`);
