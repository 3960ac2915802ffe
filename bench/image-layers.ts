import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How the files of a layer come to be. */
export type LayerRecipe = {
  /** Its folder's name; two images may share one that does not look at what is below it. */
  readonly name: string;
} & (
  | { readonly kind: 'debian'; readonly suite: string }
  /** Programs that run in the layers below, as root. */
  | { readonly kind: 'run'; readonly commands: readonly (readonly string[])[] }
  /** Packages of the npm registry with their exact versions, below this path. */
  | { readonly kind: 'npm'; readonly packages: readonly string[]; readonly into: string }
  /** Files of this machine, by where they go to. */
  | { readonly kind: 'copy'; readonly files: Readonly<Record<string, string>> }
);

/** Why no layer can be made here; `undefined` when they can. */
export function whyNoLayers(): string | undefined {
  if (process.geteuid?.() !== 0) return 'images can only be made as root';
  const missing = ['debootstrap', 'unshare', 'chroot', 'tar', 'gzip', 'npm'].filter(
    (program) => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' }).status !== 0,
  );
  return missing.length > 0 ? `to make images, install ${missing.join(', ')}` : undefined;
}

/**
 * Makes one layer on top of others, lowest first, and returns its folder. What is there already is taken as it is; what was
 * interrupted is made again.
 */
export function makeLayer(folder: string, recipe: LayerRecipe, below: readonly string[]): string {
  const done = join(folder, recipe.name);
  if (existsSync(done)) return done;
  const tree = `${done}.part`;
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  switch (recipe.kind) {
    case 'debian': {
      run('debootstrap', ['--variant=minbase', recipe.suite, tree]);
      run('chroot', [tree, 'apt-get', 'clean']);
      // Nothing that is installed later may start a service.
      const policy = join(tree, 'usr/sbin/policy-rc.d');
      writeFileSync(policy, '#!/bin/sh\nexit 101\n');
      chmodSync(policy, 0o755);
      break;
    }
    case 'run':
      runOnTop(folder, tree, below, recipe.commands);
      break;
    case 'npm': {
      const into = join(tree, recipe.into);
      mkdirSync(into, { recursive: true });
      writeFileSync(join(into, 'package.json'), '{ "private": true }\n');
      run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', ...recipe.packages], into);
      break;
    }
    case 'copy':
      for (const [to, from] of Object.entries(recipe.files)) {
        const target = join(tree, to);
        mkdirSync(dirname(target), { recursive: true });
        cpSync(from, target, { recursive: true, verbatimSymlinks: true });
      }
      break;
  }
  renameSync(tree, done);
  return done;
}

/** Mounts and processes end with the program, however it ends. */
const ownNamespaces = ['--mount', '--pid', '--fork', '--kill-child'];
const inNamespace = `set -e
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3" "$4"
mount -t proc proc "$4/proc"
mount --bind /dev "$4/dev"
mount --bind /etc/resolv.conf "$4/etc/resolv.conf"
cd "$4"
shift 4
exec chroot . "$@"`;

function runOnTop(
  folder: string,
  upper: string,
  below: readonly string[],
  commands: readonly (readonly string[])[],
): void {
  if (/[:,\\"]/.test(folder)) throw new Error(`${folder}: overlayfs cannot be told of such a name`);
  const [work, root] = [join(folder, 'overlay.work'), join(folder, 'overlay.root')];
  try {
    for (const command of commands) {
      for (const each of [work, root]) mkdirSync(each, { recursive: true });
      const places = [below.toReversed().join(':'), upper, work, root];
      run('unshare', [...ownNamespaces, 'sh', '-c', inNamespace, 'sh', ...places, ...command]);
    }
  } finally {
    for (const each of [work, root]) rmSync(each, { recursive: true, force: true });
  }
}

/** Throws with the end of what the program said. */
function run(program: string, options: readonly string[], folder?: string): void {
  try {
    execFileSync(program, options, {
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      ...(folder === undefined ? {} : { cwd: folder }),
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    const said = `${stdout?.toString('utf8')}${stderr?.toString('utf8')}`.slice(-2000);
    throw new Error(`${program} ${options.slice(-8).join(' ')} failed:\n${said}`, { cause: error });
  }
}
