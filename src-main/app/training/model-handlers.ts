import { basename } from 'node:path';
import { exportFile, readWhole, writeWhole } from '../folder/files.ts';
import { importModel, useModel } from './model-registry.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { Rooms } from '../rooms.ts';

export function modelHandlers({ store, uploads, models, publish }: Rooms): HandlersOf<'models'> {
  const writeModel = (name: string, file: string) =>
    writeWhole(file, new TextDecoder().decode(store.models.read(name)));
  const keep = (fileName: string, bytes: Uint8Array) => {
    const info = importModel(store, fileName, bytes);
    publish('models.changed', {});
    return info;
  };
  return {
    'models.list': () => store.models.list(),
    'models.use': ({ name }) => {
      useModel(store, name);
      publish('models.changed', {});
      return models.inUse()!.info;
    },
    'models.export': ({ name }) => {
      const file = exportFile(store.folder, name, 'json');
      writeModel(name, file);
      return { file };
    },
    'models.exportTo': ({ name, file }) => {
      writeModel(name, file);
      return {};
    },
    'models.import': ({ upload }) => {
      const { fileName, bytes } = uploads.read(upload);
      const info = keep(fileName, bytes);
      uploads.discard(upload);
      return info;
    },
    'models.importFile': ({ file }) => keep(basename(file), readWhole(file)),
  };
}
