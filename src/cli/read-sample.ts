import type { Subject, WrittenKind } from '../model/control.ts';
import type { FileKind } from '../sources/files/kinds.ts';
import { readFiles } from '../sources/files/read.ts';
import { writtenFile } from '../sources/files/written-file.ts';

const files: Readonly<Record<WrittenKind, readonly [FileKind, string]>> = {
  dockerfile: ['dockerfile', 'Dockerfile'],
  'compose-project': ['compose', 'compose.yaml'],
  'kubernetes-object': ['kubernetes', 'manifests.yaml'],
};

/** The subjects of a control's own sample, read as files are. */
export function readSample(kind: WrittenKind, text: string): readonly Subject[] {
  const [fileKind, name] = files[kind];
  const { subjects } = readFiles([{ kind: fileKind, file: writtenFile(name, text) }], { environment: {} });
  return subjects.filter((subject) => subject.kind === kind);
}
