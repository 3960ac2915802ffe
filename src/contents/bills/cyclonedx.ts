import { billProperty } from '../../model/bill-property.ts';
import type { Distribution } from '../../model/image-contents.ts';
import { type JsonObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import { type BillBuilder, billBuilder } from './bill-builder.ts';
import type { BillReading, BillTarget } from './bill-reading.ts';
import { addForeignComponent } from './cyclonedx-foreign.ts';
import { ownComponent } from './cyclonedx-own.ts';
import { distributionId } from './distribution-of.ts';
import { filledText, firstProperty, propertiesIn } from './json-texts.ts';

/** How far components may stand inside of components. */
const deepest = 50;

/** Reads a bill in CycloneDX' JSON, 1.2 to 1.7, whoever wrote it. */
export function readCycloneDx(document: JsonObject, bill: string): BillReading {
  const version = textIn(document, 'specVersion') ?? '';
  const builder = billBuilder(bill, 'cyclonedx', version);
  if (!/^1\.[0-7]$/.test(version)) builder.gap('newer-format', `CycloneDX ${version}`);
  const main = objectIn(objectIn(document, 'metadata'), 'component');
  const ofImage = propertiesIn(main);
  builder.setLayers(ofImage.get(billProperty.imageLayer) ?? ofImage.get('aquasecurity:trivy:DiffID') ?? []);
  const lockFiles = lockFilesIn(document);
  let distribution: Distribution | undefined;
  for (const component of allComponents(document, builder)) {
    const type = textIn(component, 'type');
    if (type === 'operating-system') distribution ??= distributionIn(component);
    const properties = propertiesIn(component);
    if (properties.has(billProperty.cataloger)) {
      const own = ownComponent(component, properties, builder.layerCount());
      if (own) builder.add(own);
      else builder.gap('broken-purl', textIn(component, 'purl') ?? textIn(component, 'name') ?? '?');
      continue;
    }
    const reference = textIn(component, 'bom-ref');
    const lockFile = reference === undefined ? undefined : lockFiles.get(reference);
    addForeignComponent(component, properties, builder, lockFile ?? bill);
  }
  const target = targetIn(main, ofImage);
  return builder.finish({ ...(distribution ? { distribution } : {}), ...(target ? { target } : {}) });
}

/** All components in their order, those inside of others too; the one that the bill is of only with what is inside of it. */
function* allComponents(document: JsonObject, builder: BillBuilder): Generator<JsonObject> {
  yield* componentsOf(objectIn(objectIn(document, 'metadata'), 'component'), 1, builder);
  yield* componentsOf(document, 0, builder);
}

function* componentsOf(holder: JsonObject, depth: number, builder: BillBuilder): Generator<JsonObject> {
  const components = builder.entriesOf(holder, 'components');
  if (components.length === 0) return;
  if (depth > deepest) {
    builder.gap('too-deep', textIn(holder, 'name') ?? '?');
    return;
  }
  for (const component of components) {
    yield component;
    yield* componentsOf(component, depth + 1, builder);
  }
}

/**
 * Trivy writes a lock file as a component of its own, on which the components depend that stand in it: the file by the
 * reference of such a component.
 */
function lockFilesIn(document: JsonObject): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const component of listIn(document, 'components')) {
    const reference = textIn(component, 'bom-ref');
    const name = filledText(component, 'name');
    const isFile =
      textIn(component, 'type') === 'application' && propertiesIn(component).has('aquasecurity:trivy:Type');
    if (isFile && reference !== undefined && name !== undefined) files.set(reference, rooted(name));
  }
  const holders = new Map<string, string>();
  if (files.size === 0) return holders;
  for (const dependency of listIn(document, 'dependencies')) {
    const file = files.get(textIn(dependency, 'ref') ?? '');
    if (file === undefined) continue;
    for (const each of listIn(dependency, 'dependsOn')) {
      if (typeof each === 'string' && !holders.has(each)) holders.set(each, file);
    }
  }
  return holders;
}

/** Paths of files that are there have a leading slash here. */
export function rooted(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** Ours and Trivy's have the id for a name; Syft's have properties of their own. */
function distributionIn(component: JsonObject): Distribution | undefined {
  const properties = propertiesIn(component);
  const name = textIn(component, 'name');
  if (name === undefined) return undefined;
  const version = firstProperty(properties, 'syft:distro:versionID') ?? textIn(component, 'version') ?? '';
  const codename = firstProperty(properties, billProperty.codename, 'syft:distro:versionCodename');
  const description = textIn(component, 'description');
  return {
    id:
      properties.get(billProperty.distributionId)?.[0] ??
      distributionId(firstProperty(properties, 'syft:distro:id') ?? name),
    version,
    name: firstProperty(properties, 'syft:distro:prettyName') ?? description ?? `${name} ${version}`.trim(),
    ...(codename === undefined ? {} : { codename }),
    idLike: properties.get(billProperty.idLike) ?? syftLike(properties),
  };
}

function syftLike(properties: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...properties].filter(([key]) => key.startsWith('syft:distro:idLike:')).flatMap(([, values]) => values);
}

function targetIn(main: JsonObject, properties: ReadonlyMap<string, readonly string[]>): BillTarget | undefined {
  const name = filledText(main, 'name');
  if (name === undefined) return undefined;
  const digest = firstProperty(properties, billProperty.imageId, 'aquasecurity:trivy:ImageID') ?? digestIn(main);
  const platform = firstProperty(properties, billProperty.platform);
  return {
    name,
    ...(digest === undefined ? {} : { digest }),
    ...(platform === undefined ? {} : { platform }),
    tags: properties.get(billProperty.tag) ?? properties.get('aquasecurity:trivy:RepoTag') ?? [],
    repoDigests: properties.get(billProperty.repoDigest) ?? properties.get('aquasecurity:trivy:RepoDigest') ?? [],
  };
}

/** Syft writes it where versions are. */
function digestIn(main: JsonValue): string | undefined {
  const version = textIn(main, 'version');
  return version !== undefined && /^sha256:[\da-f]{64}$/.test(version) ? version : undefined;
}
