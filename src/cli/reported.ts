import type { JudgedFinding } from '../judge/judge.ts';
import { locationOf } from '../judge/location.ts';
import type { FilesReading } from '../sources/files/read.ts';

/** Some subjects are only completed by another file, which is judged by itself: what stands there is said there. */
export function reported(
  findings: readonly JudgedFinding[],
  { limitedTo }: Pick<FilesReading, 'limitedTo'>,
): JudgedFinding[] {
  return findings.filter((finding) => {
    const file = limitedTo.get(finding.subject.id);
    return file === undefined || finding.status !== 'fail' || locationOf(finding)?.file === file;
  });
}
