const WIDTH = 30;
let began = { label: '', at: 0, done: 0 };

/**
 * One line that is written over: label, bar, share, rate where a unit is given, time left. Only where
 * a person watches.
 */
export function showProgress(label: string, done: number, total: number, unit?: string): void {
  if (!process.stderr.isTTY || total <= 0) return;
  const now = performance.now();
  if (began.label !== label) began = { label, at: now, done };
  const share = Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
  // What an interrupted run had done before is not counted into the pace of this one.
  const perSecond = (done - began.done) / ((now - began.at) / 1000);
  const pace =
    perSecond > 0 && unit ? `  ${Math.round(perSecond).toLocaleString('en')} ${unit}/s` : '';
  const left = perSecond > 0 ? `  ${Math.ceil((total - done) / perSecond)} s left` : '';
  process.stderr.write(`\r\x1b[K${label}  ${bar} ${Math.floor(share * 100)}%${pace}${left}`);
  if (share >= 1) {
    process.stderr.write('\r\x1b[K');
    began = { label: '', at: 0, done: 0 };
  }
}
