import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cataloger, CatalogerReading } from '../src/contents/cataloger.ts';
import { indexPaths } from '../src/contents/path-index.ts';
import { catalogedFile } from './cataloged.ts';

/** What a cataloger says of a real folder, by path, as far as it is not deeper than that; links are not followed. */
export function readingsIn(cataloger: Cataloger, root: string, deepest = 100): ReadonlyMap<string, CatalogerReading> {
  const index = indexPaths(cataloger.globs.map((glob) => [glob, true] as const));
  const readings = new Map<string, CatalogerReading>();
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of readdirSync(join('/', root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && path.split('/').length < deepest) waiting.push(path);
      else if (entry.isFile() && index.of(path).length > 0) {
        readings.set(path, cataloger.read(catalogedFile(path, readFileSync(join('/', root, path)))));
      }
    }
  }
  return readings;
}
