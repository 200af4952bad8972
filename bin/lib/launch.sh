# The part that bin/step-shell and bin/step-server share; they set name, module, sources, main, options and bin, and
# training when the program is to start from an archive of its classes, extension when it can load a module that it does not
# contain. packaging/systemd/run-in-jsvc sets jsvc, too.
#
#   source tree   bin/NAME beside pom.xml; MODULE/target/ as `mvn package` leaves it, or MODULE/target/quick/,
#                 which is built here when neither is newer than every source
#                 an extension is built as the module is, once it has been built for the first time
#   installed     PREFIX/bin/NAME, PREFIX/share/NAME/launch.sh, PREFIX/share/NAME/lib/*.jar,
#                 PREFIX/share/NAME/EXTENSION/*.jar if that is installed, too
#
#   archive       /var/cache/NAME/NAME-SUM.jsa, which the package makes, else ${XDG_CACHE_HOME:-~/.cache}/step/NAME-SUM.jsa,
#                 made in the background by the first start that misses it; one for each combination of JVM and jars
#
# Environment: JAVA_HOME (else java on the PATH), STEP_JAVA_OPTS (more options for the JVM), STEP_ARCHIVE_ONLY (a folder:
# make the archive there, and end).
# Nothing is printed when all is well, and the JVM takes this process's place: signals and exit status are its own.
# shellcheck shell=sh disable=SC2154,SC2086  # the launchers set them; lists of options are split on purpose

set -f  # STEP_JAVA_OPTS and lists are split into words, never taken for file patterns

die() {
    printf '%s: %s\n' "$name" "$1" >&2
    exit 1
}

# Sets java and java_home. The release file is read because asking the JVM itself would cost as much as the program.
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || die "JAVA_HOME is $JAVA_HOME, which has no bin/java: correct or unset it"
    else
        java=$(command -v java) ||
            die "no java found: install a JDK, 17 or later (Debian, Ubuntu: apt install openjdk-17-jdk-headless)"
    fi
    java_home=$(readlink -f -- "$java")
    java_home=${java_home%/bin/java}
    java_version=
    if [ -r "$java_home/release" ]; then
        while IFS='=' read -r variable value; do
            [ "$variable" != JAVA_VERSION ] || { java_version=$value; break; }
        done < "$java_home/release"
    else
        java_home=
        java_version=$("$java" -version 2>&1 | sed -n 's/.* version \("[^"]*"\).*/\1/p')
    fi
    java_version=${java_version#\"}
    java_version=${java_version%\"}
    major=${java_version%%[!0-9]*}
    [ "${major:-0}" -ge 17 ] || die "Java 17 or later is needed, but $java is ${java_version:-of no known version}"
}

# File names are bytes to us; Java takes them for text in the locale's encoding. A locale that is named but not
# installed counts as none, so the C library is asked.
use_utf8() {
    [ "$(locale charmap 2> /dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
}

# Whether the jar $1 exists and no source is newer.
fresh() {
    [ -f "$1" ] || return 1
    set -- -newer "$1" -print -quit
    for part in $sources; do
        set -- "$root/$part/pom.xml" "$root/$part/src/main" "$@"
    done
    [ -z "$(find "$root/pom.xml" "$@")" ]
}

# Whether the extension has been built here; from then on it is kept as new as the program.
has_extension() {
    [ -n "${extension:-}" ] || return 1
    [ -f "$root/$extension/target/quick/step-$extension.jar" ] || [ -f "$root/$extension/target/step-$extension.jar" ]
}

# Sets class_path, and extension_path, if there is a build to run.
find_build() {
    for target in target/quick target; do
        if fresh "$root/$module/$target/step-$module.jar"; then
            ! has_extension || fresh "$root/$extension/$target/step-$extension.jar" || continue
            use_build "$target"
            return
        fi
    done
    return 1
}

# Runs what was built into the folder $1 of each module.
use_build() {
    class_path="$root/$module/$1/step-$module.jar:$root/$module/$1/lib/*"
    ! has_extension || extension_path="$root/$extension/$1:$root/$extension/$1/lib"
}

# Two at once do not build twice: the second waits, and then finds the first one's build.
build() {
    [ ! -t 2 ] || printf 'Building %s...\n' "$name" >&2
    command -v mvn > /dev/null ||
        die "Maven is needed to build it: install Maven (Debian, Ubuntu: apt install maven)"
    [ -z "$java_home" ] || [ -x "$java_home/bin/javac" ] ||
        die "a JDK is needed to build it, and $java_home has no javac: install one, or set JAVA_HOME"
    exec 9< "$root/pom.xml"
    ! command -v flock > /dev/null || flock 9
    if ! find_build; then
        quick=$root/$module/target/quick
        { mkdir -p "$quick" && : > "$quick/started"; } || die "cannot write to $quick"
        # Never written over: a server or shell that runs from the old jars goes on reading them.
        for part in $sources; do
            rm -f "$root/$part/target/quick/step-$part.jar"
        done
        output=$(run_maven 2>&1) || {
            printf '%s\n' "$output" | errors >&2
            die "the build failed; this shows all of it: (cd '$root' && mvn -Dquick package)"
        }
        # What was edited during the build is newer than the build.
        touch -c -r "$quick/started" "$quick/step-$module.jar" "$root/${extension:-$module}/target/quick/step-${extension:-$module}.jar"
        find_build || use_build target/quick
    fi
    exec 9<&-
}

# The lines of Maven's output that say what is wrong.
errors() {
    escape=$(printf '\033')
    sed -n -e "s/$escape\[[0-9;]*m//g" -e 's/ -> \[Help [0-9]*\]$//' \
        -e '/\] To see the full stack\|\] Re-run Maven\|\] For more information\|\] \[Help/d' \
        -e '/\] After correcting\|\]   mvn <args>\|\] *$/d' -e '/ERROR\|FATAL/p'
}

run_maven() {
    [ -z "$java_home" ] || export JAVA_HOME="$java_home"
    cd "$root" && exec mvn -q -B -Dstyle.color=never -Dquick -pl "$modules" -am package < /dev/null 9<&-
}

# Sets archive to the one that the package has made for all users, if that fits. With STEP_ARCHIVE_ONLY it is made there,
# and that is all.
find_shared_archive() {
    if [ -n "${STEP_ARCHIVE_ONLY:-}" ]; then
        cache=$STEP_ARCHIVE_ONLY
        archive=$cache/$1
        [ -f "$archive" ] || make_archive < /dev/null > /dev/null 2>&1
        exit
    fi
    [ -f "/var/cache/$name/$1" ] && archive=/var/cache/$name/$1
}

# Sets archive, and lets it be made for the next start if there is none. A JVM or a jar that has changed has another name.
find_archive() {
    archive=
    cache=${XDG_CACHE_HOME:-${HOME:-}/.cache}
    case $cache in /*) cache=$cache/step ;; *) return 0 ;; esac
    set -- "$java_home/release" "$java_home/lib/modules" "${class_path%%:*}" "${class_path##*:}"
    # Of one form, whatever the user's language and time zone: the package's archive is for all.
    files=$(LC_ALL=C TZ=UTC0 ls -lnL --time-style=full-iso "$1" "$2" "${3%/\*}" "${4%/\*}" 2> /dev/null) || return 0
    sum=$(printf '%s\n' "$java" "$files" | cksum)
    archive=$cache/$name-${sum% *}.jsa
    ! find_shared_archive "${archive##*/}" || return 0
    [ ! -f "$archive" ] && mkdir -p "$cache" 2> /dev/null || return 0
    # With exec: a shell that redirects a function keeps the old output open, and whoever reads that would wait.
    (exec < /dev/null > /dev/null 2>&1 && make_archive) &
}

# One at a time: the folder that the training works in is the lock. One that was left by a killed start is taken away.
make_archive() {
    trap '' HUP INT TERM
    work=$archive.new
    find "$cache" -name "$name-*" -mmin +10 -name '*.new' -prune -exec rm -rf {} +
    mkdir "$work" || exit 0
    export XDG_CONFIG_HOME="$work" XDG_DATA_HOME="$work"
    nice -n 19 "$java" -Xlog:disable -XX:DumpLoadedClassList="$work/classes" -cp "$class_path" "$training" "$work" &&
        nice -n 19 "$java" -Xshare:dump -Xlog:disable -XX:+UseG1GC -XX:SharedClassListFile="$work/classes" \
            -XX:SharedArchiveFile="$work/archive" -cp "$class_path" && mv "$work/archive" "$archive"
    rm -rf "$work"
    find "$cache" -name "$name-*.jsa" -mtime +30 -exec rm -f {} +
}

# jsvc wants every jar by its name, and knows no options that begin with two dashes.
run_in_jsvc() {
    set +f
    jars=
    for jar in "${class_path%\*}"*.jar; do
        jars=$jars:$jar
    done
    exec "$jsvc" -nodetach -procname "$name" -java-home "$java_home" -cp "${jars#:}" -outfile '&1' -errfile '&2' \
        -pidfile "${RUNTIME_DIRECTORY:?set by systemd}/jsvc.pid" $options \
        ${extension_path:+"-Dstep.extensions=$extension_path"} -Dfile.encoding=UTF-8 ${STEP_JAVA_OPTS:-} \
        "$main" "$@"
}

find_java
use_utf8
root=$(cd -P -- "$bin/.." && pwd)
modules=$module
extension_path=
if [ -f "$root/pom.xml" ]; then
    if has_extension; then
        modules=$module,$extension
        sources="$sources $extension"
    fi
    find_build || build
elif [ -d "$root/share/$name/lib" ]; then
    class_path="$root/share/$name/lib/*"
    [ ! -d "$root/share/$name/${extension:-none}" ] || extension_path=$root/share/$name/$extension
else
    die "no jars in $root/share/$name/lib: install $name again"
fi
[ -z "${jsvc:-}" ] || run_in_jsvc "$@"
archive=
[ -z "${training:-}" ] || [ -z "$java_home" ] || find_archive
# Older ones have no use for it, and would not take their modules from the archive.
[ "$major" -lt 22 ] || options="$options --enable-native-access=ALL-UNNAMED"
# An extension's folders are looked into by the program itself, and only when it needs it.
exec "$java" $options ${archive:+"-XX:SharedArchiveFile=$archive"} \
    ${extension_path:+"-Dstep.extensions=$extension_path"} \
    ${HOME:+"-Duser.home=$HOME"} -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
    ${STEP_JAVA_OPTS:-} -cp "$class_path" "$main" "$@"
