import type { App } from '../../../src-main/app/open-app.ts';
import type { CallName, Handlers } from '../../../src-main/contract/calls.ts';
import type { Publish } from '../../../src-main/contract/events.ts';

/** An app without a store: answers `app.about`, counts its calls, and says what it is told to. */
export function standInApp() {
  const listeners = new Set<Publish>();
  const calls: CallName[] = [];
  const handlers: Partial<Handlers> = {
    'app.about': () => {
      calls.push('app.about');
      return { version: '1.2.3', shell: 'browser', dataFolder: '/data' };
    },
    'models.exportTo': () => {
      calls.push('models.exportTo');
      return {};
    },
    'import.stage': ({ piece }) => {
      calls.push('import.stage');
      return { upload: String(piece.length) };
    },
  };
  const app: App = {
    handlers: handlers as Handlers,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {},
  };
  const publish: Publish = (name, payload) => listeners.forEach((tell) => tell(name, payload));
  return { app, calls, listeners, publish };
}

export type StandInApp = ReturnType<typeof standInApp>;
