/** How programs and libraries begin: ELF, PE, and Mach-O of either byte order and of several architectures. */
export function isProgram(head: Buffer): boolean {
  if (head.length < 4) return false;
  const first = head.readUInt32BE(0);
  return first === 0x7f_45_4c_46 || first >>> 16 === 0x4d_5a || machO.has(first);
}

const machO: ReadonlySet<number> = new Set([0xfe_ed_fa_ce, 0xfe_ed_fa_cf, 0xce_fa_ed_fe, 0xcf_fa_ed_fe, 0xca_fe_ba_be]);

/** Whether it is worth a look at how a file begins: programs are marked as such or called so. */
export function mayBeProgram(path: string, mode: number, size: number): boolean {
  if (size < 64) return false;
  return (mode & 0o111) !== 0 || programName.test(path);
}

const programName = /\.(?:so(?:\.[\d.]+)?|dll|exe|node|dylib)$/;
