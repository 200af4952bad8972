#!/usr/bin/env bash
# Installs the packages on a throw-away Debian with real systemd, uses them as people will, and takes them away again.
#
#   packaging/deb/test.sh [--packages FOLDER]
#   packaging/deb/test.sh --prepare                 only has that Debian ready
#
# FOLDER holds packages that packaging/deb/build.sh has made; without it, they are built first, from HEAD. Needs root,
# debootstrap, systemd-container, apt-utils and gnupg; where something is missing it says so, and ends well.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=packaging/deb/machine.sh
. "$here/machine.sh"

server=10.79.0.1
conf=/etc/step-server/step-server.conf
old_version=0.0.1
packages=''
[ "${1:-}" != --packages ] || packages=${2:?usage: packaging/deb/test.sh [--packages FOLDER]}

step() {
    printf '%4d s  %s\n' "$SECONDS" "$*"
}

fail() {
    printf '\n*** %s\n' "$*" >&2
    machine_run journalctl --unit step-server --no-pager --lines 40 >&2 || true
    exit 1
}

missing=$(machine_missing)
if [ -n "$missing" ]; then
    printf 'packaging/deb/test.sh is skipped, for this machine lacks: %s\n' "$(tr '\n' ',' <<< "$missing" | sed 's/,$//; s/,/, /g')"
    exit 0
fi
if [ "${1:-}" = --prepare ]; then
    machine_make
    exit
fi
scratch=$(mktemp -d)
trap 'machine_stop; rm -rf "$scratch"' EXIT
export GNUPGHOME=$scratch/gnupg
mkdir -m 700 "$GNUPGHOME"

# --- helpers that know the machine

# Another machine, as far as the network goes.
connect_client() {
    machine_run sh -c "
        ip link set lo up
        ip netns add client
        ip link add to-client type veth peer name to-server netns client
        ip addr add $server/24 dev to-client && ip link set to-client up
        ip -n client addr add 10.79.0.2/24 dev to-server && ip -n client link set to-server up"
}

# Has the repository inside hold the packages in this folder.
publish() {
    "$here/repo.sh" "$1"
    rm -rf "$(machine_root)/srv/repository"
    cp -r "$1" "$(machine_root)/srv/repository"
    machine_run apt-get update -q > "$scratch/apt" 2>&1 || fail "apt update: $(cat "$scratch/apt")"
}

# The packages as an older version: other numbers, and a configuration file with one line less.
make_older() {
    local package tree
    mkdir "$2"
    for package in "$1"/*.deb; do
        tree=$scratch/tree
        dpkg-deb --raw-extract "$package" "$tree"
        sed -i "s/^Version: .*/Version: $old_version/; s/(= [^)]*)/(= $old_version)/" "$tree/DEBIAN/control"
        [ ! -e "$tree$conf" ] || sed -i '1d' "$tree$conf"
        dpkg-deb --root-owner-group --build "$tree" "$2" > /dev/null
        rm -rf "$tree"
    done
}

install() {
    machine_run apt-get install -q -y --no-install-recommends "$@" > "$scratch/apt" 2>&1 < "${install_input:-/dev/null}" ||
        fail "apt install $*: $(tail -n 30 "$scratch/apt")"
}

# Runs the shell as the user carol of another machine, who has an account alice.
shell() {
    machine_run ip netns exec client runuser -u carol -- env HOME=/home/carol sh -c 'cd && exec step-shell "$@"' shell \
        --server $server --user alice --password-file password "$@"
}

journal() {
    machine_run journalctl --unit step-server --no-pager --output cat
}

answers() {
    machine_run bash -c "exec 3<> /dev/tcp/127.0.0.1/1379" 2> /dev/null
}

# Waits for something to become true, half a minute at most.
await() {
    local deadline=$((SECONDS + 30))
    until "$@"; do
        [ $SECONDS -lt $deadline ] || fail "this has not come true: $*"
        sleep 0.05
    done
}

contains() {
    grep -q -- "$2" "$1"
}

journal_says() {
    journal > "$scratch/journal"
    contains "$scratch/journal" "$1"
}

milliseconds() {
    date +%s%3N
}

# The server's JVM, which is not jsvc's own process.
jvm() {
    machine_run cat /run/step-server/jsvc.pid
}

stop_within_5_seconds() {
    local before
    before=$(milliseconds)
    machine_run systemctl stop step-server
    before=$(($(milliseconds) - before))
    [ $before -lt 5000 ] || fail "it took $before ms to stop $1"
    step "stopped $1: $before ms"
}

# --- the packages

if [ -z "$packages" ]; then
    step "build the packages"
    packages=$scratch/built
    "$here/build.sh" --output "$packages" > /dev/null
fi
new=$scratch/new
old=$scratch/old
mkdir "$new"
cp "$packages"/step-{server,server-s3,shell}_*_all.deb "$new"
make_older "$new" "$old"

step "make the root that the machine begins with, unless it is there"
machine_make
machine_start
connect_client
machine_run useradd --create-home carol
machine_run install -d /etc/apt/keyrings
machine_run sh -c "echo 'deb [signed-by=/etc/apt/keyrings/step.asc] file:/srv/repository ./' > /etc/apt/sources.list.d/step.list"
"$here/repo.sh" "$old"
cp "$old/step.asc" "$(machine_root)/etc/apt/keyrings/"
publish "$old"

# --- the shell alone

install step-shell
step "installed step-shell by name"
machine_run sh -c 'ls /var/cache/step-shell/*.jsa' > /dev/null || fail "there is no archive of the shell's classes"
machine_run runuser -u carol -- env HOME=/home/carol sh -c 'cd && echo s3cret > password && chmod 600 password &&
    head -c 12000000 /dev/urandom > holiday && printf "put holiday\nverify holiday\nls\n" | step-shell --embedded' > "$scratch/out" ||
    fail "the shell alone: $(cat "$scratch/out")"
[ "$(machine_run find /home/carol -name '*.jsa')" = "" ] || fail "the shell did not use the package's archive"
step "the shell works alone, with a server of its own, from the package's archive"

# --- the server

install step-server
answers || fail "the server is installed, but its port does not answer"
step "installed step-server by name, and its port answers"
contains "$scratch/apt" "step-server user add alice" || fail "the installer does not say how to begin"
machine_run systemctl is-enabled step-server > /dev/null || fail "it does not start with the machine"
[ "$(machine_run stat -c %U "/proc/$(jvm)")" = step-server ] || fail "it runs as another user"
[ "$(machine_run stat -c '%U %a' /var/lib/step-server)" = "step-server 750" ] || fail "others could read the store"
machine_run step-server check-config || fail "its own configuration has mistakes"
machine_run bash -c '. /usr/share/bash-completion/completions/step-server && . /usr/share/bash-completion/completions/step-shell &&
    complete -p step-server step-shell' > /dev/null || fail "there is no completion"
machine_run journalctl --unit step-server --priority warning --output cat --no-pager > "$scratch/warnings"
contains "$scratch/warnings" "There are no accounts yet" || fail "the journal has no warnings"
! contains "$scratch/warnings" "Server is ready" || fail "the journal takes news for warnings"
exposure=$(machine_run systemd-analyze security step-server --no-pager | sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p')
awk -v exposure="$exposure" 'BEGIN { exit !(exposure != "" && exposure <= 1.5) }' || fail "exposure to attacks is $exposure"
step "systemd-analyze security: $exposure"

machine_run step-server status > "$scratch/status" || fail "step-server status: $(cat "$scratch/status")"
contains "$scratch/status" "^Ready$" || fail "it is not ready: $(cat "$scratch/status")"
! machine_run runuser -u carol -- step-server status 2> "$scratch/err" || fail "any user can see who is connected"
contains "$scratch/err" "permission denied" || fail "who may not ask is told: $(cat "$scratch/err")"
machine_run bash -c 'exec 3<> /dev/tcp/127.0.0.1/9379 && printf "GET /readyz HTTP/1.0\r\n\r\n" >&3 && cat <&3' > "$scratch/ready"
contains "$scratch/ready" "^ready$" || fail "/readyz says: $(cat "$scratch/ready")"
step "it says that it is ready, to root and over HTTP, and to nobody else who is connected"

machine_run step-server user add alice --password-file /home/carol/password
shell -c 'put holiday; ls; verify holiday; get holiday copy' > "$scratch/out" 2> "$scratch/err" ||
    fail "the shell: $(cat "$scratch/out" "$scratch/err")"
machine_run cmp /home/carol/holiday /home/carol/copy
contains "$scratch/err" "$(machine_run step-server tls show)" || fail "the fingerprints differ: $(cat "$scratch/err")"
! shell --plaintext -c ls > /dev/null 2>&1 || fail "another machine was served without TLS"
step "a user on another machine has put, listed, verified and fetched a file, over TLS alone"

# --- reload

mkfifo "$(machine_root)/home/carol/lines"
shell > "$scratch/connected" 2>&1 < "$(machine_root)/home/carol/lines" &
connected=$!
exec 4> "$(machine_root)/home/carol/lines"
echo ls >&4
await contains "$scratch/connected" holiday
machine_run sed -i 's/^#max-connections-per-user = .*/max-connections-per-user = 77/' $conf
machine_run systemctl reload step-server
await journal_says "max-connections-per-user is 77 from now on"
await journal_says "Reloaded the configuration"
machine_run sed -i 's/^max-connections-per-user/max-conections-per-user/' $conf
! machine_run systemctl reload step-server 2> /dev/null || fail "a configuration with a mistake was reloaded"
journal_says "$conf:[0-9]*: there is no setting max-conections-per-user" ||
    fail "the journal does not say what is wrong"
machine_run sed -i 's/^max-conections-per-user/max-connections-per-user/' $conf
echo whoami >&4
exec 4>&-
wait $connected || fail "the connected client: $(cat "$scratch/connected")"
! contains "$scratch/connected" reconnected || fail "the client lost its connection: $(cat "$scratch/connected")"
step "reloaded, refused to reload what is wrong, and the client that was connected has noticed nothing"

# --- the JVM is killed

await_minute() {
    local pid
    pid=$(jvm)
    while [ "$(machine_run ps -o etimes= -p "$pid")" -lt 61 ]; do
        sleep 0.5
    done
}

begin_slow_put() {
    shell -c "put --limit-rate 3M holiday $1" > "$scratch/put" 2>&1 &
    put=$!
    await sh -c "find '$(machine_root)/var/lib/step-server/uploads' -name data -size +2M | grep -q ."
}

put_completes() {
    wait $put || fail "the put: $(cat "$scratch/put")"
    shell -c "verify holiday $1" > "$scratch/out" 2>&1 || fail "verify: $(cat "$scratch/out")"
}

step "wait until the JVM has run for a minute, when jsvc replaces it at once"
await_minute
begin_slow_put killed
machine_run kill -KILL "$(jvm)"
before=$(milliseconds)
await answers
step "the JVM was killed, and the port answered again after $(($(milliseconds) - before)) ms"
put_completes killed
step "the put that was under way is complete"
machine_run kill -KILL "$(jvm)"
stop_within_5_seconds "while jsvc waits, as a young JVM was killed"

# --- a start that fails

machine_run sed -i 's/^#listen = .*/listen = 192.0.2.1:1379/' $conf
! machine_run systemctl start step-server 2> /dev/null || fail "it says that it has started"
journal_says "Cannot listen on 192.0.2.1:1379" || fail "the journal does not say why it has not started"
machine_run sed -i 's/^listen = .*/#listen = 0.0.0.0:1379/' $conf
machine_run systemctl reset-failed step-server
machine_run systemctl start step-server
answers || fail "systemctl start returned before the port answered"
step "a start that fails says why in the journal, one that works returns when the port answers"

# --- a store in an object storage, of which there is none here

machine_run systemctl stop step-server
machine_run sed -i 's|^store = .*|store = s3://bucket/prefix|; s|^#s3-endpoint = .*|s3-endpoint = http://127.0.0.1:9|; s|^#s3-region = .*|s3-region = us-east-1|' $conf
! machine_run systemctl start step-server 2> /dev/null || fail "it says that it has started on an object storage"
journal_says "install the package step-server-s3" || fail "the journal does not say what to install"
machine_run systemctl stop step-server # or systemd would start it once more before the package is there
install step-server-s3
machine_run install -d /etc/systemd/system/step-server.service.d
machine_run sh -c 'printf "[Service]\nEnvironment=AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret\n" \
    > /etc/systemd/system/step-server.service.d/keys.conf'
machine_run systemctl daemon-reload
machine_run systemctl reset-failed step-server
! machine_run systemctl start step-server 2> /dev/null || fail "it says that it has started on an object storage"
journal_says "The object storage failed to read bucket/prefix/format" || fail "the journal does not say that nobody answers"
machine_run systemctl stop step-server
machine_run sed -i 's|^store = .*|store = /var/lib/step-server|; s|^s3-endpoint = .*|#s3-endpoint = default|; s|^s3-region = .*|#s3-region = default|' $conf
machine_run rm -r /etc/systemd/system/step-server.service.d
machine_run apt-get purge -q -y step-server-s3 > "$scratch/apt" 2>&1 || fail "apt purge: $(tail -n 30 "$scratch/apt")"
machine_run systemctl daemon-reload
machine_run systemctl reset-failed step-server
machine_run systemctl start step-server
step "the daemon says what to install for an object storage, finds it once that is done, and does without it again"

# --- reboot

machine_reboot
connect_client
machine_run rm /home/carol/copy
shell -c 'get holiday copy' > "$scratch/out" 2>&1 || fail "after the reboot: $(cat "$scratch/out")"
machine_run cmp /home/carol/holiday /home/carol/copy
step "found the file again after a reboot"

# --- upgrade in the middle of an upload

publish "$new"
begin_slow_put upgraded
echo n > "$scratch/keep"
install_input=$scratch/keep install step-server step-shell
contains "$scratch/apt" "step-server.conf (Y/I/N/O/D/Z)" || fail "dpkg did not ask about the changed file: $(cat "$scratch/apt")"
put_completes upgraded
machine_run grep -q "^max-connections-per-user = 77" $conf || fail "the upgrade has changed the configuration"
! machine_run dpkg-query --status step-server | grep -q "^Version: $old_version" || fail "it is the old version still"
shell -c 'get holiday again' > "$scratch/out" 2>&1 || fail "after the upgrade: $(cat "$scratch/out")"
step "upgraded from $old_version in the middle of a put, which is complete; settings, accounts and files are there"

begin_slow_put stalled
machine_run ip -n client link set to-server down
stop_within_5_seconds "while the line of a client that uploads is dead"
machine_run pkill -KILL -u carol java
wait $put || true

# --- remove and purge

remove() {
    machine_run apt-get "$1" -q -y step-server > "$scratch/apt" 2>&1 || fail "apt $1: $(cat "$scratch/apt")"
}

remove remove
machine_run test -e /var/lib/step-server/users -a -e /etc/step-server/accounts -a ! -e /usr/share/step-server ||
    fail "remove has removed too much or too little"
remove purge
machine_run test -e /var/lib/step-server/users -a ! -e /etc/step-server || fail "purge has removed too much or too little"
step "remove has kept data and settings, purge the data"
install step-server
echo 'step-server step-server/purge-data boolean true' | machine_run debconf-set-selections
remove purge
machine_run test ! -e /var/lib/step-server -a ! -e /etc/step-server || fail "purge has left what the admin wanted removed"
! machine_run getent passwd step-server > /dev/null || fail "the system user is still there"
machine_run apt-get purge -q -y step-shell > /dev/null 2>&1
machine_run test ! -e /var/cache/step-shell || fail "the shell has left its archive"
step "purge has removed the data when asked to"
