import { stageFile } from './staging.ts';
import type { ModelInfo } from '#contract/schemas.ts';
import type { Client } from '#contract/transport.ts';
import type { News, Notices } from './notices.svelte.ts';

/** The models that are stored, oldest first, and which of them the desk reads. */
export class Models {
  list = $state.raw<readonly ModelInfo[]>([]);
  readonly #client: Client;
  readonly #notices: Notices;

  readonly inUse = $derived(this.list.find(({ inUse }) => inUse) ?? null);

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

  /** Puts a model on the desk and offers the way back to the one before. */
  async use(name: string): Promise<void> {
    const before = this.inUse?.name;
    if (!(await this.#put(name)) || !before || before === name) return;
    const offer: News = {
      text: `The desk now uses ${name}. ${before} is kept.`,
      action: {
        label: 'Undo',
        run: () => {
          this.#notices.dismissNews(offer);
          void this.#put(before);
        },
      },
    };
    this.#notices.tell(offer);
  }

  async export(name: string): Promise<void> {
    const answer = await this.#client.call('models.export', { name });
    if (answer.ok) this.#notices.tell({ text: `Exported ${name} to ${answer.value.file}` });
    else this.#notices.show(answer.fault);
  }

  /** Takes a model file in that Size Picker wrote. */
  async import(file: File): Promise<void> {
    const staged = await stageFile(this.#client, file, {
      onProgress: () => {},
      isWanted: () => true,
    });
    if (!staged?.ok) return staged ? this.#notices.show(staged.fault) : undefined;
    const { upload } = staged.value;
    const answer = await this.#client.call('models.import', { upload });
    if (!answer.ok) {
      void this.#client.call('import.discard', { upload });
      return this.#notices.show(answer.fault);
    }
    await this.load();
    this.#notices.tell({ text: `Imported the model ${answer.value.name}.` });
  }

  async #put(name: string): Promise<boolean> {
    const answer = await this.#client.call('models.use', { name });
    if (!answer.ok) this.#notices.show(answer.fault);
    else await this.load();
    return answer.ok;
  }
}
