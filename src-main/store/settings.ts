import { settings, type Settings, type SettingsPatch } from '../contract/settings.ts';
import type { Connection } from './connection.ts';

export interface SettingsStore {
  /** What was written, over `defaults`; a stored value that is no longer valid gives way to them. */
  read(defaults: Settings): Settings;
  write(patch: SettingsPatch): void;
}

export function settingsStore({ db, write }: Connection): SettingsStore {
  const select = db.prepare<[], { key: string; value: string }>('SELECT key, value FROM setting');
  const upsert = db.prepare(
    `INSERT INTO setting (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  return {
    read: (defaults) => {
      const read: Record<string, unknown> = { ...defaults };
      for (const { key, value } of select.all()) {
        if (!Object.hasOwn(settings.shape, key)) continue;
        const parsed = settings.shape[key as keyof Settings].safeParse(JSON.parse(value));
        if (parsed.success) read[key] = parsed.data;
      }
      return read as Settings;
    },
    write: write((patch) => {
      for (const [key, value] of Object.entries(patch)) {
        if (value !== undefined) upsert.run(key, JSON.stringify(value));
      }
    }),
  };
}
