import type { SecureContext } from 'node:tls';
import { isLoopback } from '../../model/internet-address.ts';
import { PlimsollError } from '../../model/error.ts';
import { contextWith, readAuthority, remembered, type Trust, usualContext } from '../http/authorities.ts';
import type { Clock, Patience } from '../http/patience.ts';
import { openTransport, type Transport } from '../http/transport.ts';
import { type DownloadedFile, downloadFile, type WantedFile } from './download.ts';
import { feedServer } from './feed-server.ts';

export interface DownloadAllOptions<Wanted> {
  /** With the proxies to go through. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A PEM file with an authority to trust besides those of the system. */
  readonly authorityFile?: string;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly onProgress?: (wanted: Wanted, bytes: number, size: number | undefined) => void;
}

export type DownloadOutcome<Wanted> =
  | { readonly wanted: Wanted; readonly result: DownloadedFile }
  | { readonly wanted: Wanted; readonly failure: PlimsollError };

/**
 * Fetches files one after the other. What fails does not keep the others from being fetched; but a host that was not reached
 * after all tries is not asked for more.
 *
 * @throws PlimsollError where the authority cannot be read, or a proxy cannot be used
 */
export async function downloadAll<Wanted extends WantedFile>(
  all: readonly Wanted[],
  { environment, authorityFile, patience, clock, onProgress }: DownloadAllOptions<Wanted>,
): Promise<DownloadOutcome<Wanted>[]> {
  const trust = trustWith(authorityFile);
  const transports = new Map<string, Transport>();
  const unreached = new Map<string, PlimsollError>();
  const outcomes: DownloadOutcome<Wanted>[] = [];
  try {
    for (const wanted of all) outcomes.push(await fetchOne(wanted));
    return outcomes;
  } finally {
    for (const transport of transports.values()) transport.close();
  }

  async function fetchOne(wanted: Wanted): Promise<DownloadOutcome<Wanted>> {
    const { host, hostname } = wanted.url;
    const known = unreached.get(host);
    if (known) return { wanted, failure: known };
    try {
      const result = await downloadFile(wanted, {
        transport: transportTo(host),
        local: isLoopback(hostname),
        patience,
        clock,
        onProgress: (bytes, size) => onProgress?.(wanted, bytes, size),
      });
      return { wanted, result };
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      if (error.code === 'feeds-unreachable' || error.code === 'feeds-tls') unreached.set(host, error);
      return { wanted, failure: error };
    }
  }

  function transportTo(host: string): Transport {
    const known = transports.get(host);
    if (known) return known;
    const endpoint = { host, insecure: false };
    const transport = openTransport({ endpoint, trust, kind: feedServer, environment, idle: patience.idle });
    transports.set(host, transport);
    return transport;
  }
}

function trustWith(authorityFile: string | undefined): Trust {
  if (authorityFile === undefined) return { own: usualContext, others: usualContext };
  const authority = readAuthority(authorityFile);
  const context = remembered((): SecureContext => {
    try {
      return contextWith([authority], {});
    } catch {
      throw new PlimsollError(
        'feeds-tls',
        { en: `${authorityFile} cannot be used as an authority`, zh: `${authorityFile} 无法用作 CA 证书` },
        { en: 'Give a PEM file with the certificate of the authority.', zh: '请提供包含 CA 证书的 PEM 文件。' },
      );
    }
  });
  return { own: context, others: context };
}
