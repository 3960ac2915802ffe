/** Programs that do nothing but mine cryptocurrency, by their names in small letters. */
export const miners: ReadonlySet<string> = new Set([
  'ccminer',
  'cgminer',
  'cpuminer',
  'ethminer',
  'kdevtmpfsi',
  'kinsing',
  'minerd',
  'nbminer',
  'xmr-stak',
  'xmrig',
  'xmrig-daemon',
]);
