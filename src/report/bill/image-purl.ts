import { canonicalName, type ParsedReference, parseImageReference } from '../../model/image-reference.ts';
import { writePurl } from '../../model/purl.ts';
import type { ReportTarget } from '../../model/report-contents.ts';

/**
 * The image as a purl of type `oci`: `pkg:oci/web@sha256:…?arch=amd64&repository_url=registry.example%2Fshop%2Fweb&tag=1.2`. Its version
 * is the manifest's digest, which only a registry gives: undefined for what was never pushed or pulled.
 */
export function imagePurl({ repoDigests, tags, name, platform }: ReportTarget): string | undefined {
  for (const each of repoDigests) {
    const reference = parseImageReference(each);
    if (!reference?.digest) continue;
    const repository = canonicalName(reference);
    const tag = tagIn([name, ...tags], repository);
    const architecture = platform?.split('/')[1];
    return writePurl({
      type: 'oci',
      name: repository.slice(repository.lastIndexOf('/') + 1),
      version: reference.digest,
      qualifiers: new Map([
        ['repository_url', repository],
        ['tag', tag ?? ''],
        ['arch', architecture ?? ''],
      ]),
    });
  }
  return undefined;
}

/** The tag that the image has in this very repository. */
function tagIn(names: readonly string[], repository: string): string | undefined {
  const references = names.map(parseImageReference).filter((each): each is ParsedReference => each !== undefined);
  return references.find((each) => each.tag !== undefined && canonicalName(each) === repository)?.tag;
}

/** Whether it is an image at all, and no folder; of a bill that was read, as far as that says so. */
export function isImage(target: ReportTarget): boolean {
  const { kind, digest, repoDigests } = target;
  return kind === 'bill' ? digest !== undefined || repoDigests.length > 0 : kind !== 'folder';
}
