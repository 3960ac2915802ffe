import { RequestFailure } from '../../http/failure.ts';
import { type Clock, countAttempts, type Patience } from '../../http/patience.ts';
import { isPage } from '../../http/answer-chance.ts';
import { paceOf } from '../../http/pace.ts';
import type { HttpAnswer } from '../../http/transport.ts';
import type { EndpointClient } from './endpoint-client.ts';
import { oddAnswer, registryServer } from './failure.ts';
import { pageAnswer } from './refusal.ts';

export interface WantedBlob {
  /** `sha256:…`. */
  readonly digest: string;
  /** Bytes, where the manifest says so. */
  readonly size?: number;
}

/** As bytes of a blob arrive. */
export interface BlobProgress {
  readonly digest: string;
  /** Bytes that have arrived. */
  readonly bytes: number;
  readonly size?: number;
}

export interface BlobStreamOptions {
  readonly patience: Patience;
  readonly clock: Clock;
  readonly progress?: (step: BlobProgress) => void;
}

/** Bytes that one connection must bring to count as a success: a server that sends one at a time could go on for ever. */
const worthwhile = 65_536;

/**
 * The bytes of a blob in their order. A download that breaks goes on where it was, at the same endpoint and, when that has failed too
 * often, at the next: what is named by its digest is the same everywhere. The digest itself is verified by whoever reads.
 *
 * @throws RequestFailure
 */
export async function* streamBlob(
  clients: readonly EndpointClient[],
  { digest, size }: WantedBlob,
  { patience, clock, progress }: BlobStreamOptions,
): AsyncGenerator<Buffer, void> {
  let offset = 0;
  for (const [index, client] of clients.entries()) {
    const attempts = countAttempts(patience, clock);
    for (;;) {
      const begin = offset;
      try {
        for await (const chunk of readFrom(
          client,
          { digest, ...(size === undefined ? {} : { size }) },
          offset,
          clock,
        )) {
          offset += chunk.length;
          progress?.({ digest, bytes: offset, ...(size === undefined ? {} : { size }) });
          yield chunk;
        }
        return;
      } catch (error) {
        if (offset - begin >= worthwhile) attempts.succeeded();
        const failure: unknown = await attempts.afterFailure(error).catch((final: unknown) => final);
        if (failure !== undefined && index === clients.length - 1) throw failure;
        if (failure !== undefined) break;
      }
    }
  }
}

async function* readFrom(
  client: EndpointClient,
  { digest, size }: WantedBlob,
  offset: number,
  clock: Clock,
): AsyncGenerator<Buffer, void> {
  if (size !== undefined && offset >= size && offset > 0) return;
  const range = offset > 0 ? { Range: `bytes=${offset}-` } : undefined;
  const answer = await client.get(`blobs/${digest}`, range).catch((error: unknown) => {
    throw error instanceof RequestFailure && error.code === 'registry-not-found' ? missing(client, digest) : error;
  });
  let end: number | undefined;
  try {
    end = checkedEnd(answer, size, offset);
  } catch (error) {
    answer.discard();
    throw error;
  }
  // A server may know nothing of ranges, and begin again.
  let unwanted = answer.status === 206 ? 0 : offset;
  let position = offset - unwanted;
  const pace = paceOf(clock, registryServer, answer.url.host);
  for await (const chunk of answer.body) {
    const tooSlow = pace.arrived(chunk.length);
    if (tooSlow) throw tooSlow;
    position += chunk.length;
    if (end !== undefined && position > end) throw wrongLength(answer, `${position}`, end);
    const skipped = Math.min(unwanted, chunk.length);
    unwanted -= skipped;
    if (skipped < chunk.length) yield skipped === 0 ? chunk : chunk.subarray(skipped);
    pace.waits();
  }
  if (end !== undefined && position < end) throw wrongLength(answer, `${position}`, end, true);
}

function missing({ endpoint }: EndpointClient, digest: string): RequestFailure {
  return new RequestFailure(
    'registry-not-found',
    {
      en: `${endpoint.host} lacks ${digest}, which the image is made of`,
      zh: `${endpoint.host} 上缺少镜像的组成部分 ${digest}`,
    },
    { en: 'Push the image again with all of its parts.', zh: '请重新推送完整的镜像。' },
  );
}

/** Where the blob ends, in bytes, as far as that is known; the answer is refused where it cannot be this blob. */
function checkedEnd(answer: HttpAnswer, size: number | undefined, offset: number): number | undefined {
  const { status, headers, url } = answer;
  const length = headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
  if (status === 206) {
    const [, start, , total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
    if (offset === 0 || Number(start) !== offset) {
      throw oddAnswer(url.host, { en: 'another part than was asked for', zh: '与请求不符的片段' });
    }
    const end = total === '*' ? size : Number(total);
    if (size !== undefined && end !== size) throw wrongLength(answer, `${end}`, size);
    return end;
  }
  if (size === undefined) return length;
  const isOdd = length !== size;
  if (isOdd && isPage(headers['content-type'])) throw pageAnswer(url.host, status);
  if (isOdd && length !== undefined) throw wrongLength(answer, `${length}`, size);
  return size;
}

function wrongLength({ url, headers }: HttpAnswer, bytes: string, wanted: number, again = false) {
  const encoding = headers['content-encoding'];
  const isEncoded = encoding !== undefined && encoding !== 'identity';
  return oddAnswer(
    url.host,
    {
      en: `${bytes} bytes of a blob of ${wanted}${isEncoded ? ', in an encoding that was not asked for' : ''}`,
      zh: `${bytes} 字节，而数据块应为 ${wanted} 字节${isEncoded ? '，且使用了未请求的编码' : ''}`,
    },
    undefined,
    { again },
  );
}
