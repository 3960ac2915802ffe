import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { buildImageTree } from '../test/engine/image-tree.ts';
import { writeImageArchive } from './image-archive.ts';
import { type LayerRecipe, makeLayer, whyNoLayers } from './image-layers.ts';

/** An image to measure with. */
export interface BenchImage {
  readonly name: string;
  /** What it is called in an engine. */
  readonly reference: string;
  /** As `docker save` writes it. */
  readonly archive: string;
  /** The same, through gzip. */
  readonly compressed: string;
}

const repository = join(import.meta.dirname, '..');

function install(name: string, packages: readonly string[]): LayerRecipe {
  const get = ['apt-get', '-qq', '-y', '--no-install-recommends'];
  const forget = ['find', '/var/lib/apt/lists', '-type', 'f', '-delete'];
  return {
    name,
    kind: 'run',
    commands: [[...get, 'update'], [...get, 'install', ...packages], [...get, 'clean'], forget],
  };
}

const debian: LayerRecipe = { name: 'debian', kind: 'debian', suite: 'bookworm' };
const node: LayerRecipe = { name: 'node', kind: 'copy', files: { 'usr/local/bin/node': process.execPath } };
const site: LayerRecipe = {
  name: 'site',
  kind: 'npm',
  into: 'srv/site',
  packages: ['express@4.21.2', 'lodash@4.17.21', 'react@19.1.1', 'react-dom@19.1.1', 'date-fns@4.1.0', 'rxjs@7.8.2'],
};
const tools: LayerRecipe = {
  name: 'tools',
  kind: 'npm',
  into: 'opt/tools',
  packages: ['webpack@5.101.3', 'eslint@9.35.0', 'typescript@5.9.2', '@babel/core@7.28.4'],
};
const sources: LayerRecipe = {
  name: 'sources',
  kind: 'copy',
  files: Object.fromEntries(['src', 'docs', 'examples'].map((each) => [`srv/app/${each}`, join(repository, each)])),
};

/** Deletes what another layer brought, as builds do to be small. */
function tidy(name: string): LayerRecipe {
  return { name, kind: 'run', commands: [['rm', '-rf', '/usr/share/doc', '/usr/share/man', '/usr/share/info']] };
}

/** Layers of the images, lowest first; sizes are of what the archive has. */
const recipes: Readonly<Record<string, readonly LayerRecipe[]>> = {
  // 170 MB
  debian: [debian],
  // 400 MB
  node: [debian, node, site, tools],
  // 650 MB
  python: [
    debian,
    install('python', [
      'python3',
      'python3-numpy',
      'python3-pandas',
      'python3-sympy',
      'python3-django',
      'python3-requests',
      'python3-cryptography',
      'python3-boto3',
      'python3-pip',
    ]),
    sources,
    tidy('python-tidy'),
  ],
  // 1.8 GB
  large: [
    debian,
    install('gcc', ['gcc', 'g++', 'make', 'perl']),
    install('git', ['cmake', 'git', 'clang']),
    install('java', ['default-jdk-headless', 'maven', 'ant']),
    install('ruby', ['ruby', 'rails', 'php-cli', 'composer']),
    install('docker', ['docker.io']),
    node,
    site,
    tools,
    sources,
    tidy('large-tidy'),
  ],
};

export const imageNames = Object.keys(recipes);

/**
 * The images of these names in a folder; those that are not there are made, which takes a network and, for all of them, half an
 * hour and 10 GB.
 */
export async function benchImages(folder: string, names: readonly string[]): Promise<BenchImage[]> {
  const images: BenchImage[] = [];
  for (const name of names) {
    const image = imageIn(folder, name);
    if (!existsSync(image.archive)) await makeImage(folder, image, recipes[name] ?? []);
    compress(image);
    images.push(image);
  }
  return images;
}

async function makeImage(folder: string, image: BenchImage, layers: readonly LayerRecipe[]): Promise<void> {
  const reason = whyNoLayers();
  if (reason !== undefined) throw new Error(reason);
  const below: string[] = [];
  for (const recipe of layers) {
    process.stderr.write(`${image.name}: ${recipe.name}\n`);
    below.push(makeLayer(join(folder, 'layers'), recipe, below));
  }
  const trees = layers.map((recipe, index) => ({ createdBy: historyOf(recipe), folder: below[index] ?? '' }));
  await writeImageArchive(image.archive, image.reference, trees);
}

/** A small one of what is on every machine that runs the tests: busybox, and packages of ours. */
export async function smallImage(folder: string): Promise<BenchImage> {
  const image = imageIn(folder, 'small');
  const modules = join(repository, 'node_modules');
  const names = readdirSync(modules).filter((each) => /^[a-f]/.test(each));
  const files = Object.fromEntries(names.map((each) => [`srv/app/node_modules/${each}`, join(modules, each)]));
  const base = buildImageTree(join(folder, 'base'));
  const app = makeLayer(folder, { name: 'app', kind: 'copy', files }, []);
  await writeImageArchive(image.archive, image.reference, [
    { createdBy: 'COPY busybox /bin', folder: base },
    { createdBy: 'COPY node_modules /srv/app', folder: app },
  ]);
  compress(image);
  return image;
}

function imageIn(folder: string, name: string): BenchImage {
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, `${name}.tar`);
  return { name, reference: `bench/${name}:1`, archive, compressed: `${archive}.gz` };
}

function compress({ archive, compressed }: BenchImage): void {
  if (existsSync(compressed)) return;
  const output = openSync(`${compressed}.part`, 'w');
  try {
    execFileSync('gzip', ['--stdout', archive], { stdio: ['ignore', output, 'inherit'] });
  } finally {
    closeSync(output);
  }
  renameSync(`${compressed}.part`, compressed);
}

function historyOf(recipe: LayerRecipe): string {
  switch (recipe.kind) {
    case 'debian':
      return `debootstrap --variant=minbase ${recipe.suite}`;
    case 'run':
      return `RUN ${recipe.commands.map((each) => each.join(' ')).join(' && ')}`;
    case 'npm':
      return `RUN npm install ${recipe.packages.join(' ')}`;
    default:
      return `COPY ${Object.keys(recipe.files).join(' ')} /`;
  }
}
