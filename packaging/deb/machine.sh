# A throw-away Debian with systemd as its first process, for packaging/deb/test.sh: functions, to be sourced by bash.
#
#   machine_missing           prints what this host lacks to run one; nothing when all is there
#   machine_make              makes the root that all machines begin with, unless it is there (a minute)
#   machine_start             starts a machine on it, which has a network of its own, and waits until it is up
#   machine_run COMMAND...    runs a command inside as root, with nothing of this environment
#   machine_root              where its files are, seen from here
#   machine_reboot            as its administrator would
#   machine_stop              ends it; what it has written is gone
#
# The root is kept in $machine_base, and holds what packages of ours depend on, downloaded but not installed. A machine is
# systemd-nspawn on an overlay of it that lives in memory, in a mount namespace and control group of its own.
# shellcheck shell=bash

machine_base=${STEP_MACHINE_BASE:-${XDG_CACHE_HOME:-$HOME/.cache}/step/debian-bookworm}
machine_downloads="default-jre-headless jsvc"
machine_name=step-test-$$
machine_folder=''
machine_pid=''

machine_missing() {
    local program
    [ "$(id -u)" = 0 ] || echo "root"
    for program in debootstrap systemd-nspawn unshare nsenter dpkg-deb apt-ftparchive gpg; do
        command -v "$program" > /dev/null || echo "$program"
    done
    unshare --mount true 2> /dev/null || echo "the right to make namespaces"
}

machine_make() {
    local packages=systemd,systemd-sysv,dbus,iproute2,procps,adduser,ca-certificates,debconf-utils unit
    [ ! -e "$machine_base.made" ] || return 0
    rm -rf "$machine_base"
    mkdir -p "$machine_base"
    debootstrap --variant=minbase --include="$packages" bookworm "$machine_base" > "$machine_base.log" 2>&1 || {
        tail -n 20 "$machine_base.log" >&2
        return 1
    }
    # shellcheck disable=SC2086  # a list of packages
    chroot "$machine_base" apt-get install -q -y --no-install-recommends --download-only $machine_downloads \
        >> "$machine_base.log" 2>&1
    rm -f "$machine_base/etc/resolv.conf" "$machine_base/var/lib/dbus/machine-id"
    echo step-test > "$machine_base/etc/hostname"
    printf '127.0.0.1 localhost\n127.0.1.1 step-test\n' > "$machine_base/etc/hosts"
    : > "$machine_base/etc/machine-id"
    for unit in console-getty.service getty@tty1.service systemd-timesyncd.service apt-daily.timer apt-daily-upgrade.timer; do
        ln -s /dev/null "$machine_base/etc/systemd/system/$unit"
    done
    : > "$machine_base.made"
}

machine_start() {
    machine_folder=$(mktemp -d)
    setsid unshare --mount --propagation private bash -c "$(declare -f machine_run_nspawn machine_join_group); machine_run_nspawn \"\$@\"" \
        machine "$machine_name" "$machine_base" "$machine_folder" > "$machine_folder/console" 2>&1 < /dev/null &
    machine_pid=$!
    machine_await_up
}

# The process that stays outside: ends when the machine is switched off, and starts it again when it reboots.
machine_run_nspawn() {
    local name=$1 base=$2 folder=$3 status reboot=133
    machine_join_group "$name"
    mount -t tmpfs tmpfs /run # where nspawn wants no disk
    mount -t tmpfs tmpfs "$folder"
    mkdir "$folder/upper" "$folder/work" "$folder/root"
    mount -t overlay -o "lowerdir=$base,upperdir=$folder/upper,workdir=$folder/work" overlay "$folder/root"
    while :; do
        status=0
        systemd-nspawn --quiet --register=no --keep-unit --private-network --machine="$name" --directory="$folder/root" \
            --console=pipe --boot || status=$?
        [ "$status" = "$reboot" ] || exit "$status"
    done
}

# systemd wants a control group that it can manage; where there are two kinds of them, it is to see the newer kind only.
machine_join_group() {
    local hierarchy
    for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
        if [ -e "$hierarchy/cgroup.procs" ]; then
            mkdir -p "$hierarchy/$1"
            echo $$ > "$hierarchy/$1/cgroup.procs"
        fi
    done
    if [ -e /sys/fs/cgroup/unified/cgroup.procs ]; then
        umount --recursive --lazy /sys/fs/cgroup
        mount -t cgroup2 cgroup2 /sys/fs/cgroup
    fi
}

# The machine's first process, as this host numbers it; nothing while there is none.
machine_leader() {
    local nspawn leader
    nspawn=$(pgrep -P "$machine_pid" -f systemd-nspawn | head -n 1) || return 0
    leader=$(pgrep -P "$nspawn" | head -n 1) || return 0
    [ "$(cat "/proc/$leader/comm" 2> /dev/null)" != systemd ] || echo "$leader"
}

machine_await_up() {
    local attempt
    for ((attempt = 0; attempt < 600; attempt++)); do
        kill -0 "$machine_pid" 2> /dev/null || break
        case $(machine_run systemctl is-system-running 2> /dev/null) in running | degraded) return 0 ;; esac
        sleep 0.1
    done
    echo "the machine did not come up:" >&2
    cat "$machine_folder/console" >&2
    return 1
}

machine_run() {
    local leader
    leader=$(machine_leader)
    [ -n "$leader" ] || return 1
    nsenter --target "$leader" --mount --uts --ipc --net --pid --cgroup --wd="/proc/$leader/root" \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb DEBIAN_FRONTEND=noninteractive "$@"
}

machine_root() {
    echo "/proc/$(machine_leader)/root"
}

machine_reboot() {
    local before
    before=$(machine_leader)
    machine_run systemctl reboot
    while [ "$(machine_leader)" = "$before" ]; do
        sleep 0.1
    done
    machine_await_up
}

machine_stop() {
    local leader
    [ -n "$machine_pid" ] || return 0
    leader=$(machine_leader)
    [ -z "$leader" ] || kill -KILL "$leader"
    wait "$machine_pid" 2> /dev/null || true
    machine_pid=''
    rmdir "$machine_folder" /sys/fs/cgroup{,/unified,/systemd}/"$machine_name" 2> /dev/null || true
}
