import type { Connection } from './connection.ts';

/** Parameters of synthetic markets, as fitted to a real series. */
export interface Markets {
  /** `json` is plain data; a market of the same name is replaced. */
  save(market: { readonly name: string; readonly json: unknown }): void;
  /** Names, in alphabetical order. */
  list(): string[];
  /** What was saved, or null. */
  read(name: string): unknown;
}

export function markets({ db, write }: Connection): Markets {
  const upsert = db.prepare(
    `INSERT INTO market (name, parameters) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET parameters = excluded.parameters`,
  );
  const names = db.prepare<[], string>('SELECT name FROM market ORDER BY name').pluck();
  const select = db
    .prepare<[string], string>('SELECT parameters FROM market WHERE name = ?')
    .pluck();
  return {
    save: write(({ name, json }) => {
      upsert.run(name, JSON.stringify(json));
    }),
    list: () => names.all(),
    read: (name) => JSON.parse(select.get(name) ?? 'null') as unknown,
  };
}
