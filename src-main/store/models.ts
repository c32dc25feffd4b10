import { CodedError } from '../contract/errors.ts';
import type { ModelInfo, ModelScope } from '../contract/models.ts';
import { statesRisk } from '../domain/models/kinds.ts';
import type { Connection } from './connection.ts';

export interface SavedModel extends Omit<ModelInfo, 'inUse'> {
  /** The trained model as its trainer wrote it. */
  readonly file: Uint8Array | string;
}

/** Trained models. As soon as one states P(liquidation), exactly one that does is in use. */
export interface Models {
  /**
   * A bundled model replaces a bundled one of its name; otherwise throws `name-taken` where a model
   * has it. The first one that states P comes into use.
   */
  save(model: SavedModel): void;
  /** Oldest first. */
  list(): ModelInfo[];
  /** The file as it was saved, text as UTF-8. Throws `no-such-model`. */
  read(name: string): Uint8Array;
  /** What a model answers for, where its row did not say. Throws `no-such-model`. */
  keepScope(name: string, scope: ModelScope): void;
  /** Throws `no-such-model`. */
  use(name: string): void;
}

interface ModelRow {
  readonly name: string;
  readonly kind: ModelInfo['kind'];
  readonly exit: string;
  readonly trained_at: ModelInfo['trainedAt'];
  readonly trades: number;
  readonly scope: string | null;
  readonly bundled: number;
  readonly in_use: number;
}

export function models({ db, write }: Connection): Models {
  const upsert = db.prepare(
    `INSERT INTO model (name, kind, exit, trained_at, trades, scope, bundled, in_use, file)
     VALUES (@name, @kind, @exit, @trainedAt, @trades, @scope, @bundled,
             @statesRisk AND NOT EXISTS (SELECT 1 FROM model WHERE in_use = 1), @file)
     ON CONFLICT (name) DO UPDATE SET
       kind = excluded.kind, exit = excluded.exit, trained_at = excluded.trained_at,
       trades = excluded.trades, scope = excluded.scope, file = excluded.file
     WHERE model.bundled = 1 AND excluded.bundled = 1`,
  );
  const select = db.prepare<[], ModelRow>(
    'SELECT name, kind, exit, trained_at, trades, scope, bundled, in_use FROM model ORDER BY id',
  );
  const selectFile = db
    .prepare<[string], Uint8Array>('SELECT file FROM model WHERE name = ?')
    .pluck();
  const setScope = db.prepare('UPDATE model SET scope = ? WHERE name = ?');
  const unuse = db.prepare('UPDATE model SET in_use = 0 WHERE in_use = 1');
  const use = db.prepare('UPDATE model SET in_use = 1 WHERE name = ?');
  const unknown = (name: string) => new CodedError('no-such-model', { name });

  return {
    save: write((model) => {
      const file =
        typeof model.file === 'string' ? new TextEncoder().encode(model.file) : model.file;
      const { changes } = upsert.run({
        ...model,
        scope: model.scope && JSON.stringify(model.scope),
        bundled: Number(model.bundled),
        statesRisk: Number(statesRisk(model.kind)),
        file,
      });
      if (changes > 0) return;
      throw new CodedError('name-taken', { name: model.name, taken: 'another model has it' });
    }),
    list: () =>
      select.all().map(({ trained_at, scope, bundled, in_use, ...row }) => ({
        ...row,
        trainedAt: trained_at,
        scope: scope === null ? null : (JSON.parse(scope) as ModelScope),
        bundled: bundled === 1,
        inUse: in_use === 1,
      })),
    read: (name) => {
      const file = selectFile.get(name);
      if (!file) throw unknown(name);
      return file;
    },
    keepScope: write((name, scope) => {
      if (setScope.run(JSON.stringify(scope), name).changes === 0) throw unknown(name);
    }),
    use: write((name) => {
      unuse.run();
      if (use.run(name).changes === 0) throw unknown(name);
    }),
  };
}
