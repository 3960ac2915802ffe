/** Whether an error says that a disk is full, or what this user may have of it: one of the file system, or of SQLite. */
export function isFullDisk(error: unknown): boolean {
  const { code, errcode } = error as { code?: string; errcode?: number };
  const full = 13;
  return code === 'ENOSPC' || code === 'EDQUOT' || errcode === full;
}
