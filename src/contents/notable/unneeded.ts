import type { FileEntry } from '../../model/file-tree.ts';
import { defineNotable } from '../notable-reader.ts';
import { isOfOthers } from './published-place.ts';

/** Folders that belong to a workplace: told once each, with all that is in them. */
const folders: ReadonlyMap<string, string> = new Map([
  ['.git', 'repository'],
  ['.hg', 'repository'],
  ['.svn', 'repository'],
  ['.bzr', 'repository'],
  ['.github', 'pipeline'],
  ['.circleci', 'pipeline'],
  ['.idea', 'editor'],
  ['.vscode', 'editor'],
  ['.vs', 'editor'],
  ['.terraform', 'build'],
  ['.vagrant', 'build'],
  ['.pytest_cache', 'build'],
  ['.mypy_cache', 'build'],
  ['.ruff_cache', 'build'],
  ['.tox', 'build'],
  ['.nyc_output', 'build'],
]);
const folderPart = new RegExp(
  String.raw`(?:^|/)(${[...folders.keys()].map((name) => name.replace('.', String.raw`\.`)).join('|')})/`,
);
/** What bundlers keep between builds stands in the folder of others' packages. */
const nodeCache = /^(?:.{0,900}\/)?node_modules\/\.cache\//;

const files: readonly (readonly [what: string, name: RegExp])[] = [
  [
    'build',
    /^(?:(?:[\w-]{1,60}\.)?(?:Dockerfile|Containerfile)|(?:Dockerfile|Containerfile)\.[\w.-]{1,60}|[\w-]{1,60}\.dockerfile)$/,
  ],
  ['build', /^\.(?:dockerignore|containerignore)$/],
  ['build', /^(?:docker-)?compose(?:[.-][\w.-]{1,40})?\.ya?ml$/],
  [
    'build',
    /^(?:Vagrantfile|Jenkinsfile|skaffold\.yaml|Tiltfile|cloudbuild\.yaml|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml)$/,
  ],
  ['build', /^\.(?:gitlab-ci|travis|drone|appveyor|woodpecker)\.ya?ml$/],
  ['build', /^(?:terraform\.tfstate(?:\.backup)?|docker-bake\.(?:hcl|json))$/],
  [
    'history',
    /^\.(?:bash|zsh|ash|sh|psql|mysql|sqlite|rediscli|node_repl|python|dbshell|irb|php|mongo)_history$|^\.(?:histfile|lesshst|viminfo|wget-hsts|python_history)$/,
  ],
  ['editor', /^\..{1,200}\.sw[a-p]$|^#.{1,200}#$|^[^~].{0,200}~$/],
  ['desktop', /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]{1,200})$/],
];
/** What all of these names have, so that most files need one look. */
const worthALook =
  /^[.#]|~$|ile(?:\.|$)|\.dockerfile$|compose|\.ya?ml$|^(?:Thumbs\.db|desktop\.ini|terraform|docker-bake)/;

const longestPath = 1024;

/** What belongs to the making of an image and not into it. */
export const unneeded = defineNotable({
  id: 'unneeded',
  entry(entry) {
    if ((entry.kind !== 'file' && entry.kind !== 'folder') || entry.path.length > longestPath) return undefined;
    return inFolder(entry) ?? (entry.kind === 'file' ? byName(entry) : undefined);
  },
});

function inFolder({ path, kind }: FileEntry) {
  if (kind !== 'file' || (!path.includes('/.') && !path.startsWith('.'))) return undefined;
  const cache = nodeCache.exec(path)?.[0];
  if (cache !== undefined) return { kind: 'unneeded', detail: 'build', folder: cache.slice(0, -1) } as const;
  const match = folderPart.exec(path);
  if (!match || isOfOthers(path.slice(0, match.index + 1))) return undefined;
  const folder = path.slice(0, match.index + match[0].length - 1);
  return { kind: 'unneeded', detail: folders.get(match[1] ?? '') ?? '', folder } as const;
}

function byName({ path, size }: FileEntry) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (size === 0 || !worthALook.test(name)) return undefined;
  const found = files.find(([, pattern]) => pattern.test(name));
  // Packages of others have such files in them by the thousand, and the system's own have their examples.
  if (!found || isOfOthers(path) || /^(?:etc\/skel|usr|var\/lib\/docker)\//.test(path)) return undefined;
  return { kind: 'unneeded', detail: found[0] } as const;
}
