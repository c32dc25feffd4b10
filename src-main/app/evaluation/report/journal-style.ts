import { Html } from './html.ts';

/** One page of A4 upright; charts take the height that is left. */
export const JOURNAL_STYLE = new Html(`<style>
body { max-width: 800px; font-size: 12px; line-height: 17px; }
h1 { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 2; font-size: 18px; line-height: 24px; overflow-wrap: anywhere; } p { max-width: none; overflow-wrap: anywhere; }
h2 { margin: 12px 0 0; }
svg text { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1px; margin-top: 10px; background: var(--line); border: 1px solid var(--line); }
.tiles div { padding: 6px 10px; background: var(--ground); }
.tiles p { margin: 0; font-size: 11px; line-height: 15px; }
.tiles .value { color: var(--text); font-size: 19px; font-weight: 620; line-height: 26px; }
.halves { display: grid; grid-template-columns: 520fr 340fr; gap: 0 16px; }
.recommended { --of-model: var(--v3); } .taken { --of-model: var(--v1); } .fixed { --of-model: var(--baseline); }
.tiles .quiet { font-size: 11px; }
.legend svg.mark { width: 10px; height: 10px; }
.ring { fill: none; stroke: var(--text-2); opacity: .6; }
.cross { fill: none; stroke: var(--over); stroke-width: 1.5; }
table { width: 100%; }
td:nth-child(2) { max-width: 76px; overflow: hidden; text-overflow: ellipsis; }
footer { margin-top: 10px; padding-top: 4px; font-size: 11px; line-height: 15px; }
footer p { margin: 2px 0; }
@page { size: A4 portrait; margin: 12mm; }
@media print { table { font-size: 10px; line-height: 14px; } th { font-size: 9px; } th, td { padding-block: 2px; } footer { font-size: 10px; line-height: 14px; } }
@media (max-width: 640px) { .halves { display: block; } .tiles { grid-template-columns: repeat(2, 1fr); } }
</style>`);
