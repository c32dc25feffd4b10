import { count } from './format.ts';
import { stageFile } from './staging.ts';
import type { DatasetInfo } from '#contract/datasets.ts';
import type { Client } from '#contract/transport.ts';
import type { News, Notices } from './notices.svelte.ts';

export type ExportFormat = 'parquet' | 'csv';

/** The datasets that are stored, oldest first, and what is done with a whole one. */
export class Datasets {
  list = $state.raw<readonly DatasetInfo[]>([]);
  /** The file that is being taken in, and the share of it that is handed over. */
  incoming = $state.raw<{ readonly fileName: string; readonly progress: number } | null>(null);
  /** Name of the dataset that is being written to a file. */
  exporting = $state.raw<string | null>(null);
  #undo: { readonly names: readonly string[]; readonly offer: News } | null = null;
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
    client.on('datasets.changed', () => void this.load());
  }

  async load(): Promise<void> {
    const answer = await this.#client.call('datasets.list', {});
    if (answer.ok) this.list = answer.value;
    else this.#notices.show(answer.fault);
  }

  /** Deletes at once and offers the way back. */
  async delete(name: string): Promise<void> {
    const answer = await this.#client.call('datasets.delete', { name });
    if (!answer.ok) return this.#notices.show(answer.fault);
    await this.load();
    this.#offerUndo(name);
  }

  /** One way back for all that was deleted since the offer was last taken or put away. */
  #offerUndo(name: string): void {
    const { news } = this.#notices;
    const before = this.#undo && news.includes(this.#undo.offer) ? this.#undo : null;
    if (before) this.#notices.dismissNews(before.offer);
    const names = [...(before?.names ?? []), name];
    const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
    const offer: News = {
      text: `Deleted ${name}${more}.`,
      action: { label: 'Undo', run: () => void this.#restore(names, offer) },
    };
    this.#undo = { names, offer };
    this.#notices.tell(offer);
  }

  async export(name: string, format: ExportFormat): Promise<void> {
    if (this.exporting) return;
    this.exporting = name;
    const answer = await this.#client.call('datasets.export', { name, format, windows: false });
    this.exporting = null;
    if (answer.ok) this.#notices.tell({ text: `Exported ${name} to ${answer.value.file}` });
    else this.#notices.show(answer.fault);
  }

  /** Takes a Parquet file in that Size Picker wrote. One at a time. */
  async import(file: File): Promise<void> {
    if (this.incoming) return;
    this.incoming = { fileName: file.name, progress: 0 };
    const fault = await this.#take(file);
    this.incoming = null;
    if (fault) this.#notices.show(fault);
  }

  async #take(file: File) {
    const staged = await stageFile(this.#client, file, {
      onProgress: (progress) => (this.incoming = { fileName: file.name, progress }),
      isWanted: () => true,
    });
    if (!staged?.ok) return staged?.fault;
    const { upload } = staged.value;
    const answer = await this.#client.call('datasets.import', { upload });
    if (!answer.ok) {
      void this.#client.call('import.discard', { upload });
      return answer.fault;
    }
    const { name, trades } = answer.value;
    await this.load();
    this.#notices.tell({ text: `Imported ${name}: ${count(trades)} trades.` });
    return undefined;
  }

  async #restore(names: readonly string[], offer: News): Promise<void> {
    this.#notices.dismissNews(offer);
    for (const name of names) {
      const answer = await this.#client.call('datasets.restore', { name });
      if (!answer.ok) this.#notices.show(answer.fault);
    }
    await this.load();
  }
}
