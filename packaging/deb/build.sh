#!/usr/bin/env bash
# Builds step-server_VERSION_all.deb, step-server-s3_VERSION_all.deb and step-shell_VERSION_all.deb from a commit, and
# step-sbom.json, the list of the libraries in them: the same commit gives the same bytes.
#
#   packaging/deb/build.sh [--output FOLDER] [COMMIT]
#
# COMMIT is HEAD by default; what is not committed is not built. FOLDER is target/deb by default. VERSION is the project's,
# for a snapshot with the time and the name of the commit. Needs git, Maven, and the packages that debian/control says:
# apt install git maven debhelper asciidoctor bash-completion openjdk-17-jdk-headless po-debconf
set -euo pipefail

die() {
    printf 'build.sh: %s\n' "$1" >&2
    exit 1
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
output=$root/target/deb
if [ "${1:-}" = --output ]; then
    [ -n "${2:-}" ] || die "--output needs a folder"
    output=$2
    shift 2
fi
commit=$(git -C "$root" rev-parse --verify --quiet "${1:-HEAD}^{commit}") || die "there is no commit ${1:-HEAD}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/step
mkdir "$tree"
git -C "$root" archive "$commit" | tar -x -C "$tree"

# The project's version as Debian orders them: 0.1.0~git... comes before 0.1.0.
version() {
    local project
    project=$(sed -n '0,/<version>/s/.*<version>\(.*\)<\/version>.*/\1/p' "$tree/pom.xml")
    case $project in
        *-SNAPSHOT) echo "${project%-SNAPSHOT}~git$(TZ=UTC0 git -C "$root" log -1 --date=format-local:%Y%m%d%H%M%S \
            --format=%cd "$commit").${commit:0:7}" ;;
        *) echo "$project" ;;
    esac
}

lay_out_debian() {
    cp -r "$tree/packaging/deb/debian" "$tree/debian"
    cp "$tree/packaging/systemd/step-server.service" "$tree/debian/"
    cat > "$tree/debian/changelog" << END
step ($(version)) unstable; urgency=medium

  * Commit ${commit:0:12}.

 -- $(sed -n 's/^Maintainer: //p' "$tree/debian/control")  $(git -C "$root" log -1 --date=rfc2822 --format=%cd "$commit")
END
}

# The jars, and what reads the programs' definitions for manual pages.
build_jars() {
    local picocli
    run_maven -Dquick -pl daemon,s3,shell -am package
    picocli=$(basename "$tree"/daemon/target/quick/lib/picocli-[0-9]*.jar .jar)
    mkdir "$tree/debian/generated"
    run_maven -N dependency:copy -Dartifact="info.picocli:picocli-codegen:${picocli#picocli-}" \
        -Dmdep.stripVersion -DoutputDirectory="$tree/debian/generated"
}

run_maven() {
    (cd "$tree" && mvn -q -B -Dstyle.color=never "$@" < /dev/null)
}

lay_out_debian
build_jars
# What is in the jars, for who looks for known holes.
run_maven org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom
(cd "$tree" && dpkg-buildpackage --build=binary --no-sign > "$work/log" 2>&1) || {
    cat "$work/log" >&2
    die "dpkg-buildpackage failed"
}
mkdir -p "$output"
rm -f "$output"/step-{server,server-s3,shell}_*_all.deb
cp "$work"/*.deb "$tree/target/step-sbom.json" "$output/"
ls "$output"/step-{server,server-s3,shell}_*_all.deb
