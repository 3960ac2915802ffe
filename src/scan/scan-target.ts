import type { FileListing } from '../contents/difference.ts';
import type { ImageFacts } from '../model/image.ts';
import type { ImageContents } from '../model/image-contents.ts';
import type { ReportTarget } from '../model/report-contents.ts';
import { lookInside, type LookOptions } from './look-inside.ts';
import { fileSystem, type OpenOptions, openTarget } from './open-target.ts';
import { readTarget } from './target.ts';

export interface ScanTargetOptions extends OpenOptions, LookOptions {}

/** One target, and what is in it. */
export interface Scanned {
  readonly target: Pick<ReportTarget, 'kind' | 'name' | 'source' | 'platform'>;
  readonly image: ImageFacts;
  readonly contents: ImageContents;
  /** Only where it was asked for; a bill of materials has none. */
  readonly listing?: FileListing;
}

/**
 * Opens what `text` names, looks inside and closes it.
 *
 * @throws PlimsollError where it is not there, or cannot be read at all
 */
export async function scanTarget(text: string, options: ScanTargetOptions): Promise<Scanned> {
  const target = readTarget(text, fileSystem);
  if (target.kind === 'bill') {
    const { readBillTarget } = await import('./bill-target.ts');
    return readBillTarget(target.value);
  }
  const opened = await openTarget({ ...target, kind: target.kind }, options);
  try {
    const inside = await lookInside(opened, options);
    const { kind, name, source, platform, facts } = opened;
    return {
      target: { kind, name, source, ...(platform === undefined ? {} : { platform }) },
      image: { ...(facts ?? bareImage), usedBy: [], contents: inside.contents },
      ...inside,
    };
  } finally {
    await opened.close();
  }
}

/** What has files and no configuration. */
export const bareImage: Omit<ImageFacts, 'usedBy' | 'contents'> = {
  id: '',
  tags: [],
  digests: [],
  created: null,
  configuration: {
    user: '',
    exposedPorts: [],
    environment: [],
    entrypoint: [],
    command: [],
    volumes: [],
    labels: {},
    workingDirectory: '',
    onBuild: [],
    shell: [],
  },
  history: { known: true, value: [], source: 'file', path: '' },
  layers: [],
  bare: true,
};
