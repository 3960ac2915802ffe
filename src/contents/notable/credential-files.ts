/** A file in which a program keeps what it logs in with, and how a value stands in it. */
export interface CredentialFile {
  readonly globs: readonly string[];
  readonly fields: readonly CredentialField[];
}

export interface CredentialField {
  /** Told instead of the value; a first group that is called `name` takes its place. */
  readonly name: string;
  /** Has the flags `gm`, and a group called `value`. Every repetition has a bound. */
  readonly pattern: RegExp;
  /** The value is a name, a colon and a password in base64. */
  readonly isLogin?: true;
}

const urlPassword: CredentialField = {
  name: 'URL',
  pattern: /[a-z][a-z\d+.-]{1,20}:\/\/[^\s:/@"']{0,200}:(?<value>[^\s/@"']{1,500})@[\w.[-]/gim,
};
const registryLogins: readonly CredentialField[] = [
  { name: 'auth', pattern: /"auth"\s{0,8}:\s{0,8}"(?<value>[^"\s]{4,8000})"/gm, isLogin: true },
  { name: 'identitytoken', pattern: /"identitytoken"\s{0,8}:\s{0,8}"(?<value>[^"\s]{4,8000})"/gm },
  { name: 'registrytoken', pattern: /"registrytoken"\s{0,8}:\s{0,8}"(?<value>[^"\s]{4,8000})"/gm },
  { name: 'password', pattern: /"password"\s{0,8}:\s{0,8}"(?<value>[^"\s]{1,8000})"/gm },
];

/** `name = value`, with or without quotes, at the start of a line. */
function assigned(name: string, names: string): CredentialField {
  return {
    name,
    pattern: new RegExp(
      String.raw`^[ \t]{0,40}["']?(?<name>${names})["']?[ \t]{0,40}[:=][ \t]{0,40}["']?(?<value>[^\s"'#;]{1,4000})`,
      'gim',
    ),
  };
}

/** `"name": "value"`. */
function inJson(name: string): CredentialField {
  return { name, pattern: new RegExp(String.raw`"${name}"\s{0,8}:\s{0,8}"(?<value>[^"]{4,8000})"`, 'gm') };
}

export const credentialFiles: readonly CredentialFile[] = [
  {
    globs: ['**/.npmrc', '**/npmrc'],
    fields: [
      {
        name: '_authToken',
        pattern:
          /^[^\n=#;]{0,300}?(?<name>_authToken|_auth|_password)[ \t]{0,8}=[ \t]{0,8}["']?(?<value>[^\s"']{1,4000})/gm,
      },
    ],
  },
  { globs: ['**/.yarnrc.yml'], fields: [assigned('npmAuthToken', 'npmAuthToken|npmAuthIdent')] },
  { globs: ['**/.pypirc'], fields: [assigned('password', 'password')] },
  {
    globs: [
      '**/pip.conf',
      '**/pip.ini',
      '**/.condarc',
      '**/uv.toml',
      'etc/apk/repositories',
      '**/*.repo',
      'etc/apt/sources.list',
      '**/*.sources',
      'etc/apt/sources.list.d/*',
    ],
    fields: [urlPassword, assigned('password', 'password|proxy_password')],
  },
  { globs: ['**/pypoetry/auth.toml'], fields: [assigned('password', 'password')] },
  {
    globs: ['**/.netrc', '**/_netrc', 'etc/apt/auth.conf', 'etc/apt/auth.conf.d/*'],
    fields: [{ name: 'password', pattern: /(?:^|\s)password\s{1,16}(?<value>[^\s]{1,500})/gm }],
  },
  {
    globs: [
      '**/.docker/config.json',
      '**/.dockercfg',
      '**/containers/auth.json',
      '**/.dockerconfigjson',
      '**/helm/registry/config.json',
    ],
    fields: registryLogins,
  },
  {
    globs: ['**/.git-credentials', '**/git/credentials', '**/.git/config', '**/.gitconfig', 'etc/gitconfig'],
    fields: [urlPassword],
  },
  {
    globs: ['**/settings.xml', '**/settings-security.xml'],
    fields: [
      {
        name: 'password',
        pattern: /<(?<name>password|passphrase|privateKeyPassphrase)>\s{0,40}(?<value>[^<\s]{1,1000})\s{0,40}</gm,
      },
    ],
  },
  {
    globs: ['**/gradle.properties'],
    fields: [assigned('password', String.raw`[\w.-]{0,80}(?:password|passphrase|token|secret|apikey|api_key)`)],
  },
  { globs: ['**/.gem/credentials'], fields: [assigned(':rubygems_api_key', String.raw`:[\w.-]{0,80}(?:key|token)`)] },
  {
    globs: ['**/.bundle/config'],
    fields: [
      {
        name: 'BUNDLE',
        pattern:
          /^(?<name>BUNDLE_[A-Z\d_]{3,80}):[ \t]{0,8}["']?[^\s"':]{1,200}:(?<value>[^\s"'/]{3,500})["']?[ \t]{0,8}$/gm,
      },
    ],
  },
  {
    globs: [
      '**/.cargo/credentials',
      '**/.cargo/credentials.toml',
      'usr/local/cargo/credentials',
      'usr/local/cargo/credentials.toml',
    ],
    fields: [assigned('token', 'token|secret-key')],
  },
  {
    globs: ['**/nuget.config', '**/NuGet.Config', '**/NuGet.config', '**/Nuget.Config'],
    fields: [
      { name: 'ClearTextPassword', pattern: /key="ClearTextPassword"\s{1,20}value="(?<value>[^"]{1,1000})"/gim },
    ],
  },
  {
    globs: ['**/auth.json'],
    fields: [
      {
        name: 'http-basic',
        pattern:
          /"username"\s{0,8}:\s{0,8}"[^"]{0,300}"\s{0,8},\s{0,80}"password"\s{0,8}:\s{0,8}"(?<value>[^"]{1,2000})"/gm,
      },
      {
        name: 'token',
        pattern:
          /"(?<name>github-oauth|gitlab-oauth|gitlab-token|bearer|bitbucket-oauth)"\s{0,8}:\s{0,8}\{\s{0,80}"[^"]{1,200}"\s{0,8}:\s{0,8}"(?<value>[^"]{4,2000})"/gm,
      },
      ...registryLogins.slice(0, 2),
    ],
  },
  {
    globs: ['**/.aws/credentials', '**/.aws/config', '**/.s3cfg', '**/.boto'],
    fields: [
      assigned(
        'aws_secret_access_key',
        'aws_secret_access_key|aws_session_token|secret_key|gs_secret_access_key|gs_oauth2_refresh_token',
      ),
    ],
  },
  {
    globs: ['**/application_default_credentials.json', '**/gcloud/legacy_credentials/*/adc.json', '**/adc.json'],
    fields: [inJson('refresh_token'), inJson('private_key'), inJson('client_secret')],
  },
  {
    globs: [
      '**/.azure/accessTokens.json',
      '**/.azure/msal_token_cache.json',
      '**/.azure/service_principal_entries.json',
    ],
    fields: [inJson('refreshToken'), inJson('accessToken'), inJson('secret'), inJson('client_secret')],
  },
  {
    globs: [
      '**/.kube/config',
      '**/kubeconfig',
      '**/kubeconfig.yaml',
      '**/kubeconfig.yml',
      'etc/kubernetes/*',
      'etc/rancher/k3s/k3s.yaml',
    ],
    fields: [assigned('client-key-data', 'client-key-data|token|password')],
  },
  {
    globs: ['**/gh/hosts.yml', '**/.config/hub', '**/glab-cli/config.yml'],
    fields: [assigned('oauth_token', 'oauth_token|token')],
  },
  {
    globs: ['**/credentials.tfrc.json', '**/.terraformrc', '**/terraform.rc'],
    fields: [inJson('token'), assigned('token', 'token')],
  },
  { globs: ['**/helm/repositories.yaml'], fields: [assigned('password', 'password')] },
];
