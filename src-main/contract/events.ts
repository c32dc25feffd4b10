import { z } from 'zod';
import { COMMAND_IDS } from './commands.ts';
import { feedState } from './feeds.ts';
import { jobInfo } from './jobs.ts';
import { settings } from './settings.ts';
import { trainingRun } from './training.ts';

/** Everything that the window may hear without asking. */
export const EVENTS = {
  /** A series was imported or grew. */
  'series.changed': z.object({ name: z.string() }),
  'decisions.changed': z.object({}),
  /** Trades were imported or taken out, or something was written beside one. */
  'journal.changed': z.object({}),
  /** Another window changed a setting. */
  'settings.changed': settings,
  /** Whole bars were added at the end of a series by a feed; none of the others changed. */
  'series.grew': z.object({ name: z.string() }),
  /** The feed moved: at most four times a second. */
  'feed.changed': feedState,
  /** A dataset came, went or came back. */
  'datasets.changed': z.object({}),
  /** A job began, moved on (at most four times a second) or ended. */
  'jobs.changed': jobInfo,
  /** A model came, or another one is in use. */
  'models.changed': z.object({}),
  /** A run of training moved on (at most twice a second) or ended. */
  'training.changed': trainingRun,
  /** The evaluation `id` was kept, made by the job. */
  'evaluations.changed': z.object({ id: z.number().int(), job: z.number().int() }),
  /** A command was chosen in the native menu. */
  'menu.chosen': z.object({ item: z.enum(COMMAND_IDS) }),
  /** An import is under way: bytes read of all. */
  'import.progress': z.object({
    upload: z.string(),
    done: z.number(),
    total: z.number(),
  }),
} as const;

export type EventName = keyof typeof EVENTS;
export type EventPayload<Name extends EventName> = z.output<(typeof EVENTS)[Name]>;

/** What the app calls to tell every window something. */
export type Publish = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
