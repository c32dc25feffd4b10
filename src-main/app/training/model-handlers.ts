import { exportFile, writeWhole } from '../folder/files.ts';
import { importModel, useModel } from './model-registry.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { Rooms } from '../rooms.ts';

export function modelHandlers({ store, uploads, models, publish }: Rooms): HandlersOf<'models'> {
  return {
    'models.list': () => store.models.list(),
    'models.use': ({ name }) => {
      useModel(store, name);
      publish('models.changed', {});
      return models.inUse()!.info;
    },
    'models.export': ({ name }) => {
      const file = exportFile(store.folder, name, 'json');
      writeWhole(file, new TextDecoder().decode(store.models.read(name)));
      return { file };
    },
    'models.import': ({ upload }) => {
      const { fileName, bytes } = uploads.read(upload);
      const info = importModel(store, fileName, bytes);
      uploads.discard(upload);
      publish('models.changed', {});
      return info;
    },
  };
}
