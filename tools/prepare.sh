# Shared by tools/demo and tools/test: says what it does, installs what is missing, builds.
# Sourced, never run. Expects $root, the project's folder.

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
[ -t 1 ] && [ "${TERM:-dumb}" != dumb ] && [ -z "${NO_COLOR:-}" ] || say() { printf '== %s\n' "$*"; }

packages=(
  g++ cmake ninja-build ccache pkg-config
  libsimgrid-dev libboost-dev libboost-graph-dev libboost-random-dev libboost-math-dev libboost-iostreams-dev libsimdjson-dev libzstd-dev libsqlite3-dev
  libprotobuf-dev protobuf-compiler libcli11-dev libfmt-dev libnlopt-cxx-dev libnlopt-dev libceres-dev
  catch2 libbenchmark-dev librapidcheck-dev python3 python3-protobuf python3-pandas
)
# What pages are made with. Node.js of other origin brings npm, and Debian's would not go beside it.
command -v npm >/dev/null || packages+=(nodejs npm)
browser_packages=(chromium)  # For tests of pages.
installed_some=no

# Installs those of the given Debian packages that are missing, as root or through sudo.
install_missing() {
  local installed missing=() package
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    grep -qx "$package installed" <<<"$installed" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "missing packages: ${missing[*]}" >&2
      echo "cannot install them: not root, and there is no sudo. As root, run:" >&2
      echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
      exit 5
    fi
    as_root=(sudo)
  fi
  say "installing ${#missing[@]} packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  installed_some=yes
}

# Configures preset $1, once, after something was installed and where settings follow, and builds
# target $2. Quick when nothing has changed.
build() {
  local preset=$1 target=$2
  shift 2
  if [ ! -f "$root/build/$preset/build.ninja" ] || [ "$installed_some" = yes ] || [ $# -gt 0 ]; then
    say "configuring $preset"
    local said
    said=$(cd "$root" && cmake --preset "$preset" "$@" 2>&1) || {
      printf '%s\n' "$said" >&2
      exit 5
    }
  fi
  say "building $preset ($target)"
  cmake --build "$root/build/$preset" --target "$target"
}
