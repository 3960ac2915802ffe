import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/** The bundle holds other people's work: their licences go with it, in one file. */
function thirdPartyLicences(): Plugin {
  return {
    name: 'third-party-licences',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
      const licences = [...new Set(folders)].toSorted().map(licenceOf);
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-LICENCES.txt',
        source: licences.join(`\n${'-'.repeat(80)}\n\n`),
      });
    },
  };
}

function licenceOf(folder: string): string {
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENSE-MIT', 'license']
    .map((each) => join(folder, each))
    .find(existsSync);
  const { name, version, author, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<
    Record<string, string>
  >;
  if (file) return `${name} ${version}\n\n${readFileSync(file, 'utf8').trim()}\n`;
  const address = named.get(license ?? '');
  if (address === undefined) throw new Error(`${folder} is bundled but has no licence file`);
  return `${name} ${version}\n\nBy ${author}. Licensed under ${license}: ${address}\n`;
}

/** Lists of data enclose no text of these licences, which ask for a name and an address. */
const named: ReadonlyMap<string, string> = new Map([
  ['CC-BY-3.0', 'https://creativecommons.org/licenses/by/3.0/'],
  ['CC0-1.0', 'https://creativecommons.org/publicdomain/zero/1.0/'],
]);

/**
 * An import of a built-in module evaluates every one of its exports, and some of them load large parts of Node that
 * nobody here asks for: streams for `node:fs`, fetch for `node:http`. Fetching the module as an object does not,
 * which makes a start twice as quick.
 */
function builtinsAsObjects(): Plugin {
  const statement = /^import (?:([\w$]+)(?:, )?)?(?:\* as ([\w$]+)|\{([^}]*)\})? ?from "(node:[\w/]+)";$/gm;
  return {
    name: 'builtins-as-objects',
    renderChunk(code) {
      return code.replaceAll(statement, (_, whole?: string, all?: string, names?: string, module?: string) => {
        const object = `globalThis.process.getBuiltinModule("${module}")`;
        // commander asks for it and never uses it here; it loads all of Node's networking.
        if (module === 'node:child_process' && whole !== undefined && !names) {
          return `const ${whole} = new Proxy({}, { get: (_, name) => ${object}[name] });`;
        }
        const parts = [whole, all].filter((name) => name !== undefined).map((name) => `const ${name} = ${object};`);
        if (names) parts.push(`const {${names.replaceAll(' as ', ': ')}} = ${object};`);
        return parts.join(' ');
      });
    },
  };
}

export default defineConfig({
  input: { main: 'src/cli/main.ts', 'range-hash-worker': 'src/sources/image/range-hash-worker.ts' },
  preserveEntrySignatures: 'allow-extension',
  platform: 'node',
  logLevel: 'warn',
  // jsonc-parser's UMD build hides its own imports from bundlers.
  resolve: { mainFields: ['module', 'main'] },
  output: {
    dir: 'dist',
    format: 'esm',
    minify: true,
    cleanDir: true,
    chunkFileNames: '[name]-[hash].js',
    // Every file that is loaded costs half a millisecond, however small it is: what most commands need is one.
    codeSplitting: { groups: [{ name: 'common', minShareCount: 8, includeDependenciesRecursively: false }] },
  },
  plugins: [builtinsAsObjects(), thirdPartyLicences()],
});
