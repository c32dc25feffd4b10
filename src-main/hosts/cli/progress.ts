const WIDTH = 30;
let began = { label: '', at: 0 };

/** One line that is written over: label, bar, share, time left. Only where a person watches. */
export function showProgress(label: string, done: number, total: number): void {
  if (!process.stderr.isTTY || total <= 0) return;
  const now = performance.now();
  if (began.label !== label) began = { label, at: now };
  const share = Math.min(1, done / total);
  const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
  const secondsLeft = share > 0 ? ((now - began.at) / 1000) * (1 / share - 1) : NaN;
  const left = Number.isFinite(secondsLeft) ? `${Math.ceil(secondsLeft)} s left` : '';
  process.stderr.write(`\r\x1b[K${label}  ${bar} ${Math.floor(share * 100)}%  ${left}`);
  if (share >= 1) {
    process.stderr.write('\r\x1b[K');
    began = { label: '', at: 0 };
  }
}
