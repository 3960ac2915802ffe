import type { OpenedImage } from '../../model/opened-image.ts';
import { formatAddress } from '../engine/address.ts';
import type { EngineClient } from '../engine/client.ts';
import { streamSavedImage } from './archive-stream.ts';
import { type AskedImage, inPath, notFound } from './engine-question.ts';

/** The layers of an image as the engine sends them, which writes all of them down before it begins. */
export function streamFromEngine(
  client: EngineClient,
  { facts: { id } }: AskedImage,
  spool: string,
): NonNullable<OpenedImage['stream']> {
  return async (begin, end) => {
    const path = `/images/${inPath(id)}/get`;
    const answer = await client.stream(path);
    if (!answer) throw notFound(client, id);
    await streamSavedImage(answer.chunks, begin, end, { name: `${formatAddress(client.address)} ${path}`, spool });
  };
}
