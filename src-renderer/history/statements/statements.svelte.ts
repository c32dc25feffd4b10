import { stageFile } from '../../lib/staging.ts';
import type { Fault } from '#contract/errors.ts';
import type { ImportedStatement, StatementPreview, StatementSettings } from '#contract/journal.ts';
import type { Client } from '#contract/transport.ts';
import type { Notices } from '../../lib/notices.svelte.ts';
import { count } from '../../lib/format.ts';

/** Endings of files that are statements and nothing else. */
const STATEMENTS = /\.(html?|xlsx)$/i;
/** Endings of files that are something else. */
const OTHERS = /\.(json|parquet|hst)$/i;

/** No table of trades is larger: it holds candles. */
const LARGEST = 8 * 2 ** 20;

/** One statement on its way in. */
export class StatementFile {
  settings = $state.raw<StatementSettings>({
    account: null,
    goldNames: [],
    contract: null,
    clock: 'auto',
  });
  preview = $state.raw<StatementPreview | null>(null);
  fault = $state.raw<Fault | null>(null);
  busy = $state(true);
  readonly name: string;
  readonly upload: string;
  readonly #client: Client;
  #readings = 0;

  constructor(client: Client, name: string, upload: string) {
    this.#client = client;
    this.name = name;
    this.upload = upload;
  }

  /** Reads it by other settings; the last ones count. */
  async read(change: Partial<StatementSettings> = {}): Promise<void> {
    this.settings = { ...this.settings, ...change };
    this.busy = true;
    const reading = ++this.#readings;
    const { upload, settings } = this;
    const answer = await this.#client.call('statements.preview', { upload, settings });
    if (reading !== this.#readings) return;
    this.busy = false;
    this.fault = answer.ok ? null : answer.fault;
    if (answer.ok) this.preview = answer.value;
  }
}

/** Statements that are looked at before their trades are kept, and those that were. */
export class Statements {
  files = $state.raw<readonly StatementFile[]>([]);
  imported = $state.raw<readonly ImportedStatement[]>([]);
  /** The dialog is open without a file: to choose some, or to undo an import. */
  choosing = $state(false);
  keeping = $state(false);
  readonly #client: Client;
  readonly #notices: Notices;

  readonly isOpen = $derived(this.choosing || this.files.length > 0);
  readonly ready = $derived(
    this.files.filter(({ preview, fault, busy }) => preview && !fault && !busy),
  );
  readonly added = $derived(
    this.ready.reduce((sum, { preview }) => sum + (preview?.added ?? 0), 0),
  );

  constructor(client: Client, notices: Notices) {
    this.#client = client;
    this.#notices = notices;
    client.on('journal.changed', () => {
      if (this.isOpen) void this.list();
    });
  }

  async list(): Promise<void> {
    const answer = await this.#client.call('statements.list', {});
    if (answer.ok) this.imported = answer.value;
    else this.#notices.show(answer.fault);
  }

  /**
   * Takes a file in where it is a statement. What is something else comes back, with its upload where
   * it had to be handed over to be known.
   */
  async take(file: File): Promise<'taken' | { readonly upload: string | null }> {
    const isOther = !STATEMENTS.test(file.name) && file.size > LARGEST;
    if (isOther || OTHERS.test(file.name)) return { upload: null };
    const staged = await stageFile(this.#client, file, {
      onProgress: () => undefined,
      isWanted: () => true,
    });
    if (!staged?.ok) {
      if (staged) this.#notices.show(staged.fault);
      return 'taken';
    }
    const one = new StatementFile(this.#client, file.name, staged.value.upload);
    if (STATEMENTS.test(file.name)) this.files = [...this.files, one];
    await one.read();
    const { upload, fault } = one;
    if (!STATEMENTS.test(file.name) && fault?.code === 'not-a-statement') return { upload };
    if (!this.files.includes(one)) this.files = [...this.files, one];
    return 'taken';
  }

  /** Keeps the trades of every statement that can be read; the others stay in the dialog. */
  async keep(): Promise<void> {
    if (this.keeping) return;
    this.keeping = true;
    const imports: number[] = [];
    let added = 0;
    for (const file of this.ready) {
      const { upload, settings } = file;
      const answer = await this.#client.call('statements.commit', { upload, settings });
      if (!answer.ok) {
        file.fault = answer.fault;
        continue;
      }
      added += answer.value.added;
      if (answer.value.id !== null) imports.push(answer.value.id);
      this.files = this.files.filter((one) => one !== file);
    }
    this.keeping = false;
    this.choosing = false;
    const text = `${count(added)} trades imported`;
    const action = {
      label: 'Undo',
      run: () => {
        for (const id of imports) void this.undo(id);
        this.#notices.dismissNews(news);
      },
    };
    const news =
      imports.length > 0 ? { text, action } : { text: 'All of these trades were known.' };
    this.#notices.tell(news);
  }

  async undo(id: number): Promise<void> {
    const answer = await this.#client.call('statements.undo', { id });
    if (!answer.ok) this.#notices.show(answer.fault);
  }

  close(): void {
    for (const { upload } of this.files) void this.#client.call('import.discard', { upload });
    this.files = [];
    this.choosing = false;
  }
}
