import { createContext } from 'svelte';
import { Alarm } from './lib/alarm.svelte.ts';
import { Catalogue } from './lib/catalogue.svelte.ts';
import { Commands } from './commands.svelte.ts';
import { Court } from './evaluate/court.svelte.ts';
import { Datasets } from './lib/datasets.svelte.ts';
import { Desk } from './desk/desk.svelte.ts';
import { ExitPlanning } from './desk/exit/exit-plan.svelte.ts';
import { Facts } from './data/facts/facts.svelte.ts';
import { Feed } from './desk/feed/feed.svelte.ts';
import { Generating } from './data/generating.svelte.ts';
import { History } from './history/history.svelte.ts';
import { Importing } from './data/import/importing.svelte.ts';
import { Jobs } from './lib/jobs.svelte.ts';
import { Models } from './lib/models.svelte.ts';
import type { Notices } from './lib/notices.svelte.ts';
import { OwnExits } from './history/own-exits.svelte.ts';
import { Picture } from './desk/chart/picture.svelte.ts';
import { Recording } from './desk/answer/recording.svelte.ts';
import { Replay } from './desk/replay/replay.svelte.ts';
import { setRunCommand } from './lib/run-command.ts';
import { SettingsState } from './lib/settings.svelte.ts';
import { TradeBrowser } from './data/trades/trade-browser.svelte.ts';
import { Statements } from './history/statements/statements.svelte.ts';
import { Training } from './training/training.svelte.ts';
import type { CallOutput } from '#contract/calls.ts';
import type { RecordedDecision } from '#contract/desk.ts';
import type { Screen } from '#contract/screens.ts';
import type { Timeframe } from '#contract/series.ts';
import type { Settings } from '#contract/settings.ts';
import type { Client } from '#contract/transport.ts';

export type About = CallOutput<'app.about'>;

/** Everything that the window holds, composed once. */
export class AppState {
  #screen = $state<Screen>('desk');
  keysShown = $state(false);
  paletteShown = $state(false);
  sizesShown = $state(false);
  candlesShown = $state(false);
  /** Whether the app behind the window answers. */
  reached = $state(true);
  importing = $state.raw<Importing | null>(null);
  /** The dataset whose trades are looked at on the Data screen. */
  browsing = $state.raw<TradeBrowser | null>(null);
  readonly notices: Notices;
  readonly settings: SettingsState;
  readonly alarm: Alarm;
  readonly catalogue: Catalogue;
  readonly desk: Desk;
  readonly feed: Feed;
  readonly exitPlan: ExitPlanning;
  readonly recording: Recording;
  readonly picture: Picture;
  readonly replay: Replay;
  readonly history: History;
  readonly statements: Statements;
  readonly commands: Commands;
  readonly datasets: Datasets;
  readonly models: Models;
  readonly jobs: Jobs;
  readonly generating: Generating;
  readonly facts: Facts;
  readonly training: Training;
  readonly ownExits: OwnExits;
  readonly court: Court;
  readonly about: About;
  readonly #client: Client;

  constructor(client: Client, notices: Notices, stored: Settings, about: About) {
    this.#client = client;
    this.notices = notices;
    this.about = about;
    this.#screen = stored.screen;
    this.settings = new SettingsState(client, notices, stored);
    this.catalogue = new Catalogue(client, notices);
    this.alarm = new Alarm(client, notices);
    this.desk = new Desk(client, notices, this.settings);
    this.feed = new Feed(client, notices, this.desk);
    this.exitPlan = new ExitPlanning(client, notices, this.desk, this.settings);
    this.recording = new Recording(client, notices, this.desk, this.feed, this.settings);
    this.picture = new Picture(notices);
    this.replay = new Replay(client, notices, this.desk, this.settings);
    this.history = new History(client, notices, this.settings);
    this.statements = new Statements(client, notices);
    this.datasets = new Datasets(client, notices);
    this.models = new Models(client, notices);
    this.jobs = new Jobs(client, notices);
    this.generating = new Generating(client, notices, this.datasets, this.jobs);
    this.facts = new Facts(client, this.catalogue);
    this.training = new Training(client, notices, this);
    this.court = new Court(client, notices, this);
    this.ownExits = new OwnExits(client, notices, this);
    this.commands = new Commands(this);
    client.on('menu.chosen', ({ item }) => this.commands.run(item));
  }

  get screen(): Screen {
    return this.#screen;
  }

  /** The one shown last is shown at the next start; other windows keep their own. */
  set screen(screen: Screen) {
    if (screen === this.#screen) return;
    this.#screen = screen;
    this.settings.change({ screen });
  }

  /** Reads again all that is on screen. */
  async load(): Promise<void> {
    const { catalogue, alarm, feed, datasets, models, jobs, training, court } = this;
    const parts = [catalogue, alarm, feed, datasets, models, jobs, training, court];
    await Promise.all(parts.map((part) => part.load()));
    const { series } = this.catalogue;
    const wanted = this.desk.bar?.series.name ?? this.settings.current.series;
    const name = (series.find((one) => one.name === wanted) ?? series[0])?.name;
    if (name) await this.desk.open(name, this.desk.atNewest ? null : (this.desk.bar?.bar ?? null));
  }

  /** Shows a bar on the desk, or the newest one. */
  async openOnDesk(
    series: string,
    bar: number | null,
    timeframe: Timeframe | null = null,
  ): Promise<void> {
    this.screen = 'desk';
    await this.desk.open(series, bar, timeframe);
  }

  /** Shows an evaluation that is kept. */
  async openEvaluation(id: number): Promise<void> {
    this.screen = 'evaluate';
    await this.court.open(id);
  }

  /** Shows the bar that a decision was made on. */
  async openDecision({ series, timeframe, closedAt }: RecordedDecision): Promise<void> {
    this.screen = 'desk';
    await this.desk.openAt(series, closedAt, timeframe);
  }

  /** Takes files in: statements, of which there may be many, and otherwise the last one. */
  async importFiles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const other = await this.statements.take(file);
      if (other !== 'taken') this.importFile(file, other.upload);
    }
  }

  /** Takes a file in: a dataset or a model by its ending, candles otherwise. */
  importFile(file: File, upload: string | null = null): void {
    if (/\.json$/i.test(file.name)) {
      void this.models.import(file);
      return;
    }
    if (/\.parquet$/i.test(file.name)) {
      this.screen = 'data';
      void this.datasets.import(file);
      return;
    }
    this.importing?.close();
    this.importing = new Importing(this.#client, file, upload);
    void this.importing.start();
  }

  closeImport(): void {
    this.importing?.close();
    this.importing = null;
  }

  /** Imports the file in the sheet and shows its newest bar. */
  async commitImport(): Promise<void> {
    const series = await this.importing?.commit();
    if (!series) return;
    this.closeImport();
    await this.catalogue.load();
    await this.openOnDesk(series.name, null);
  }

  /** Opens the trades of a dataset on the Data screen. */
  browse(dataset: string): void {
    this.screen = 'data';
    this.browsing = new TradeBrowser(this.#client, this.notices, dataset);
    void this.browsing.filter(null);
  }

  async newWindow(): Promise<void> {
    const answer = await this.#client.call('app.newWindow', {});
    if (!answer.ok) this.notices.show(answer.fault);
    else if (!answer.value.isOpened) window.open('/', '_blank', 'popup');
  }

  toggleTheme(): void {
    const dark = document.documentElement.dataset['theme'] === 'dark';
    this.settings.change({ theme: dark ? 'light' : 'dark' });
  }
}

const [getApp, setContext] = createContext<AppState>();
export { getApp };

/** Gives the window to its views, and to what they share only its commands. */
export function setApp(app: AppState): void {
  setContext(app);
  setRunCommand((id) => app.commands.run(id));
}

/** The window's state from the app's answers; null where the app cannot be reached. */
export async function openAppState(client: Client, notices: Notices): Promise<AppState | null> {
  const [settings, about] = await Promise.all([
    client.call('settings.read', {}),
    client.call('app.about', {}),
  ]);
  if (settings.ok && about.ok) {
    const app = new AppState(client, notices, settings.value, about.value);
    await app.load();
    return app;
  }
  for (const answer of [settings, about]) if (!answer.ok) notices.show(answer.fault);
  return null;
}
