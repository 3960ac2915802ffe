import { canonicalName, parseImageReference } from '../model/image-reference.ts';
import { matchesGlob } from '../model/glob.ts';
import type { ImageFacts } from '../model/image.ts';
import type { ReportTarget } from '../model/report-contents.ts';

/** What is looked into, by all that a pattern may call it. */
export interface NamedImage {
  readonly target: Pick<ReportTarget, 'kind' | 'name'>;
  readonly image: Pick<ImageFacts, 'id' | 'tags' | 'digests'>;
}

/** Whether a pattern names an image: by its name as the user gave it, a tag, a repository without any, or a digest. */
export function matchesImage(pattern: string, image: NamedImage): boolean {
  return namesOfImage(image).some((name) => matchesGlob(pattern, name));
}

function namesOfImage({ target, image }: NamedImage): readonly string[] {
  // What an archive, a folder or a container is called is no reference.
  const isReference = target.kind === 'engine' || target.kind === 'registry';
  const references = [...image.tags, ...image.digests, ...(isReference ? [target.name] : [])];
  return [target.name, image.id, ...references.flatMap(spellingsOf)].filter((name) => name !== '');
}

/** A reference as it was written and as engines complete it, in each case also without its tag; and its digest alone. */
function spellingsOf(reference: string): readonly string[] {
  const parsed = parseImageReference(reference);
  if (!parsed) return [reference];
  const { tag, digest } = parsed;
  const end = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  const full = canonicalName(parsed);
  const written = reference.slice(0, reference.length - end.length);
  return [reference, written, `${full}${end}`, full, ...(digest === undefined ? [] : [digest])];
}
