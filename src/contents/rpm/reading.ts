import type { Text } from '../../model/text.ts';
import type { CatalogedFile, CatalogerReading } from '../cataloger.ts';
import { SystemPackages } from '../system-packages.ts';
import { readHeader, tags } from './header.ts';
import { ownedFilesOf } from './owned-files.ts';
import { packageOf } from './package.ts';
import { damages, type RecordVisitor } from './record-visitor.ts';

/** Bytes of a database. Those of images have 5 to 50 MB, that of a full desktop 200. */
export const databaseLimit = 1024 ** 3;

/** Reads a database of one kind: shows its records. */
export type DatabaseReader = (content: CatalogedFile['content'], visitor: RecordVisitor) => void;

/**
 * Reads what a database tells through the reader of its kind: packages, the files that they own, and what was damaged.
 *
 * @param isWanted - asked of each header's bytes: whoever looks for one package need not have all of them read
 */
export function readDatabase(
  file: Pick<CatalogedFile, 'content'>,
  read: DatabaseReader,
  isWanted: (header: Buffer) => boolean = () => true,
): CatalogerReading {
  const found = new SystemPackages('rpm');
  const damaged = new Map<Text, number>();
  function noteDamage(reason: Text): void {
    damaged.set(reason, (damaged.get(reason) ?? 0) + 1);
  }

  read(file.content, {
    header: (blob) => {
      if (!isWanted(blob)) return;
      const header = readHeader(blob);
      if (!header) return noteDamage(damages.header);
      const one = packageOf(header);
      if (one === 'key') return;
      if (one) {
        found.add(one);
        found.own(ownedFilesOf(header, one.id ?? one.name, found));
      } else found.addNameless(header.text(tags.name));
    },
    damaged: noteDamage,
  });
  for (const [reason, times] of damaged) found.addGap(damageReason(reason, times));
  return found.reading();
}

function damageReason(reason: Text, times: number): Text {
  return {
    en: `packages may be missing: ${reason.en}${times > 1 ? ` (${times} times)` : ''}`,
    zh: `可能缺少部分软件包：${reason.zh}${times > 1 ? `（${times} 处）` : ''}`,
  };
}
