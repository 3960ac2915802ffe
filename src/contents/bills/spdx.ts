import { billAnnotation } from '../../model/bill-property.ts';
import type { Distribution } from '../../model/image-contents.ts';
import { type JsonObject, type JsonValue, listIn, textIn } from '../../model/json.ts';
import { type BillBuilder, billBuilder } from './bill-builder.ts';
import type { BillReading, BillTarget } from './bill-reading.ts';
import { rooted } from './cyclonedx.ts';
import { distributionId } from './distribution-of.ts';
import { filledText, textsIn } from './json-texts.ts';
import { annotatedDistribution, annotatedImage, annotatedPackage, annotationIn } from './spdx-own.ts';

/** Reads a bill in SPDX' JSON, 2.0 to 2.3, whoever wrote it. */
export function readSpdx(document: JsonObject, bill: string): BillReading {
  const version = textIn(document, 'spdxVersion') ?? '';
  const builder = billBuilder(bill, 'spdx', version);
  if (!/^SPDX-2\.[0-3]$/.test(version)) builder.gap('newer-format', version);
  const packages = builder.entriesOf(document, 'packages');
  const described = describedIn(document);
  const main = packages.find((each) => textIn(each, 'SPDXID') === described);
  const image = main && annotatedImage(main);
  builder.setLayers(image?.layers ?? []);
  const context: Context = {
    bill,
    builder,
    licences: extractedLicences(document),
    holders: holdersIn(document, packages),
  };
  let distribution: Distribution | undefined;
  for (const each of packages) {
    distribution ??= distributionIn(each);
    const comment = annotationIn(each, billAnnotation.package);
    if (comment !== undefined) addOwn(each, comment, builder);
    else if (each !== main || image === undefined) addForeign(each, context, each === main && packages.length > 1);
  }
  const target = main && targetOf(main, image);
  return builder.finish({ ...(distribution ? { distribution } : {}), ...(target ? { target } : {}) });
}

/** The one element that the document describes; undefined where it describes several, as the list of a whole project does. */
export function describedIn(document: JsonObject): string | undefined {
  const described = new Set(textsIn(document, 'documentDescribes'));
  for (const each of listIn(document, 'relationships')) {
    const [from, to] = [textIn(each, 'spdxElementId'), textIn(each, 'relatedSpdxElement')];
    const type = textIn(each, 'relationshipType');
    if (type === 'DESCRIBES' && from === 'SPDXRef-DOCUMENT' && to !== undefined) described.add(to);
    if (type === 'DESCRIBED_BY' && to === 'SPDXRef-DOCUMENT' && from !== undefined) described.add(from);
  }
  const [only] = described;
  return described.size === 1 ? only : undefined;
}

interface Context {
  readonly bill: string;
  readonly builder: BillBuilder;
  /** Words by the name that stands for them. */
  readonly licences: ReadonlyMap<string, string>;
  /** The lock file that a package stands in, by the package's name in the document. */
  readonly holders: ReadonlyMap<string, string>;
}

function addOwn(each: JsonObject, comment: JsonValue, builder: BillBuilder): void {
  const own = annotatedPackage(each, comment, purlIn(each) ?? '', builder.layerCount());
  if (own) builder.add(own);
  else builder.gap('broken-purl', purlIn(each) ?? textIn(each, 'name') ?? '?');
}

/** What is no package, so that nobody misses its purl. */
const noPackages: ReadonlySet<string> = new Set([
  'CONTAINER',
  'DEVICE',
  'FILE',
  'FIRMWARE',
  'OPERATING_SYSTEM',
  'SOURCE',
]);

function addForeign(each: JsonObject, { bill, builder, licences, holders }: Context, isMain: boolean): void {
  const purpose = textIn(each, 'primaryPackagePurpose')?.replaceAll('-', '_') ?? '';
  const purl = purlIn(each);
  const reference = textIn(each, 'SPDXID') ?? '';
  const name = filledText(each, 'name');
  if (isMain || (purl !== undefined && /^pkg:(?:oci|docker)\//i.test(purl))) return;
  if (purl === undefined) {
    const isLockFile = reference.startsWith('SPDXRef-Application-');
    if (!noPackages.has(purpose) && !isLockFile) builder.gap('without-purl', name ?? '?');
    return;
  }
  // A source package beside the binary one is not there to run.
  if (purpose === 'SOURCE') return;
  const told = toldInTexts(each);
  builder.addPurl(purl, {
    name,
    version: filledText(each, 'versionInfo'),
    vendor: vendorOf(each),
    licenses: licencesOf(each, licences),
    path: told.path ?? holders.get(reference) ?? bill,
    layer: builder.layerOf(told.layer),
    source: told.source,
  });
}

/** The locator may be written with an underscore, as SPDX 2.2 had it. */
export function purlIn(each: JsonObject): string | undefined {
  const reference = listIn(each, 'externalRefs').find((ref) => textIn(ref, 'referenceType') === 'purl');
  return filledText(reference, 'referenceLocator');
}

interface Told {
  readonly path?: string;
  readonly layer?: string;
  readonly source?: { readonly name: string; readonly version: string };
}

/** What tools write into fields for people: Trivy's source package and layer, Syft's files, npm's folder. */
function toldInTexts(each: JsonObject): Told {
  const info = textIn(each, 'sourceInfo') ?? '';
  const [, sourceName, sourceVersion] = /^built package from: (\S+) (\S+)$/.exec(info) ?? [];
  const [, syftPath] = /^ac?quired package info from [^:]*: ([^,]+)/.exec(info) ?? [];
  const texts = [
    ...textsIn(each, 'attributionTexts'),
    ...listIn(each, 'annotations').flatMap((annotation) => textIn(annotation, 'comment') ?? []),
  ];
  const layer = saidAfter(texts, 'LayerDiffID: ') ?? saidAfter(texts, 'LayerDigest: ');
  const path = syftPath?.trim() ?? saidAfter(texts, 'FilePath: ') ?? filledText(each, 'packageFileName');
  return {
    ...(path === undefined ? {} : { path: rooted(path) }),
    ...(layer === undefined ? {} : { layer }),
    ...(sourceName === undefined || sourceVersion === undefined
      ? {}
      : { source: { name: sourceName, version: sourceVersion } }),
  };
}

function saidAfter(texts: readonly string[], begin: string): string | undefined {
  const text = texts.find((each) => each.startsWith(begin));
  return text?.slice(begin.length).trim() || undefined;
}

/** `Organization: Debian (team@example.org)`, `Person: …`. */
function vendorOf(each: JsonObject): string | undefined {
  for (const key of ['supplier', 'originator']) {
    const [, vendor] = /^(?:Organization|Person): ?([^]+)$/.exec(textIn(each, key) ?? '') ?? [];
    if (vendor !== undefined) return vendor.trim();
  }
  return undefined;
}

export function licencesOf(each: JsonObject, extracted: ReadonlyMap<string, string>): readonly string[] {
  for (const key of ['licenseDeclared', 'licenseConcluded']) {
    const said = filledText(each, key);
    if (said !== undefined && said !== 'NOASSERTION' && said !== 'NONE') return [extracted.get(said) ?? said];
  }
  return [];
}

/** Only what is short enough to be a name of a licence, and not its text. */
export function extractedLicences(document: JsonObject): ReadonlyMap<string, string> {
  const licences = new Map<string, string>();
  for (const each of listIn(document, 'hasExtractedLicensingInfos')) {
    const [id, text, name] = [textIn(each, 'licenseId'), textIn(each, 'extractedText'), filledText(each, 'name')];
    const words = text !== undefined && text.length <= 100 ? text.replace(/^The license info found.*: /, '') : name;
    if (id !== undefined && words !== undefined && words !== 'NOASSERTION') licences.set(id, words.trim());
  }
  return licences;
}

/** Trivy writes a lock file as a package that contains others. */
function holdersIn(document: JsonObject, packages: readonly JsonObject[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const each of packages) {
    const [reference, name] = [textIn(each, 'SPDXID'), filledText(each, 'name')];
    if (reference?.startsWith('SPDXRef-Application-') && name?.includes('.')) files.set(reference, rooted(name));
  }
  const holders = new Map<string, string>();
  if (files.size === 0) return holders;
  for (const each of listIn(document, 'relationships')) {
    const file =
      textIn(each, 'relationshipType') === 'CONTAINS' ? files.get(textIn(each, 'spdxElementId') ?? '') : undefined;
    const contained = textIn(each, 'relatedSpdxElement');
    if (file !== undefined && contained !== undefined) holders.set(contained, file);
  }
  return holders;
}

function distributionIn(each: JsonObject): Distribution | undefined {
  const own = annotationIn(each, billAnnotation.distribution);
  if (own !== undefined) return annotatedDistribution(own);
  const purpose = textIn(each, 'primaryPackagePurpose')?.replaceAll('-', '_');
  const isSystem = purpose === 'OPERATING_SYSTEM' || textIn(each, 'SPDXID')?.startsWith('SPDXRef-OperatingSystem-');
  const name = isSystem ? filledText(each, 'name') : undefined;
  if (name === undefined) return undefined;
  const version = textIn(each, 'versionInfo') ?? '';
  return { id: distributionId(name), version, name: `${name} ${version}`.trim(), idLike: [] };
}

function targetOf(main: JsonObject, image: ReturnType<typeof annotatedImage>): BillTarget | undefined {
  const name = filledText(main, 'name');
  if (name === undefined) return undefined;
  const texts = [
    ...textsIn(main, 'attributionTexts'),
    ...listIn(main, 'annotations').flatMap((a) => textIn(a, 'comment') ?? []),
  ];
  const digest = image?.id ?? saidAfter(texts, 'ImageID: ');
  const repoDigest = saidAfter(texts, 'RepoDigest: ');
  const tag = saidAfter(texts, 'RepoTag: ');
  return {
    name,
    ...(digest === undefined ? {} : { digest }),
    ...(image?.platform === undefined ? {} : { platform: image.platform }),
    tags: image?.tags ?? (tag === undefined ? [] : [tag]),
    repoDigests: image?.repoDigests ?? (repoDigest === undefined ? [] : [repoDigest]),
  };
}
