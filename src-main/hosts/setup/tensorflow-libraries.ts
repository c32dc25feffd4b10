import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';

/** A Python package as PyPI holds it. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** For the person who waits. */
  readonly size: string;
}

/**
 * TensorFlow's own build of its C++ libraries; the package's installer would fetch others from a
 * host that many networks do not reach. It is the last one that tfjs-node 4.22 was seen to run on.
 */
export const TENSORFLOW: Wheel = {
  name: 'tensorflow-cpu',
  version: '2.15.1',
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  size: '207 MB to fetch, 590 MB on disk',
};

const FOR_LINUX = [
  ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
  ...['--platform', 'manylinux_2_17_x86_64', '--platform', 'manylinux2014_x86_64'],
];

/** What the names of the wanted files start with: the libraries, the C headers, the licences. */
const wantedOf = ({ name, version }: Wheel) => [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_framework.so.2',
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/c/',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/THIRD_PARTY_NOTICES.txt',
  `${name.replaceAll('-', '_')}-${version}.dist-info/LICENSE`,
];

/** Node reads no zip files; Python, which pip needs anyway, does. */
const UNZIP = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wanted = tuple(sys.argv[3:])
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(wanted)])
`;

/**
 * Folder of the cache with TensorFlow's libraries, its C headers under include/; fetched by pip where
 * it is not there yet. Throws an Error that says why it cannot be had.
 */
export function tensorflowLibraries({
  cacheFolder,
  wheel,
  tell,
}: {
  readonly cacheFolder: string;
  readonly wheel: Wheel;
  readonly tell: (line: string) => void;
}): string {
  const place = join(cacheFolder, `${wheel.name}-${wheel.version}`);
  if (!existsSync(place)) {
    const aside = `${place}.part`;
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside, { recursive: true });
    try {
      tell(`Fetching TensorFlow ${wheel.version} from PyPI (${wheel.size})...`);
      const file = fetched(wheel, aside);
      runTool('python3', ['-c', UNZIP, file, aside, ...wantedOf(wheel)]);
      rmSync(file);
      renameSync(aside, place);
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  }
  return join(place, 'tensorflow');
}

/** The wheel in `folder`; another file than the one that is meant is refused. */
function fetched({ name, version, sha256 }: Wheel, folder: string): string {
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `${name}==${version} --hash=sha256:${sha256}\n`);
  const what = ['--no-deps', '--require-hashes', '--only-binary=:all:', '-r', requirements];
  runTool('python3', ['-m', 'pip', 'download', ...what, ...FOR_LINUX, '--dest', folder]);
  rmSync(requirements);
  const file = join(folder, readdirSync(folder)[0]!);
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found !== sha256) throw new Error(`the fetched file has the sha256 ${found}, not ${sha256}.`);
  return file;
}
