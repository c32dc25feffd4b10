import { count } from './format.ts';
import { stageFile } from './staging.ts';
import type { ModelInfo } from '#contract/models.ts';
import type { Client } from '#contract/transport.ts';
import type { News, Notices } from './notices.svelte.ts';

/** The models that are kept, oldest first, and what is done with a whole one. */
export class Models {
  list = $state.raw<readonly ModelInfo[]>([]);
  /** The one on the desk; null where none is kept. */
  readonly inUse = $derived(this.list.find((model) => model.inUse) ?? null);
  /** Name of the file that is being taken in. */
  incoming = $state.raw<string | null>(null);
  readonly #client: Client;
  readonly #notices: Notices;

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
    client.on('models.changed', () => void this.load());
  }

  async load(): Promise<void> {
    const answer = await this.#client.call('models.list', {});
    if (answer.ok) this.list = answer.value;
    else this.#notices.show(answer.fault);
  }

  /** Puts a model on the desk and offers the way back. */
  async use(name: string): Promise<void> {
    const before = this.inUse?.name;
    if (before === name || !(await this.#put(name))) return;
    const offer: News = {
      text: before ? `The desk now uses ${name}. ${before} is kept.` : `The desk now uses ${name}.`,
      ...(before && { action: { label: 'Undo', run: () => void this.#takeBack(before, offer) } }),
    };
    this.#notices.tell(offer);
  }

  async export(name: string): Promise<void> {
    const answer = await this.#client.call('models.export', { name });
    if (answer.ok) this.#notices.tell({ text: `Exported ${name} to ${answer.value.file}` });
    else this.#notices.show(answer.fault);
  }

  /** Keeps the model of a file that Size Picker wrote. One at a time. */
  async import(file: File): Promise<void> {
    if (this.incoming) return;
    this.incoming = file.name;
    const fault = await this.#take(file);
    this.incoming = null;
    if (fault) this.#notices.show(fault);
  }

  async #take(file: File) {
    const staged = await stageFile(this.#client, file, {
      onProgress: () => undefined,
      isWanted: () => true,
    });
    if (!staged?.ok) return staged?.fault;
    const { upload } = staged.value;
    const answer = await this.#client.call('models.import', { upload });
    if (!answer.ok) {
      void this.#client.call('import.discard', { upload });
      return answer.fault;
    }
    const { name, trades } = answer.value;
    await this.load();
    this.#notices.tell({ text: `Imported ${name}, trained on ${count(trades)} trades.` });
    return undefined;
  }

  async #put(name: string): Promise<boolean> {
    const answer = await this.#client.call('models.use', { name });
    if (answer.ok) await this.load();
    else this.#notices.show(answer.fault);
    return answer.ok;
  }

  async #takeBack(name: string, offer: News): Promise<void> {
    this.#notices.dismissNews(offer);
    await this.#put(name);
  }
}
