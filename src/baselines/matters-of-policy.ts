/** Controls that most teams switch off: rules of style, and rules that cost more than they give to many. */
export const mattersOfPolicy: readonly string[] = [
  'dockerfile-consecutive-run',
  'dockerfile-curl-xor-wget',
  'dockerfile-pin-*',
  'dockerfile-pointless-commands',
  'dockerfile-shellcheck-subset',
  'dockerfile-wget-progress',
  'dockerfile-workdir-not-cd',
  'dockerfile-yarn-cache',
];
