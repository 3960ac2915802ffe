/** What is known of where a text stands: it decides how much a look-alike is worth. */
export interface Place {
  /** Without a leading slash; '' of a text that is in no file. */
  readonly path: string;
  readonly language: Language;
  /** Third-party software, which is published as it is. */
  readonly isVendored: boolean;
  /** What is written to be shown or tried. */
  readonly purpose?: 'test' | 'documentation';
}

/**
 * How values are written: `configuration` without quotes or with, `code` with quotes, since a bare word is a name there, `script` both, `prose`
 * not at all; `value` is a variable's value, `command` a command line.
 */
export type Language = 'configuration' | 'script' | 'code' | 'prose' | 'value' | 'command';

const configuration =
  /\.(?:env|ini|cfg|conf|cnf|config|properties|props|ya?ml|json[5c]?|toml|xml|plist|tfvars|tfstate|tf|hcl|nomad|settings|service|reg|ovpn|rdp|pro|credentials|backup|bak|old|orig|save|cred|creds|secrets?|inf|nix|ldif|htaccess|user|pubxml)$|(?:^|\/)\.[^/]*$|(?:^|\/)\.env[^/]*$|^etc\/(?:[^/]+\/)*[^/.]+$|(?:^|\/)(?:config|credentials|secrets?|kubeconfig|settings|environment)$/i;
const script =
  /\.(?:sh|bash|zsh|ksh|fish|ps1|psm1|psd1|bat|cmd|mk|dockerfile|containerfile|awk)$|(?:^|\/)(?:docker|container|make|jenkins|vagrant|proc)file[^/]*$|(?:^|\/)\.(?:bash|zsh|profile)[^/]*$|(?:^|\/)[^/.]+$/i;
const code =
  /\.(?:[cm]?[jt]sx?|py[iwx]?|rb|erb|php\d?|phtml|inc|java|kts?|scala|go|rs|c|cc|cpp|cxx|h|hh|hpp|cs|cshtml|fs|fsx|vb|swift|mm?|p[lm]|t|lua|r|dart|exs?|erl|hrl|cljs?|groovy|gradle|sql|vue|svelte|ipynb|proto|graphql|jl|hs|lhs|ml|mli|el|lisp|scm|tcl|asp|aspx|jspx?|tpl|ejs|hbs|twig|pyx|pxd|d|zig|nim|v|sv|vhd|f90|for|pas|asm|s|y|l|glsl|rake|gemspec|coffee|map)$/i;
const prose =
  /\.(?:md|mdx|markdown|txt|text|rst|html?|xhtml|adoc|asciidoc|tex|bib|[1-9][a-z]?|svg|css|s[ac]ss|less|pot?|log|csv|tsv|srt|xlf|xliff|ts\.xml|rtf|org|pod|texi|info|diff|patch|list|md5sums|sums?|rng|xsd|dtd|desktop)$/i;

function languageOf(path: string): Language {
  if (prose.test(path) && !/(?:^|\/)\.[^/]*$/.test(path)) return 'prose';
  if (code.test(path)) return 'code';
  if (configuration.test(path)) return 'configuration';
  return script.test(path) ? 'script' : 'prose';
}

const vendored =
  /(?:^|\/)(?:node_modules|bower_components|(?:site|dist)-packages|pkg\/mod|gems|jspm_packages|third[-_]party|\.m2|\.cargo\/registry|\.nuget\/packages|\.rustup|\.gradle\/caches|\.npm\/_cacache|\.cache|vendor|wp-includes)\/|^(?:usr\/(?:lib\d*|libexec|include|share|local\/(?:lib\d*|libexec|include|go|share)|src\/(?:linux|kernels)[^/]*)|lib\d*|opt\/(?:conda|pypi)|root\/go\/pkg|nix\/store|snap|var\/lib\/(?:dpkg|apt|gems|ucf|rpm|pacman|python|doc-base|docker|containerd|snapd)|var\/cache)\//i;
/** Folders of the system's own tree where an image's own content is put. */
const ownContent =
  /^usr\/(?:local\/)?(?:share\/(?:nginx|httpd|caddy|tomcat\d*|jetty|html|www)\/|lib\/(?:app|tomcat\d*\/webapps)\/)/i;

const tried =
  /(?:^|\/)(?:tests?|testing|test[-_]?(?:data|suites?|certs|keys|files|resources|fixtures|utils?|helpers?)|specs?|__tests__|__mocks__|fixtures?|mocks?|examples?|samples?|demos?|dummy\w{0,20}|e2e|benchmarks?|quickstarts?|tutorials?)\/|(?:^|\/)(?:test_[^/]*|[^/]*[._-](?:tests?|spec|mock|fixture|testdata)\.[^/]+|[^/]*_test\.[a-z]+|[^/]*Tests?\.(?:java|kt|cs|php|scala|groovy))$/i;
const shown =
  /(?:^|\/)(?:docs?|documentation|man|javadoc|apidocs?|licen[cs]es|changelogs?)\/|^usr\/(?:local\/)?share\/(?:doc|man|info|gtk-doc|help|licenses)\/|(?:^|\/)(?:README|CHANGELOG|CHANGES|HISTORY|LICEN[CS]E|NEWS|COPYING|COPYRIGHT|AUTHORS|TODO|CONTRIBUTING)[^/]*$|[._-](?:examples?|samples?|template|tmpl|dist|skel|default|defaults)(?:\.[^/.]+)?$|\.(?:mdx?|markdown|rst|adoc|[1-9]|example|sample|template|tmpl|dist)$/i;

export function placeOfFile(path: string): Place {
  // What matters stands at the ends of a path; a hostile one is longer than any that is real.
  const read = path.length > 4096 ? `${path.slice(0, 2048)}/${path.slice(-2048)}` : path;
  const purpose = tried.test(read) ? 'test' : shown.test(read) ? 'documentation' : undefined;
  return {
    path: read,
    language: languageOf(read),
    isVendored: vendored.test(read) && !ownContent.test(read),
    ...(purpose === undefined ? {} : { purpose }),
  };
}
