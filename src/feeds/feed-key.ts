/** What feeds are called, whoever saved their files: `Rocky%20Linux/all.zip` and `RockyLinux.zip` are `rockylinux`. */
export function feedKey(name: string): string {
  return name.replaceAll(' ', '').toLowerCase();
}
