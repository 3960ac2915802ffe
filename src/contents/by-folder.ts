/**
 * Answers for paths by the folder that they are in, '' or with its slash behind it. A tree is shown folder by folder: what was answered for
 * the path before mostly counts for the next one too.
 */
export function byFolder<T>(answer: (folder: string) => T): (path: string) => T {
  let last: { readonly folder: string; readonly answer: T } | undefined;
  return (path) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (last?.folder !== folder) last = { folder, answer: answer(folder) };
    return last.answer;
  };
}
