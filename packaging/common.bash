# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What packaging/run, packaging/test, packaging/package and .ci/run share: finding out what is missing, installing
# it, configuring and building. Everything is said on stderr: stdout belongs to the program that is run.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build=$root/build/release

# say LINE...
say() { printf '%s\n' "$@" >&2; }

die() {
    say "$@"
    exit 1
}

# packages_of GROUP: the packages of a group, one a line.
packages_of() {
    awk -v group="[$1]" '/^\[/ { on = $1 == group; next } on && NF && !/^#/ { print $1 }' \
        "$root/packaging/debian-packages"
}

# missing_packages GROUP...: those of the groups' packages that are not installed, one a line. The group 'npm' counts
# only where npm is needed.
missing_packages() {
    local group wanted=()
    for group; do
        [[ $group != npm ]] || npm_is_needed || continue
        mapfile -t -O "${#wanted[@]}" wanted < <(packages_of "$group")
    done
    comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) \
        <({ dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true; } |
            sed -n 's/^installed //p' | sort -u)
}

is_root() {
    (($(id -u) == 0))
}

# as_root COMMAND...: runs the command as root, asking sudo where need be.
as_root() {
    if is_root; then
        "$@"
    elif [[ -t 0 ]]; then
        sudo -- "$@"
    else
        sudo -n -- "$@"
    fi
}

explain_packages() {
    say "Needed on Debian 12 (other systems have them under similar names):" \
        $'\n  '"$(for group in "$@"; do packages_of "$group"; done | sort -u | paste -sd ' ' - | fold -sw 100 |
            sed '2,$s/^/  /')"
}

# need_packages GROUP...: installs what is missing of the groups, or says why it cannot and how to go on.
need_packages() {
    [[ -z ${OCTOTRAIL_SKIP_PACKAGES:-} ]] || return 0
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        explain_packages "$@"
        die "" "This is not Debian, so that they cannot be installed from here. Install them (and DuckDB or npm), then" \
            "set OCTOTRAIL_SKIP_PACKAGES=1 and run this again."
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0

    local command="apt-get install --no-install-recommends ${missing[*]}"
    if ! is_root; then
        command -v sudo >/dev/null ||
            die "Some packages are missing, and neither root's rights nor sudo are here to install them." \
                "Have an administrator run this, then try again:" "" "  $command"
        if [[ ! -t 0 ]] && ! sudo -n true 2>/dev/null; then
            die "Some packages are missing, and sudo wants a password but there is no terminal to type it in." \
                "Run this, then try again:" "" "  sudo $command"
        fi
    fi

    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    mkdir -p "$root/build"
    local log=$root/build/apt.log
    if install_packages "${missing[@]}" >"$log" 2>&1 </dev/null; then
        return 0
    fi
    tail -n 15 "$log" >&2
    if grep -qE 'Temporary failure resolving|Could not resolve|Could not connect|Unable to connect|Connection (refused|timed out)|Network is unreachable' "$log"; then
        die "" "Debian's servers cannot be reached. Connect to the network (or set apt's proxy) and run this again," \
            "or install the packages from a mirror of yours:" "" "  $command"
    elif grep -qE 'Unable to locate package|has no installation candidate' "$log"; then
        die "" "Apt does not know some of the packages. Octotrail is built on Debian 12 (bookworm): elsewhere install what" \
            "comes next to them, then set OCTOTRAIL_SKIP_PACKAGES=1 and run this again. On Debian 12, look whether" \
            "/etc/apt/sources.list* names the component 'main' of bookworm."
    fi
    die "" "Apt could not install them; its messages are above and in $log." \
        "Mend what it says (often: apt-get --fix-broken install), then run this again."
}

install_packages() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    # A failing update alone is no reason to stop: one broken third-party source makes it fail.
    as_root "${apt[@]}" update || echo "apt-get update failed"
    as_root "${apt[@]}" install -y --no-install-recommends "$@"
}

# duckdb_is_here: whether CMake will find DuckDB without npm. (See packaging/cmake/FindDuckDB.cmake.)
duckdb_is_here() {
    local cache=${OCTOTRAIL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/octotrail}
    [[ -n ${DUCKDB_ROOT:-}${DuckDB_ROOT:-} ]] ||
        [[ -e /usr/include/duckdb.h || -e /usr/local/include/duckdb.h ]] ||
        { compgen -G "$cache/npm/*/package/libduckdb.so" && compgen -G "$cache/npm/*/package/src/*/src/include/duckdb.h"; } \
            >/dev/null
}

# npm_is_needed: npm may come from elsewhere than Debian, and then Debian's must not be put beside it.
npm_is_needed() {
    ! duckdb_is_here && ! command -v npm >/dev/null
}

# jobs_to_run: how many compilers fit: one a core, and about 1 GB of free memory each.
jobs_to_run() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1000000) }' /proc/meminfo 2>/dev/null || echo "$cores")
    ((memory >= 1)) || memory=1
    echo $((cores < memory ? cores : memory))
}

# progress: reads ninja's output, keeps all of it on descriptor 3, and shows how far it is.
progress() {
    local line shown=-100
    while IFS= read -r line; do
        printf '%s\n' "$line" >&3
        if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
            if [[ -t 2 ]]; then
                printf '\rBuilding %s of %s \e[K' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
            elif ((SECONDS - shown >= 15)); then
                say "Building ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"
                shown=$SECONDS
            fi
        fi
    done
    if [[ -t 2 ]]; then
        printf '\r\e[K' >&2
    fi
}

# configured: whether the build folder belongs to this source folder and what it was configured with is still there.
configured() {
    local cache=$build/CMakeCache.txt
    [[ -e $build/build.ninja && -e $cache ]] || return 1
    [[ $(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$cache") == "$root" ]] || return 1
    [[ -e $(sed -n 's/^DuckDB_LIBRARY:[A-Z]*=//p' "$cache") ]]
}

configure() {
    { mkdir -p "$build" && [[ -w $build ]]; } 2>/dev/null ||
        die "Nothing can be written to $build (was it made by another user?). Make it yours with chown, or remove it."
    configured && return 0
    say "Configuring (release)"
    local log=$root/build/configure.log fresh=()
    [[ ! -e $build/CMakeCache.txt ]] || fresh=(--fresh)
    if ! (cd "$root" && cmake --preset release "${fresh[@]}") >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        die "" "CMake could not configure the build; its messages are above and in $log."
    fi
}

# compile [TARGET...]: configures where need be, and builds the targets (all, if none is named).
compile() {
    configure
    local target arguments=() log=$build/build.log
    for target; do
        arguments+=(--target "$target")
    done
    if ! cmake --build "$build" -j "$(jobs_to_run)" "${arguments[@]}" 2>&1 </dev/null | progress 3>"$log"; then
        awk '/^FAILED:/ { on = 1 } on' "$log" | head -n 60 >&2
        die "" "The build failed; its output is in $log."
    fi
}
