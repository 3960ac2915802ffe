import type { Subject } from './control.ts';

/** Every id once: the second subject of a name gets `#2`. Networks, and projects in folders of one name, may share theirs. */
export function distinctSubjects(subjects: readonly Subject[]): Subject[] {
  const seen = new Map<string, number>();
  return subjects.map((subject) => {
    const count = (seen.get(subject.id) ?? 0) + 1;
    seen.set(subject.id, count);
    return count === 1 ? subject : { ...subject, id: `${subject.id}#${count}` };
  });
}
