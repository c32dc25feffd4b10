import type { Palette } from '../../charts/candles/palette.ts';
import type { News, Notices } from '../../lib/notices.svelte.ts';

/** A canvas with the chart on it, and what it is called as a file. */
export interface Taken {
  readonly canvas: HTMLCanvasElement;
  readonly fileName: string;
}

/** A picture of the chart as it stands, to the clipboard or a file. */
export class Picture {
  /** Takes it; null while there is no chart. */
  take = $state.raw<(() => Taken) | null>(null);
  readonly #notices: Notices;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  async copy(): Promise<void> {
    const taken = this.take?.();
    if (!taken) return;
    try {
      // A promise: the browser counts it as done by the press that asked for it.
      const image = blobOf(taken.canvas);
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
      this.#tell('The picture of the chart is on the clipboard.');
    } catch {
      this.#tell('This browser does not let the app write to the clipboard.', {
        label: 'Save as a file',
        run: () => void this.save(),
      });
    }
  }

  async save(): Promise<void> {
    const taken = this.take?.();
    if (!taken) return;
    const address = URL.createObjectURL(await blobOf(taken.canvas));
    const link = Object.assign(document.createElement('a'), {
      href: address,
      download: taken.fileName,
    });
    link.click();
    URL.revokeObjectURL(address);
    this.#tell(`Saved the chart as ${taken.fileName}.`);
  }

  #tell(text: string, action?: News['action']): void {
    this.#notices.tell({ text, ...(action && { action }) });
  }
}

const blobOf = (canvas: HTMLCanvasElement) =>
  new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('The canvas gave no picture.'));
    }, 'image/png');
  });

const TITLE_HEIGHT = 44;

/** The chart under two lines that say what it shows, so that the picture speaks alone. */
export function titledPicture(
  chart: HTMLCanvasElement,
  lines: readonly [title: string, about: string],
  palette: Palette,
): HTMLCanvasElement {
  const scale = devicePixelRatio;
  const canvas = document.createElement('canvas');
  canvas.width = chart.width;
  canvas.height = chart.height + Math.round(TITLE_HEIGHT * scale);
  const context = canvas.getContext('2d')!;
  context.fillStyle = palette.panel;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, 0, canvas.height - chart.height);
  context.scale(scale, scale);
  context.textBaseline = 'middle';
  const width = chart.width / scale - 24;
  context.font = `600 13px ${palette.font}`;
  context.fillStyle = palette.text;
  context.fillText(lines[0], 12, 14, width);
  context.font = `400 12px ${palette.font}`;
  context.fillStyle = palette.text2;
  context.fillText(lines[1], 12, 32, width);
  return canvas;
}
