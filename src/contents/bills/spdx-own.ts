import { type AnnotatedImage, billAnnotation } from '../../model/bill-property.ts';
import type { Distribution } from '../../model/image-contents.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { Package } from '../../model/package.ts';
import { parsePurl } from '../purl.ts';
import { textsIn } from './json-texts.ts';

/** The object that Plimsoll wrote into an annotation of this kind; undefined where there is none. */
export function annotationIn(
  each: JsonObject,
  begin: (typeof billAnnotation)[keyof typeof billAnnotation],
): JsonObject | undefined {
  for (const annotation of listIn(each, 'annotations')) {
    const comment = textIn(annotation, 'comment');
    if (comment === undefined || !comment.startsWith(begin)) continue;
    try {
      const value = JSON.parse(comment.slice(begin.length)) as JsonValue;
      if (isObject(value)) return value;
    } catch {
      // Somebody has shortened it: what the format itself says is read instead.
    }
  }
  return undefined;
}

/** A package that Plimsoll wrote, as it was; undefined where somebody made another purl of it that is none. */
export function annotatedPackage(
  each: JsonObject,
  said: JsonValue,
  written: string,
  layerCount: number,
): Package | undefined {
  const purl = parsePurl(written);
  if (!purl) return undefined;
  const [namespace, architecture] = [textIn(said, 'namespace'), textIn(said, 'architecture')];
  const [modularity, vendor, ownedBy] = [textIn(said, 'modularity'), textIn(said, 'vendor'), textIn(said, 'ownedBy')];
  const source = objectIn(said, 'source');
  const sourceName = textIn(source, 'name');
  const layer = isObject(said) && typeof said['layer'] === 'number' ? said['layer'] : 0;
  return {
    purl: written,
    type: textIn(said, 'type') ?? purl.type,
    ...(namespace === undefined ? {} : { namespace }),
    name: textIn(each, 'name') ?? purl.name,
    version: textIn(each, 'versionInfo') ?? '',
    ...(architecture === undefined ? {} : { architecture }),
    ...(sourceName === undefined ? {} : { source: { name: sourceName, version: textIn(source, 'version') ?? '' } }),
    ...(modularity === undefined ? {} : { modularity }),
    ...(vendor === undefined ? {} : { vendor }),
    licenses: textsIn(said, 'licenses'),
    state: textIn(said, 'state') === 'declared' ? 'declared' : 'installed',
    ...(isObject(said) && said['development'] === true ? { development: true as const } : {}),
    path: textIn(said, 'path') ?? '',
    layer: Number.isInteger(layer) && layer >= 0 && layer < layerCount ? layer : 0,
    cataloger: textIn(said, 'cataloger') ?? '',
    ...(ownedBy === undefined ? {} : { ownedBy }),
  };
}

export function annotatedImage(each: JsonObject): AnnotatedImage | undefined {
  const said = annotationIn(each, billAnnotation.image);
  if (!said) return undefined;
  const [id, platform] = [textIn(said, 'id'), textIn(said, 'platform')];
  return {
    ...(id === undefined ? {} : { id }),
    ...(platform === undefined ? {} : { platform }),
    tags: textsIn(said, 'tags'),
    repoDigests: textsIn(said, 'repoDigests'),
    layers: textsIn(said, 'layers'),
  };
}

export function annotatedDistribution(said: JsonObject): Distribution {
  const codename = textIn(said, 'codename');
  return {
    id: textIn(said, 'id') ?? '',
    version: textIn(said, 'version') ?? '',
    name: textIn(said, 'name') ?? '',
    ...(codename === undefined ? {} : { codename }),
    idLike: textsIn(said, 'idLike'),
  };
}
