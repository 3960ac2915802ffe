import type { LayerVisitor } from '../../model/file-tree.ts';
import { checkDigest, digestFrom, hashing, hashLike } from './blob-digest.ts';
import { unreadableFile, unreadableImage } from './blob-error.ts';
import { compressionLength, compressionOf, decompressed } from './decompress.ts';
import { DamagedStream } from './decompress-damage.ts';
import { TarChunks } from './tar-chunks.ts';
import { blockSize, isZeroBlock, readHeader } from './tar-header.ts';
import { cleanPath } from './tar-name.ts';
import { showStream } from './tar-stream.ts';
import { paddedSize, type TarMember, walkTar } from './tar-walk.ts';

export interface SavedStreamOptions {
  /** What errors call it: the engine's endpoint and the image's name. */
  readonly name: string;
  /** A folder for contents that are too large for memory. */
  readonly spool: string;
}

/** Members of such an archive: a few for each layer and image. */
const mostMembers = 100_000;

/**
 * Reads what `docker save` writes, or `GET /images/NAME/get` sends, as it comes: the layers of all its images in the order in which they
 * happen to be there, as `OpenedImage.stream` has it. What is a layer is seen by what it is; where two images share one, or a layer is a link
 * to another, it comes once, and its digest is the same for both. A layer whose digest is not that of its file's name is never ended, and
 * no more is what the stream breaks off in.
 *
 * @throws PlimsollError where it breaks off or is damaged; and what the source throws
 */
export async function streamSavedImage(
  chunks: AsyncIterable<Buffer>,
  begin: () => LayerVisitor,
  end: (digest: string, visitor: LayerVisitor) => void,
  { name, spool }: SavedStreamOptions,
): Promise<void> {
  const bytes = new TarChunks(chunks);
  try {
    for await (const { member, content } of membersOf(bytes, name)) {
      if (member.kind !== 'file' || member.sparse) continue;
      const inner = new TarChunks(content);
      const head = await inner.peek(blockSize);
      if (!isLayer(head)) continue;
      const visitor = begin();
      const digest = await showLayer(
        rest(inner),
        visitor,
        { name: `${name} ${cleanPath(member.path) ?? ''}`, spool },
        member,
      );
      end(digest, visitor);
    }
    await bytes.drain();
  } catch (error) {
    throw unreadableFile(name, error instanceof DamagedStream ? unreadableImage(name, error.reason) : error);
  } finally {
    await bytes.close();
  }
}

/** An archive, or a compressed one. All else in there is JSON. */
function isLayer(head: Buffer): boolean {
  if (compressionOf(head.subarray(0, compressionLength)) !== 'none') return true;
  return head.length === blockSize && (isZeroBlock(head) || readHeader(head) !== undefined);
}

async function showLayer(
  content: AsyncIterable<Buffer>,
  visitor: LayerVisitor,
  { name, spool }: SavedStreamOptions,
  { path }: TarMember,
): Promise<string> {
  const [, promised] = /^(?:\.?\/)?blobs\/(sha256\/[\da-f]{64}|sha512\/[\da-f]{128})$/.exec(path) ?? [];
  const expected = promised?.replace('/', ':');
  const ofBlob = hashLike(expected ?? 'sha256:');
  const ofContent = hashLike('sha256:');
  const source = expected === undefined ? content : hashing(content, ofBlob);
  const damage = await showStream(hashing(decompressed(source), ofContent), visitor, { spool, isVerified: true });
  if (damage) throw unreadableImage(name, damage);
  if (expected !== undefined) checkDigest(name, expected, digestFrom(ofBlob, expected));
  return digestFrom(ofContent, 'sha256:');
}

/** All that is left. */
async function* rest(bytes: TarChunks): AsyncGenerator<Buffer, void> {
  for (;;) {
    const chunk = await bytes.takeSome(Number.MAX_SAFE_INTEGER);
    if (chunk.length === 0) return;
    yield chunk;
  }
}

interface StreamedMember {
  readonly member: TarMember;
  /** To be read before the next member is asked for, as far as it is wanted. */
  readonly content: AsyncIterable<Buffer>;
}

async function* membersOf(bytes: TarChunks, name: string): AsyncGenerator<StreamedMember, void> {
  const walk = walkTar();
  let step = walk.next();
  for (let count = 0; !step.done && count < mostMembers;) {
    const { value } = step;
    if (typeof value === 'number') {
      step = walk.next(await bytes.take(value));
      continue;
    }
    count += 1;
    const end = bytes.position + value.stored;
    yield { member: value, content: upTo(bytes, end) };
    const isThere = await bytes.skip(end - bytes.position);
    if (!isThere) throw unreadableImage(name, breaksOff);
    await bytes.skip(paddedSize(value.stored) - value.stored);
    step = walk.next(Buffer.alloc(0));
  }
  if (!step.done) throw unreadableImage(name, hasTooMany);
  const { damage, unmarked } = step.value;
  if (damage ?? (unmarked ? breaksOff : undefined)) throw unreadableImage(name, damage ?? breaksOff);
}

async function* upTo(bytes: TarChunks, end: number): AsyncGenerator<Buffer, void> {
  while (bytes.position < end) {
    const chunk = await bytes.takeSome(end - bytes.position);
    if (chunk.length === 0) return;
    yield chunk;
  }
}

const breaksOff = { en: 'it breaks off before its end', zh: '数据在结束前中断' };
const hasTooMany = { en: `it has more than ${mostMembers} files`, zh: `其中的文件超过 ${mostMembers} 个` };
