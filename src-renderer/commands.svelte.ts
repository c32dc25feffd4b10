import { tick } from 'svelte';
import { COMMAND_IDS, commandText, type CommandId } from '#contract/commands.ts';
import { byShowing, type Screen } from '#contract/screens.ts';
import type { Desk } from './desk/desk.svelte.ts';
import type { ExitPlanning } from './desk/exit/exit-plan.svelte.ts';
import type { Feed } from './desk/feed/feed.svelte.ts';
import type { Picture } from './desk/chart/picture.svelte.ts';
import type { Recording } from './desk/answer/recording.svelte.ts';
import type { Replay } from './desk/replay/replay.svelte.ts';
import type { Statements } from './history/statements/statements.svelte.ts';
import type { SettingsState } from './lib/settings.svelte.ts';

/** The window as far as commands move it. */
export interface Commanded {
  screen: Screen;
  keysShown: boolean;
  paletteShown: boolean;
  sizesShown: boolean;
  candlesShown: boolean;
  readonly desk: Desk;
  readonly replay: Replay;
  readonly settings: SettingsState;
  readonly exitPlan: ExitPlanning;
  readonly feed: Feed;
  readonly picture: Picture;
  readonly recording: Recording;
  readonly statements: Statements;
  newWindow(): Promise<void>;
  toggleTheme(): void;
}

/** What a command does, and why it cannot be done now, if it cannot. */
interface Act {
  readonly run: () => void;
  readonly blocked?: () => string | null;
}

const NO_BAR = 'No series is on the desk.';

/** Every command of the contract's table, done by this window. */
export class Commands {
  readonly #acts: Readonly<Record<CommandId, Act>>;
  /** Chosen in the palette in this session, the latest first. */
  recent = $state.raw<readonly CommandId[]>([]);

  constructor(app: Commanded) {
    const { desk, replay, settings } = app;
    const show = (screen: Screen) => ({ run: () => (app.screen = screen) });
    const theme = (to: 'dark' | 'light' | 'system') => ({
      run: () => settings.change({ theme: to }),
    });
    const hasBar = (): string | null => (desk.bar ? null : NO_BAR);
    const onDesk = (run: () => void, blocked = hasBar): Act => ({
      run: () => {
        app.screen = 'desk';
        run();
      },
      blocked,
    });
    const focus = (id: string) => void tick().then(() => document.getElementById(id)?.focus());
    const atEnd = () => (!desk.bar ? NO_BAR : desk.atNewest ? 'This is the newest bar.' : null);
    this.#acts = {
      'import-series': show('data'),
      'import-trades': { run: () => (app.statements.choosing = true) },
      'follow-file': onDesk(
        () => (app.feed.asking = 'file'),
        () => null,
      ),
      'follow-live': onDesk(
        () => (app.feed.asking = 'live'),
        () => null,
      ),
      unfollow: {
        run: () => void app.feed.stop(),
        blocked: () => (app.feed.isOn ? null : 'No feed is on.'),
      },
      'copy-picture': onDesk(() => void app.picture.copy()),
      'save-picture': onDesk(() => void app.picture.save()),
      'new-window': { run: () => void app.newWindow() },
      ...byShowing(show),
      'toggle-theme': { run: () => app.toggleTheme() },
      'theme-dark': theme('dark'),
      'theme-light': theme('light'),
      'theme-system': theme('system'),
      palette: { run: () => (app.paletteShown = true) },
      'size-table': onDesk(() => (app.sizesShown = true)),
      'candle-table': onDesk(() => (app.candlesShown = true)),
      record: onDesk(
        () => void app.recording.record(),
        () => app.recording.blocked,
      ),
      long: onDesk(() => settings.change({ direction: 'long' })),
      short: onDesk(() => settings.change({ direction: 'short' })),
      equity: onDesk(() => focus('equity')),
      threshold: onDesk(() => focus('threshold')),
      smaller: onDesk(() => desk.moveSelection(-1)),
      larger: onDesk(() => desk.moveSelection(1)),
      smallest: onDesk(() => desk.moveSelection(-Infinity)),
      largest: onDesk(() => desk.moveSelection(Infinity)),
      recommended: onDesk(() => desk.select(null)),
      play: onDesk(() => replay.player.toggle(), atEnd),
      back: onDesk(() => desk.step(-1)),
      forward: onDesk(() => desk.step(1), atEnd),
      newest: onDesk(() => desk.toNewest(), atEnd),
      jump: onDesk(() => (replay.jumping = true)),
      random: onDesk(() => replay.randomStart()),
      place: onDesk(
        () => replay.place(desk.shown!.size),
        () =>
          atEnd() ??
          (replay.trade ? 'A position is open already.' : desk.shown ? null : 'No size is shown.'),
      ),
      'exit-plan': onDesk(() => (app.exitPlan.asking = true)),
      retrain: show('training'),
      judge: show('evaluate'),
      keys: { run: () => (app.keysShown = true) },
    };
  }

  /** Why a command cannot be done now, or null. */
  blocked(id: CommandId): string | null {
    return this.#acts[id].blocked?.() ?? null;
  }

  run(id: CommandId): void {
    if (this.blocked(id) === null) this.#acts[id].run();
  }

  /** Runs what was chosen in the palette, and keeps it at hand there. */
  choose(id: CommandId): void {
    this.recent = [id, ...this.recent.filter((one) => one !== id)].slice(0, 5);
    this.run(id);
  }

  /** The command of a key, as `keyName` names it; null for none. */
  ofKey(key: string): CommandId | null {
    return COMMAND_IDS.find((id) => commandText(id).keys === key) ?? null;
  }
}
