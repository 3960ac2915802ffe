/**
 * `/etc/group` and `/etc/gshadow`: a line a group, four fields with colons between. Of the first file the last field
 * lists members, of the second the last two list who may add members, and members.
 */

/** Members as a file names them, of every line of the group; a line for a directory service (`+docker:…`) is none. */
export function membersIn(file: Buffer, group: string): string[] {
  const lines = file.toString('utf8').split('\n');
  return lines.flatMap((line) => {
    const [name, , , members = ''] = line.replace(/\r$/, '').split(':');
    return name?.trim() === group ? namesIn(members) : [];
  });
}

/** The file without these users in the group; every other byte stays. Who may add members could add himself again. */
export function withoutMembers(file: Buffer, group: string, names: readonly string[]): Buffer {
  // One character a byte, so that what is no UTF-8 stays as it is.
  const [bareGroup, ...bare] = [group, ...names].map((text) => Buffer.from(text).toString('latin1'));
  const lines = file.toString('latin1').split('\n');
  const changed = lines.map((line) => {
    const fields = line.split(':');
    if (fields.length !== 4 || fields[0]?.trim() !== bareGroup) return line;
    // A number in the third field is the group's own.
    return fields
      .map((field, index) => (index === 3 || (index === 2 && !/^\d+$/.test(field)) ? listWithout(field, bare) : field))
      .join(':');
  });
  return Buffer.from(changed.join('\n'), 'latin1');
}

function listWithout(field: string, names: readonly string[]): string {
  if (!namesIn(field).some((name) => names.includes(name))) return field;
  const end = /\s*$/.exec(field)?.[0] ?? '';
  const kept = field
    .slice(0, field.length - end.length)
    .split(',')
    .filter((name) => !names.includes(name.trim()));
  return kept.join(',') + end;
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
