#!/usr/bin/env bash
# installed_test.sh BUILD SOURCE: what is installed, by CMake and from the package, answers from an
# empty folder, and knows nothing of the folder in which it was built.
set -euo pipefail
build=$1 source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() { echo "$*" >&2; exit 1; }

# Checks the tree installed below $1.
answers() {
  local prefix=$1 empty
  empty=$(mktemp -d -p "$scratch")
  cd "$empty"
  env -i PATH=/usr/bin:/bin "$prefix/bin/chokepoint" run h20_2025 -q -o out >/dev/null
  [ -s out/run.json ] || fail "the installed program left no run.json"
  env -i PATH=/usr/bin:/bin "$prefix/bin/chokepoint" catalog list devices >list
  grep -q nv_h20_96 list || fail "the installed program has no catalogue"
  ! grep -qF "$source/" "$prefix"/bin/chokepoint* || fail "the program names the folder it was built in"
  for file in share/chokepoint/README.md share/chokepoint/scenarios/README.md \
      share/bash-completion/completions/chokepoint share/zsh/vendor-completions/_chokepoint \
      share/fish/vendor_completions.d/chokepoint.fish share/doc/chokepoint/copyright; do
    [ -s "$prefix/$file" ] || fail "no $file"
  done
  [ ! -e "$prefix/bin/chokepoint_fit" ] || fail "chokepoint_fit is installed"
}

cmake --install "$build" --prefix "$scratch/prefix" >/dev/null
answers "$scratch/prefix"

command -v dpkg-shlibdeps >/dev/null || { echo "no dpkg-shlibdeps: the package is not made"; exit 0; }
(cd "$scratch" && cpack --config "$build/CPackConfig.cmake" -B "$scratch/package" >cpack.log 2>&1) ||
  { cat "$scratch/cpack.log" >&2; exit 1; }
package=$(echo "$scratch"/package/chokepoint_*.deb)
depends=$(dpkg-deb --field "$package" Depends)
for library in libsimgrid libfmt; do
  [[ $depends == *$library* ]] || fail "the package does not depend on $library: $depends"
done
dpkg-deb --extract "$package" "$scratch/root"
answers "$scratch/root/usr"
