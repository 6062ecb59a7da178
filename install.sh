#!/bin/sh
# Installs aim: one binary, and `aimgr` as a link to it. `sh install.sh --help` says how.
# Everything stands in functions that the last line starts: a script cut short does nothing.

# `npm run release` fills these in, in the copy that lies beside a release.
release_url=''
release_version=''

set -eu
arguments=$#
source='' value='' dir='' action=install dry_run=no stage=''

usage() {
  cat <<'END'
usage: sh install.sh <from where> [--dir <folder>] [--dry-run]
       sh install.sh --uninstall [--dir <folder>] [--dry-run]

from where, one of
  --from-source       build this checkout; needs Node.js 20 or newer and npm
  --from <binary>     install that file
  --version <x.y.z>   install from a release folder, checked against its SHA256SUMS

options
  --dir <folder>      where to put aim: else $XDG_BIN_HOME, else ~/.local/bin
  --uninstall         remove aim and what it has scheduled; your labels and logins stay
  --dry-run           say what would be done, and do nothing
  --help              show this

environment
  AIM_DOWNLOAD_URL    the release folder: a local folder, file://, https://, or http:// to this
                      machine; `{version}` in it stands for the version
END
}

say() { printf '%s\n' "$@"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

fail() { # exit code, message, way out
  printf 'error: %s\n\nhint: %s\n' "$2" "$3" >&2
  exit "$1"
}

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --from=* | --version=* | --dir=*)
        option=${1%%=*} given=${1#*=}
        shift
        set -- "$option" "$given" "$@"
        ;;
    esac
    case $1 in
      --from | --version | --dir)
        [ -n "${2:-}" ] || fail 2 "\`$1\` needs a value" 'see sh install.sh --help'
        case $1 in
          --from) take_source binary "$2" ;;
          --version) take_source release "$2" ;;
          --dir) dir=$2 ;;
        esac
        shift
        ;;
      --from-source) take_source checkout '' ;;
      --uninstall) action=uninstall ;;
      --dry-run) dry_run=yes ;;
      -h | --help) usage && exit 0 ;;
      *) fail 2 "unknown option \`$1\`" 'see sh install.sh --help' ;;
    esac
    shift
  done
  if [ "$action" = uninstall ]; then
    [ -z "$source" ] || fail 2 "--uninstall installs nothing" 'give one or the other'
  elif [ -z "$source" ]; then
    [ -n "$release_version" ] ||
      fail 2 'nothing to install from' 'add --from-source, --from <binary> or --version <x.y.z>'
    take_source release "$release_version"
  fi
}

take_source() {
  [ -z "$source" ] || fail 2 'more than one thing to install from' 'give one of them'
  source=$1 value=$2
}

choose_dir() {
  if [ -z "$dir" ]; then
    case ${XDG_BIN_HOME:-} in
      /*) dir=$XDG_BIN_HOME ;;
      *)
        [ -n "${HOME:-}" ] || fail 1 'HOME is not set' 'say where aim should go: --dir <folder>'
        dir=$HOME/.local/bin
        ;;
    esac
  fi
  case $dir in
    /*) ;;
    # Shells leave the tilde of --dir=~/bin as it is.
    [~]/*) dir=${HOME:-}/${dir#?/} ;;
    *) dir=$(pwd)/$dir ;;
  esac
  case $dir in *:*) fail 2 "no PATH can hold $dir" 'choose a folder without a colon' ;; esac
  while [ "$dir" != "${dir%/}" ]; do dir=${dir%/}; done
}

# --- the machine -------------------------------------------------------------------------------

detect() {
  os=$(uname -s) cpu=$(uname -m) libc=''
  case $os in
    Linux) os=linux ;;
    Darwin) os=macos ;;
    *) fail 1 "aim does not run on $os" 'it runs on Linux and macOS (WSL is Linux)' ;;
  esac
  case $cpu in
    x86_64 | amd64) cpu=x64 ;;
    aarch64 | arm64) cpu=arm64 ;;
    *) fail 1 "aim does not run on a $cpu processor" 'it runs on x86-64 and on 64-bit ARM' ;;
  esac
  # A shell under Rosetta says x86_64 on an ARM machine.
  if [ "$os/$cpu" = macos/x64 ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then
    cpu=arm64
  fi
  if [ "$os" = linux ]; then
    if [ "$(getconf LONG_BIT 2>/dev/null)" = 32 ]; then
      fail 1 'this is a 32-bit system' 'aim needs a 64-bit one'
    fi
    if is_musl; then
      libc=-musl
      say 'note: on musl aim needs libstdc++ (apk add libstdc++)'
    fi
  fi
}

is_musl() { # ldd first: a glibc system may have musl installed beside it
  case $(ldd --version 2>&1) in
    *musl*) return 0 ;;
    *GLIBC* | *'GNU libc'*) return 1 ;;
  esac
  [ -e /etc/alpine-release ] || [ -n "$(ls /lib/ld-musl-* 2>/dev/null)" ]
}

# --- where aim comes from ----------------------------------------------------------------------

find_source() { # checks what can be checked before anything is written
  case $source in
    checkout) find_checkout ;;
    binary) [ -f "$value" ] || fail 1 "there is no file $value" 'give the path of an aim binary' ;;
    release) find_release ;;
  esac
}

find_checkout() {
  checkout=''
  for place in "$(dirname -- "$0")" .; do
    if [ -f "$place/src/main.ts" ] && grep -qs '"name": "aim"' "$place/package.json"; then
      checkout=$(cd -- "$place" && pwd) && break
    fi
  done
  [ -n "$checkout" ] || fail 1 'this is no checkout of aim' 'run install.sh where it lies in one'
  for tool in node npm; do
    has "$tool" || fail 1 "$tool is not there" 'install Node.js 20 or newer, with npm'
  done
  case $(node --version) in
    v[0-9].* | v1[0-9].*) fail 1 "Node.js is too old: $(node --version)" 'install 20 or newer' ;;
  esac
}

find_release() {
  value=${value#v}
  case $value in
    *[!0-9A-Za-z.+-]* | [!0-9]*) fail 2 "\`$value\` is no version" 'give one such as 1.2.3' ;;
  esac
  base=${AIM_DOWNLOAD_URL:-$release_url}
  [ -n "$base" ] || fail 2 'nobody said where releases lie' 'set AIM_DOWNLOAD_URL to their folder'
  case $base in
    *'{version}'*) base=${base%%'{version}'*}$value${base#*'{version}'} ;;
  esac
  archive=aim-$os-$cpu$libc
  case $base in
    https://*) reach=https ;;
    http://*) is_loopback || insecure && reach=loopback ;;
    file:///*) reach=folder base=$(say "${base#file://}" | sed 's/%20/ /g; s/%25/%/g') ;;
    *://*) insecure ;;
    *) reach=folder ;;
  esac
  base=${base%/}
  [ "$reach" != folder ] || [ -d "$base" ] ||
    fail 1 "there is no folder $base" 'AIM_DOWNLOAD_URL names the folder with SHA256SUMS in it'
  has sha256sum || has shasum || has openssl ||
    fail 1 'no checksum can be made' 'install sha256sum, shasum or openssl'
  [ "$reach" = folder ] || has curl || has wget ||
    fail 1 'nothing to download with' 'install curl or wget'
}

is_loopback() { # nothing may stand before or after the host that would make it another one
  authority=${base#http://} authority=${authority%%[/?#\\]*}
  case $authority in
    *@*) return 1 ;;
    '[::1]' | '[::1]':*) host=localhost port=${authority#'[::1]'} ;;
    *) host=${authority%%:*} port=${authority#"$host"} ;;
  esac
  case ${port#:} in *[!0-9]*) return 1 ;; esac
  [ "$host" = 127.0.0.1 ] || [ "$host" = localhost ]
}

insecure() {
  fail 2 "AIM_DOWNLOAD_URL is not safe: $base" 'use https://, a local folder, or this machine'
}

get() { # a file of the release folder, into the stage
  say "getting $base/$1"
  case $reach in
    folder) cp -- "$base/$1" "$stage/$1" ;;
    https) get_https "$base/$1" "$stage/$1" ;;
    loopback) get_loopback "$base/$1" "$stage/$1" ;;
  esac || fail 1 "could not get $base/$1" 'check that address; nothing was installed'
}

get_https() {
  if has curl; then
    curl --proto '=https' --tlsv1.2 -fsSL --retry 3 -o "$2" "$1" </dev/null
  else
    wget -q -t 3 -O "$2" "$1" </dev/null
  fi
}

get_loopback() ( # through no proxy, and no answer leads elsewhere
  export http_proxy='' all_proxy='' ALL_PROXY=''
  if has curl; then curl --proto '=http' -fsS -o "$2" "$1"; else wget -q -t 1 -O "$2" "$1"; fi
)

# --- the new binary ----------------------------------------------------------------------------

install_aim() {
  detect
  find_source
  refuse_foreign
  if [ "$dry_run" = yes ]; then
    case $source in
      checkout) say "would build aim in $checkout" ;;
      binary) say "would take $value" ;;
      release) say "would get $archive.tar.gz from $base and check it against SHA256SUMS" ;;
    esac
    say "would install $dir/aim, and $dir/aimgr as a link to it"
    return
  fi
  make_stage
  here=$(cd -- "$dir" && pwd -P)
  "from_$source"
  try_new
  mv -f -- "$stage/aim" "$dir/aim" || unwritable
  link_aimgr
  say "installed $said as $dir/aim"
  report_path
}

version_of() { "$1" --version </dev/null 2>"${2:-/dev/null}"; }

is_ours() { case $(version_of "$1") in 'aim '[0-9]*) return 0 ;; *) return 1 ;; esac; }

refuse_foreign() {
  if [ ! -e "$dir/aim" ] || is_ours "$dir/aim"; then return; fi
  fail 1 "$dir/aim is not this program" 'move it away, or choose another folder with --dir'
}

unwritable() { fail 1 "could not write in $dir" 'choose a folder of your own with --dir'; }

make_stage() { # in the target folder: what is moved from there appears in one step
  mkdir -p -- "$dir" || unwritable
  stage=$(mktemp -d "$dir/.aim-install.XXXXXX") || unwritable
}

cleanup() { [ -z "$stage" ] || rm -rf -- "$stage"; }

from_checkout() {
  say "building aim in $checkout"
  (cd -- "$checkout" && npm run --silent build) </dev/null >&2 ||
    fail 1 'aim could not be built' 'see the lines above'
  cp -- "$checkout/dist/aim" "$stage/aim" || unwritable
}

from_binary() { cp -- "$value" "$stage/aim" || unwritable; }

from_release() {
  get SHA256SUMS
  wanted=$(awk -v name="$archive.tar.gz" '$2 == name || $2 == "*" name { print $1 }' \
    "$stage/SHA256SUMS")
  case $wanted in *[!0-9a-f]*) wanted='' ;; esac
  [ ${#wanted} -eq 64 ] ||
    fail 1 "SHA256SUMS does not say what $archive.tar.gz must be" \
      'the release is broken, or not for this machine; nothing was installed'
  get "$archive.tar.gz"
  [ "$(sha256_of "$stage/$archive.tar.gz")" = "$wanted" ] ||
    fail 1 "$archive.tar.gz is not what SHA256SUMS says" \
      'it was cut short or changed; nothing was installed. Try again'
  tar -xzof "$stage/$archive.tar.gz" -C "$stage" "$archive/aim" </dev/null ||
    fail 1 "$archive.tar.gz did not unpack" 'see the line above; nothing was installed'
  mv -f -- "$stage/$archive/aim" "$stage/aim"
}

sha256_of() {
  if has sha256sum; then
    sha256sum <"$1"
  elif has shasum; then
    shasum -a 256 <"$1"
  else
    openssl dgst -sha256 -r <"$1"
  fi | cut -d ' ' -f 1
}

try_new() { # nothing that does not run here takes the place of something that does
  chmod 755 "$stage/aim" || unwritable
  if ! said=$(version_of "$stage/aim" "$stage/complaint"); then
    way='take one that was built for this system'
    [ -z "$libc" ] || way='on musl it needs libstdc++: apk add libstdc++'
    head -n 3 "$stage/complaint" >&2
    fail 1 'the new aim does not start here; nothing was installed' "$way"
  fi
  case $said in
    'aim '[0-9]*) ;;
    *) fail 1 'that is no aim: it does not answer --version as aim does' 'nothing was installed' ;;
  esac
  [ "$source" != release ] || [ "$said" = "aim $value" ] ||
    fail 1 "the release holds $said, not aim $value" 'nothing was installed; check AIM_DOWNLOAD_URL'
}

is_our_link() { [ -h "$dir/aimgr" ] && [ "$(readlink "$dir/aimgr")" = aim ]; }

link_aimgr() {
  if is_our_link; then return; fi
  if [ -e "$dir/aimgr" ] || [ -h "$dir/aimgr" ]; then
    warn "$dir/aimgr is another program; it stays as it is"
  else
    ln -s aim "$dir/aimgr" || warn "could not make $dir/aimgr"
  fi
}

# --- what the shell will find ------------------------------------------------------------------

found_as() { # what the user's shell would start, its folder resolved
  at=$(command -v "$1") || return 0
  say "$(cd -- "$(dirname -- "$at")" && pwd -P)/$1"
}

report_path() {
  found=$(found_as aim)
  if [ "$found" != "$here/aim" ]; then
    case :$PATH: in
      *":$dir:"* | *":$dir/:"*) warn "\`aim\` is $found: it stands before $dir on your PATH" ;;
      *)
        path_line
        [ -z "$found" ] || warn "until then \`aim\` is $found"
        ;;
    esac
  fi
  found=$(found_as aimgr)
  [ -z "$found" ] || [ "$found" = "$here/aimgr" ] ||
    warn "\`aimgr\` is $found, another program; it stays as it is"
}

path_line() {
  home='' rest=$dir
  case $dir in "${HOME:-//}"/*) home="\$HOME" rest=${dir#"$HOME"} ;; esac
  quoted=\"$home$(say "$rest" | sed 's/[\\"$`]/\\&/g')
  case ${SHELL:-}/$os in
    */fish/*) file=.config/fish/config.fish line="fish_add_path $quoted\"" ;;
    */csh/* | */tcsh/*) file=.cshrc line="setenv PATH $quoted:\${PATH}\"" ;;
    */zsh/*) file=.zshrc line="export PATH=$quoted:\$PATH\"" ;;
    */bash/linux) file=.bashrc line="export PATH=$quoted:\$PATH\"" ;;
    */bash/macos) file=.bash_profile line="export PATH=$quoted:\$PATH\"" ;;
    *) file=.profile line="export PATH=$quoted:\$PATH\"" ;;
  esac
  say "$dir is not on your PATH. Add this line to ~/$file:" "" "  $line" ""
}

# --- uninstall ---------------------------------------------------------------------------------

uninstall() {
  refuse_foreign
  removed=no
  for unit in \
    "${XDG_CONFIG_HOME:-${HOME:-}/.config}"/systemd/user/aim-*.service \
    "${HOME:-}"/Library/LaunchAgents/dev.aim.*.plist \
    /etc/systemd/system/aim-*.service /Library/LaunchDaemons/dev.aim.*.plist; do
    [ ! -f "$unit" ] || remove_unit "$unit"
  done
  if is_our_link; then remove "$dir/aimgr"; fi
  if [ -e "$dir/aim" ]; then remove "$dir/aim"; fi
  [ "$removed" = yes ] || say "there is no aim in $dir"
  say "kept ${AIM_HOME:-${HOME:-~}}/.aimgr: your labels and logins"
}

remove() {
  removed=yes
  if [ "$dry_run" = yes ]; then
    say "would remove $1"
  else
    rm -f -- "$1" || fail 1 "could not remove $1" 'see the line above'
    say "removed $1"
  fi
}

remove_unit() { # only one that starts this very aim, whose path it spells in its own way
  case $1 in
    *.plist) spelt='s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' ;;
    *) spelt='s/\\x20/ /g; s/\\\(["\\]\)/\1/g; s/%%/%/g' ;;
  esac
  sed "$spelt" "$1" | grep -qF -e "$dir/aim" -e "$here/aim" || {
    warn "$1 starts another aim; it stays as it is"
    return
  }
  [ -w "${1%/*}" ] || {
    warn "$1 stays: only root can remove it"
    return
  }
  name=${1##*/}
  case $1 in
    *.plist) stop launchctl bootout "$(launchd_domain "$1")/${name%.plist}" ;;
    /etc/*) remove_timer --system "$1" "${name%.service}" ;;
    *) remove_timer --user "$1" "${name%.service}" ;;
  esac
  remove "$1"
  case $1 in *.service) stop systemctl "$scope" daemon-reload ;; esac
}

launchd_domain() { case $1 in /Library/*) say system ;; *) say "gui/$(id -u)" ;; esac; }

remove_timer() {
  scope=$1
  stop systemctl "$scope" disable --now "$3.timer"
  stop systemctl "$scope" disable --now "$3.service"
  for file in "${2%/*}"/*.wants/"$3".* "${2%.service}.timer"; do
    if [ -e "$file" ] || [ -h "$file" ]; then remove "$file"; fi
  done
}

stop() { # the manager may not be there, or not know of it: the file goes all the same
  if [ "$dry_run" = no ] && has "$1"; then "$@" </dev/null >/dev/null 2>&1 || true; fi
}

main() {
  [ $# -eq "$arguments" ] || fail 1 'this script was cut short' 'download it again'
  trap cleanup EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  umask 022
  # A program compiled with Bun obeys these, and would not be aim any more.
  unset BUN_BE_BUN BUN_OPTIONS CDPATH
  parse "$@"
  choose_dir
  if [ "$action" = uninstall ]; then
    here=$(cd -- "$dir" 2>/dev/null && pwd -P) || here=$dir
    uninstall
  else
    install_aim
  fi
}

main "$@"
