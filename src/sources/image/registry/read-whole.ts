import type { HttpAnswer } from '../../http/transport.ts';
import { oddAnswer } from './failure.ts';

/**
 * The body of an answer that is small by its nature.
 *
 * @throws RequestFailure where it is larger than `largest` bytes, or ends too soon
 */
export async function readWhole(answer: HttpAnswer, largest: number): Promise<Buffer> {
  const tooLarge = () => {
    const size = `${Math.floor(largest / 1024)} KiB`;
    return oddAnswer(answer.url.host, {
      en: `more than ${size} where little was asked for`,
      zh: `超过 ${size} 的内容，远超预期`,
    });
  };
  if (Number(answer.headers['content-length'] ?? 0) > largest) {
    answer.discard();
    throw tooLarge();
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > largest) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The first bytes of a body, and at least `length` where there are so many; fewer where it breaks. The rest is discarded. */
export async function readBeginning(answer: HttpAnswer, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= length) break;
    }
  } catch {
    // What came before it broke is what there is.
  }
  return Buffer.concat(chunks);
}
