import type { Component } from 'svelte';
import Data from './data/Data.svelte';
import Desk from './desk/Desk.svelte';
import Evaluate from './evaluate/Evaluate.svelte';
import History from './history/History.svelte';
import Settings from './settings/Settings.svelte';
import Training from './training/Training.svelte';
import type { AppState } from './app.svelte.ts';
import type { IconName } from './shared/Icon.svelte';
import type { Screen } from '#contract/screens.ts';

/** What the window shows for a screen of the contract, whose name, label and key stand there. */
export interface View {
  readonly component: Component;
  readonly icon: IconName;
  /** Whether a run is under way in it. */
  readonly isBusy?: (app: AppState) => boolean;
}

export const VIEWS: Readonly<Record<Screen, View>> = {
  desk: { component: Desk, icon: 'desk' },
  history: { component: History, icon: 'history' },
  training: {
    component: Training,
    icon: 'training',
    isBusy: ({ training }) => training.running !== null,
  },
  evaluate: {
    component: Evaluate,
    icon: 'evaluate',
    isBusy: ({ court }) => court.running !== null,
  },
  data: {
    component: Data,
    icon: 'data',
    isBusy: ({ jobs, court }) => jobs.running.some(({ id }) => id !== court.running?.id),
  },
  settings: { component: Settings, icon: 'settings' },
};
