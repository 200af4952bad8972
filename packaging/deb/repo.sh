#!/usr/bin/env bash
# Makes a flat, signed apt repository of the packages in a folder, so that machines can install them by name.
#
#   packaging/deb/repo.sh [--key ID] FOLDER
#
# --key names the secret key of gpg to sign with; without it, one is made, and kept in $GNUPGHOME as usual. What is in
# FOLDER afterwards can be served by any web server; README.txt there says how machines use it.
# Needs apt-utils and gnupg.
set -euo pipefail

die() {
    printf 'repo.sh: %s\n' "$1" >&2
    exit 1
}

identity='STEP packages <packages@step.invalid>'
key=''
if [ "${1:-}" = --key ]; then
    key=${2:?repo.sh: --key needs an ID}
    shift 2
fi
folder=${1:?usage: repo.sh [--key ID] FOLDER}
cd "$folder"
[ -n "$(find . -maxdepth 1 -name '*.deb')" ] || die "there are no packages in $folder: packaging/deb/build.sh makes them"

if [ -z "$key" ]; then
    key=$identity
    gpg --batch --list-secret-keys "$key" > /dev/null 2>&1 ||
        gpg --batch --quiet --passphrase '' --quick-generate-key "$key" ed25519 sign never
fi

rm -f Packages* Release* InRelease step.asc
apt-ftparchive packages . > Packages
xz -k Packages
apt-ftparchive -o APT::FTPArchive::Release::Origin=STEP -o APT::FTPArchive::Release::Label=STEP \
    -o APT::FTPArchive::Release::Architectures=all release . > Release.new
mv Release.new Release
gpg --batch --yes --local-user "$key" --clearsign --output InRelease Release
gpg --batch --yes --armor --export "$key" > step.asc

cat > README.txt << END
On a machine with Debian 12, Ubuntu 22.04 or later, with URL being where this folder is served
(or file:/path/to/this/folder), as root:

    install -D -m 0644 step.asc /etc/apt/keyrings/step.asc
    echo 'deb [signed-by=/etc/apt/keyrings/step.asc] URL ./' > /etc/apt/sources.list.d/step.list
    apt update
    apt install step-server
    apt install step-shell
END
