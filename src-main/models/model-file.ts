import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CodedError } from '../contract/errors.ts';
import { storedModel, type StoredModel } from './kinds.ts';

const FORMAT = 'size-picker-model';
const VERSION = 1;

const modelFile = z.object({
  /** Of `model` as JSON: a changed file is not loaded. */
  sha256: z.string(),
  model: z.custom<object>(
    (value) => typeof value === 'object' && value !== null,
    'it holds no model',
  ),
});

/** Over the JSON as it stands in the file, so that fields which later versions add change nothing. */
const seal = (model: object) => createHash('sha256').update(JSON.stringify(model)).digest('hex');

/** Text of the file of a model. */
export function writeModelFile(stored: StoredModel): string {
  const model = storedModel.parse(stored);
  const file = { format: FORMAT, version: VERSION, sha256: seal(model), model };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * The model of a file's text; `file` is what the text is called when it is refused. Throws
 * `bad-model-file` on a foreign, newer or changed file and on a net that this version cannot read.
 */
export function readModelFile(text: string, file = 'The model file'): StoredModel {
  const refuse = (problem: string) => new CodedError('bad-model-file', { file, problem });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw refuse('Size Picker did not write it');
  if (version !== VERSION) throw refuse(`it has version ${String(version)}, known is ${VERSION}`);
  const sealed = parsed(modelFile, json);
  if (seal(sealed.model) !== sealed.sha256) throw refuse('it was changed after it was written');
  return parsed(z.object({ model: storedModel }), json).model;

  function parsed<Out>(schema: z.ZodType<Out>, value: unknown): Out {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const { code, path, message } = result.error.issues[0]!;
    const ofTheWhole = code === 'custom' && path.length === 1;
    throw refuse(ofTheWhole ? message : `${path.join('.')}: ${message}`);
  }
}
