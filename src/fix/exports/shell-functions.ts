import { shellWord } from '../../remedy/shell.ts';

/** The functions that a script calls, and what they call in turn. */
export function functionsFor(body: readonly string[], unit: string): string[] {
  const called = new Set<string>();
  const need = (text: string) => {
    for (const [name, { text: own }] of Object.entries(functions)) {
      if (called.has(name) || !new RegExp(String.raw`(?:^|[ ;])${name}\b`, 'm').test(text)) continue;
      called.add(name);
      need(own);
    }
  };
  need(body.join('\n'));
  const settings = [
    'umask 077',
    // What programs say is compared.
    'export LC_ALL=C',
    `unit=\${DOCKER_UNIT:-${shellWord(unit)}}`,
    'backup=${PLIMSOLL_BACKUP:-/var/backups/plimsoll-$(date +%Y%m%d-%H%M%S)}',
    "new=''",
    `trap '[ -z "$new" ] || rm -f "$new"' EXIT`,
  ];
  const own = Object.entries(functions).filter(([name]) => called.has(name));
  return ['', ...settings, ...own.flatMap(([name, { comment, text }]) => ['', `# ${comment}`, `${name}() {${text}}`])];
}

interface ShellFunction {
  readonly comment: string;
  readonly text: string;
}

const functions: Readonly<Record<string, ShellFunction>> = {
  say: {
    comment: 'say TEXT',
    text: String.raw`
  printf '%s\n' "$1"
`,
  },
  fail: {
    comment: 'fail TEXT',
    text: String.raw`
  printf '%s\n' "$1" >&2
  [ ! -d "$backup" ] || printf '%s\n' "What was replaced is in $backup" >&2
  exit 1
`,
  },
  as_planned: {
    comment: 'as_planned FILE SHA256|none: whether the file is still what was planned on',
    text: String.raw`
  if [ -L "$1" ]; then return 1; fi
  if [ "$2" = none ]; then [ ! -e "$1" ]; return; fi
  [ -f "$1" ] && [ "$(sha256sum < "$1")" = "$2  -" ]
`,
  },
  back_up: {
    comment: 'back_up FILE: the first one is kept',
    text: String.raw`
  [ -e "$1" ] && [ ! -e "$backup$1" ] || return 0
  mkdir -p "$backup$(dirname "$1")"
  cp -p "$1" "$backup$1"
`,
  },
  make_folder: {
    comment: 'make_folder FOLDER',
    text: String.raw`
  [ -d "$1" ] || mkdir -m 0755 "$1"
`,
  },
  put: {
    comment: 'put FILE MODE OWNER:GROUP SHA256|none plain|encoded: replaces the file as a whole by standard input',
    text: String.raw`
  new=$(mktemp "$(dirname "$1")/.plimsoll.XXXXXX")
  if [ "$5" = encoded ]; then base64 -d > "$new"; else cat > "$new"; fi
  if [ -L "$1" ] || ! cmp -s "$new" "$1"; then
    as_planned "$1" "$4" || fail "$1 is not as it was when this was planned: plan again"
  fi
  back_up "$1"
  chown "$3" "$new"
  chmod "$2" "$new"
  mv -f "$new" "$1"
  new=''
  if command -v restorecon > /dev/null 2>&1; then restorecon "$1" || :; fi
`,
  },
  take_away: {
    comment: 'take_away FILE SHA256',
    text: String.raw`
  if [ ! -e "$1" ] && [ ! -L "$1" ]; then return 0; fi
  as_planned "$1" "$2" || fail "$1 is not as it was when this was planned: plan again"
  back_up "$1"
  rm -f "$1"
`,
  },
  change_access: {
    comment: 'change_access PATH MODE OWNER:GROUP',
    text: String.raw`
  [ ! -L "$1" ] || fail "$1 is a link: plan again"
  chown "$3" "$1"
  chmod "$2" "$1"
`,
  },
  settle: {
    comment: 'settle TEXT COMMAND…: runs it; that it fails with this text means that it is so already',
    text: String.raw`
  known=$1
  shift
  if answer=$("$@" 2>&1); then return 0; fi
  case $answer in *"$known"*) return 0 ;; esac
  fail "$answer"
`,
  },
  leave_group: {
    comment: 'leave_group USER GROUP',
    text: String.raw`
  if command -v gpasswd > /dev/null 2>&1; then
    settle 'is not a member' gpasswd --delete "$1" "$2"
  else
    delgroup "$1" "$2"
  fi
`,
  },
  reload_units: {
    comment: 'reload_units',
    text: String.raw`
  systemctl daemon-reload
`,
  },
  reload_docker: {
    comment: 'reload_docker',
    text: String.raw`
  if command -v systemctl > /dev/null 2>&1; then
    systemctl reload "$unit"
  else
    kill -HUP "$(cat /var/run/docker.pid)"
  fi
`,
  },
  await_live_restore: {
    comment: 'await_live_restore: a restart before it is on would stop every container',
    text: String.raw`
  tries=30
  until docker info 2> /dev/null | grep -q 'Live Restore Enabled: true'; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail 'live-restore does not come on'
    sleep 1
  done
`,
  },
  restart_docker: {
    comment: 'restart_docker',
    text: String.raw`
  if command -v systemctl > /dev/null 2>&1; then
    systemctl reset-failed "$unit" || :
    systemctl restart "$unit" || fail 'the engine does not start with the new configuration'
  else
    service "${'$'}{unit%.service}" restart || fail 'the engine does not start with the new configuration'
  fi
  tries=60
  until docker info > /dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail 'the engine does not come back with the new configuration'
    sleep 1
  done
`,
  },
};
