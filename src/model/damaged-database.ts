const corrupt = 11;
const notADatabase = 26;

/** Whether SQLite says that a file is damaged, or none of its own: https://www.sqlite.org/rescode.html */
export function isDamagedDatabase(error: unknown): boolean {
  const { errcode = 0 } = error as { errcode?: number };
  // An extended code has the plain one in its lowest byte.
  const plain = errcode % 256;
  return plain === corrupt || plain === notADatabase;
}
