import type { Distribution } from '../../model/image-contents.ts';
import { type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { type BillBuilder, billBuilder } from './bill-builder.ts';
import type { BillReading, BillTarget } from './bill-reading.ts';
import { rooted } from './cyclonedx.ts';
import { filledText, textsIn } from './json-texts.ts';

/** Reads Syft's own JSON, all versions of its schema that have `artifacts`. */
export function readSyft(document: JsonObject, bill: string): BillReading {
  const builder = billBuilder(bill, 'syft', textIn(objectIn(document, 'schema'), 'version') ?? '');
  const image = imageIn(document);
  builder.setLayers(listIn(image, 'layers').flatMap((layer) => filledText(layer, 'digest') ?? []));
  for (const artifact of builder.entriesOf(document, 'artifacts')) addArtifact(artifact, bill, builder);
  const distribution = distributionIn(document);
  const target = targetIn(document, image);
  return builder.finish({ ...(distribution ? { distribution } : {}), ...(target ? { target } : {}) });
}

/** Older versions call it `target`. */
function imageIn(document: JsonObject): JsonObject {
  const source = objectIn(document, 'source');
  const metadata = objectIn(source, 'metadata');
  return Object.keys(metadata).length > 0 ? metadata : objectIn(source, 'target');
}

function addArtifact(artifact: JsonObject, bill: string, builder: BillBuilder): void {
  const name = filledText(artifact, 'name');
  const purl = filledText(artifact, 'purl');
  if (purl === undefined) return builder.gap('without-purl', name ?? '?');
  const metadata = objectIn(artifact, 'metadata');
  const [location] = listIn(artifact, 'locations');
  const path = filledText(location, 'path');
  const isDeb = textIn(artifact, 'type') === 'deb';
  // Without one a deb is built from the source of its own name.
  const source = filledText(metadata, 'source') ?? filledText(metadata, 'originPackage') ?? (isDeb ? name : undefined);
  builder.addPurl(purl, {
    name,
    version: filledText(artifact, 'version'),
    epoch: epochIn(metadata),
    vendor: filledText(metadata, 'maintainer') ?? filledText(metadata, 'vendor'),
    licenses: licencesIn(artifact),
    path: path === undefined ? bill : rooted(path),
    layer: builder.layerOf(filledText(location, 'layerID')),
    source: source === undefined ? undefined : { name: source, version: filledText(metadata, 'sourceVersion') },
    sourceRpm: filledText(metadata, 'sourceRpm'),
    modularity: filledText(metadata, 'modularityLabel'),
  });
}

function epochIn(metadata: JsonObject): string | undefined {
  const epoch = metadata['epoch'];
  return typeof epoch === 'number' ? String(epoch) : undefined;
}

/** Texts in older versions, objects since. */
function licencesIn(artifact: JsonValue): readonly string[] {
  return listIn(artifact, 'licenses').flatMap((each) => {
    if (typeof each === 'string') return each === '' ? [] : [each];
    const said = filledText(each, 'spdxExpression') ?? filledText(each, 'value');
    return said === undefined ? [] : [said];
  });
}

function distributionIn(document: JsonObject): Distribution | undefined {
  const distro = objectIn(document, 'distro');
  const id = filledText(distro, 'id') ?? filledText(distro, 'name');
  if (id === undefined) return undefined;
  const version = textIn(distro, 'versionID') ?? textIn(distro, 'version') ?? '';
  const codename = filledText(distro, 'versionCodename');
  const like = textIn(distro, 'idLike');
  return {
    id,
    version,
    name: filledText(distro, 'prettyName') ?? `${id} ${version}`.trim(),
    ...(codename === undefined ? {} : { codename }),
    idLike: like === undefined ? textsIn(distro, 'idLike') : like.split(' ').filter((each) => each !== ''),
  };
}

function targetIn(document: JsonObject, image: JsonObject): BillTarget | undefined {
  const source = objectIn(document, 'source');
  const name = filledText(image, 'userInput') ?? filledText(source, 'name') ?? filledText(image, 'path');
  if (name === undefined) return undefined;
  const digest = filledText(image, 'imageID');
  const [os, architecture] = [filledText(image, 'os'), filledText(image, 'architecture')];
  return {
    name,
    ...(digest === undefined ? {} : { digest }),
    ...(os === undefined || architecture === undefined ? {} : { platform: `${os}/${architecture}` }),
    tags: textsIn(image, 'tags'),
    repoDigests: textsIn(image, 'repoDigests'),
  };
}
