import type { Text } from '../../model/text.ts';

const tls: Text = { en: 'certificates are not checked', zh: '不校验证书' };
const signature: Text = { en: 'signatures are not checked', zh: '不校验签名' };

/** What is switched off, for messages. */
export const lost = { tls, signature } as const;

interface VariableRule {
  readonly names: readonly string[];
  /** The values that switch the check off. */
  readonly off: RegExp;
  readonly lost: Text;
}

const no = /^(?:0|false|no|off|n)$/i;
const yes = /^(?:1|true|yes|on|y)$/i;
const anything = /\S/;

const variables: readonly VariableRule[] = [
  { names: ['NODE_TLS_REJECT_UNAUTHORIZED'], off: /^0$/, lost: tls },
  { names: ['NPM_CONFIG_STRICT_SSL', 'PNPM_CONFIG_STRICT_SSL', 'YARN_STRICT_SSL'], off: no, lost: tls },
  { names: ['YARN_ENABLE_STRICT_SSL'], off: no, lost: tls },
  { names: ['PYTHONHTTPSVERIFY'], off: /^0$/, lost: tls },
  { names: ['PIP_TRUSTED_HOST', 'UV_INSECURE_HOST'], off: anything, lost: tls },
  { names: ['CONDA_SSL_VERIFY'], off: no, lost: tls },
  // Git only asks whether it is set.
  { names: ['GIT_SSL_NO_VERIFY'], off: anything, lost: tls },
  { names: ['GOINSECURE', 'GONOSUMCHECK'], off: anything, lost: signature },
  { names: ['GOSUMDB'], off: /^off$/i, lost: signature },
  { names: ['GONOSUMDB'], off: /^\*$/, lost: signature },
  { names: ['GOFLAGS'], off: /(?:^|\s)-insecure(?:=true)?(?:\s|$)/, lost: tls },
  { names: ['BUNDLE_SSL_VERIFY_MODE'], off: /^0$/, lost: tls },
  { names: ['COMPOSER_DISABLE_TLS'], off: yes, lost: tls },
  { names: ['DOCKER_TLS_VERIFY'], off: /^0$/, lost: tls },
  {
    names: ['MAVEN_OPTS', 'MAVEN_ARGS', 'JAVA_TOOL_OPTIONS'],
    off: /maven\.wagon\.http\.ssl\.insecure=true/,
    lost: tls,
  },
];

/** What a variable of the environment switches off by this value. npm reads its names in any case. */
export function switchedOffBy(name: string, value: string): Text | undefined {
  const upper = /^npm_config_/i.test(name) ? name.toUpperCase() : name;
  return variables.find(({ names, off }) => names.includes(upper) && off.test(value.trim()))?.lost;
}

interface SettingRule {
  readonly pattern: RegExp;
  readonly lost: Text;
}

/** Lines of configuration files. A repository of packages that the build itself made needs no signature. */
const settings: readonly SettingRule[] = [
  {
    pattern: /^\s*deb(?:-src)?\s+\[[^\]]*\b(?:trusted|allow-insecure)=yes\b[^\]]*\]\s+(?!file:|copy:|\s)/im,
    lost: signature,
  },
  { pattern: /^\s*(?:Trusted|Allow-Insecure):\s*yes\b/im, lost: signature },
  { pattern: /\bAPT::Get::AllowUnauthenticated[\s"'=]+(?:true|1|yes)\b/i, lost: signature },
  { pattern: /\bAcquire::Allow(?:DowngradeTo)?InsecureRepositories[\s"'=]+(?:true|1|yes)\b/i, lost: signature },
  { pattern: /\bAcquire::(?:https?|\*)::(?:\S+::)?Verify-(?:Peer|Host)[\s"'=]+(?:false|0|no)\b/i, lost: tls },
  { pattern: /(?:^|[\s"';\\n/|#,@])(?:gpgcheck|pkg_gpgcheck)\s*=\s*(?:0|false|no|off)\b/im, lost: signature },
  { pattern: /(?:^|[\s"';\\n/|#,@])sslverify\s*=\s*(?:0|false|no|off)\b/im, lost: tls },
  { pattern: /\bSigLevel\s*=\s*Never\b/, lost: signature },
  { pattern: /\bstrict-ssl["']?\s*[=\s]\s*["']?false\b/i, lost: tls },
  { pattern: /\benableStrictSsl:\s*false\b/, lost: tls },
  { pattern: /\bcheck_certificate\s*=\s*off\b/i, lost: tls },
  { pattern: /^\s*trusted-host\s*=\s*\S/im, lost: tls },
  { pattern: /:ssl_verify_mode:\s*0\b/, lost: tls },
  { pattern: /\bsslVerify\s*=\s*(?:false|0|no|off)\b/i, lost: tls },
];

/** What a line of a configuration file switches off. */
export function switchedOffIn(text: string): Text | undefined {
  return settings.find(({ pattern }) => pattern.test(text))?.lost;
}
