import { COMMAND_IDS, commandText } from '#contract/commands.ts';
import { keyText } from './keyboard.ts';
import type { AppState } from '../app.svelte.ts';

/** A line of the palette. */
export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  readonly keys: string | null;
  /** Why it cannot be done now. */
  readonly blocked: string | null;
  readonly run: () => void;
}

/** Everything that the palette offers: commands (recent ones first), series, models. */
export function paletteItems(app: AppState): PaletteItem[] {
  const { commands, catalogue, models } = app;
  const ordered = [
    ...commands.recent,
    ...COMMAND_IDS.filter((id) => !commands.recent.includes(id)),
  ];
  return [
    ...ordered
      .filter((id) => id !== 'palette')
      .map((id) => {
        const { label, keys, menu } = commandText(id);
        return {
          id,
          label: `${menu}: ${label}`,
          keys: keys ? keyText(keys) : null,
          blocked: commands.blocked(id),
          run: () => commands.choose(id),
        };
      }),
    ...catalogue.series.map(({ name, timeframe }) => ({
      id: `series ${name}`,
      label: `Open ${name}, ${timeframe}`,
      keys: null,
      blocked: null,
      run: () => void app.openOnDesk(name, null),
    })),
    ...models.list.map(({ name, kind, inUse }) => ({
      id: `model ${name}`,
      label: `Use the model ${name}`,
      keys: null,
      blocked: inUse
        ? 'It is in use.'
        : kind === 'v1'
          ? 'V1 states no P(liquidation); it is for comparison.'
          : null,
      run: () => void models.use(name),
    })),
  ];
}

/** Items whose label holds every word that was typed, in any order. */
export function matching(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
}
