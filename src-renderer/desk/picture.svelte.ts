import type { News, Notices } from '../lib/notices.svelte.ts';

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
