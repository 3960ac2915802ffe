/**
 * Where advisories of SUSE Linux Enterprise are found: records name the product as `PRETTY_NAME` has it, but most packages of release 15 are
 * products of a _module_, and a service pack whose general support is over goes on as `-LTSS`. Which of them a package came from does not
 * stand in it, so all are asked; a package of one service pack has the same advisories in each.
 *
 * @param version - `VERSION_ID`: `15.5`, `12.5`, `16.0`; `15` is the release without a service pack
 */
export function suseProducts(id: string, version: string): readonly string[] | undefined {
  const [, major = '', minor = '0'] = /^(\d{1,3})(?:\.(\d{1,3}))?$/.exec(version) ?? [];
  if (major === '') return undefined;
  if (micro.has(id)) {
    return [Number(major) >= 6 ? `SUSE:Linux Micro ${version}` : `SUSE:Linux Enterprise Micro ${version}`];
  }
  const release =
    Number(major) >= 16 ? `${major}.${minor}` : minor === '0' ? major : `${major} SP${Number.parseInt(minor, 10)}`;
  const server = `Linux Enterprise Server ${release}`;
  return [
    server,
    `${server}-LTSS`,
    ...(id === 'sles_sap' ? [`Linux Enterprise Server for SAP Applications ${release}`] : []),
    ...(id === 'sle_hpc' ? [`Linux Enterprise High Performance Computing ${release}`] : []),
    ...(id === 'sled' ? [`Linux Enterprise Desktop ${release}`] : []),
    ...(major === '15' ? modules15.map((module) => `Linux Enterprise Module for ${module} ${release}`) : []),
    ...(major === '12' ? modules12.map((module) => `Linux Enterprise Module for ${module} 12`) : []),
    ...(major === '12' ? [`Linux Enterprise Software Development Kit ${release}`] : []),
  ].map((product) => `SUSE:${product}`);
}

const micro: ReadonlySet<string> = new Set(['sl-micro', 'sle-micro', 'suse-microos']);

const modules15 = [
  'Basesystem',
  'Containers',
  'Desktop Applications',
  'Development Tools',
  'Legacy',
  'Public Cloud',
  'Python 3',
  'Server Applications',
  'Web and Scripting',
];

const modules12 = ['Containers', 'Legacy', 'Public Cloud', 'Toolchain', 'Web and Scripting'];
