# Shared by the scripts beside it; to be sourced. Steps say what they do and how long they took.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
started=$SECONDS

# One build configuration serves demo, tests and users.
configuration=release
# Tests look inside the modules, which an optimised build allows only when told so.
swift_options=(--configuration "$configuration" -Xswiftc -enable-testing)

step() {
    printf '\n==> %s  (%d s)\n' "$*" "$((SECONDS - started))"
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 2
}

build() {
    step "Building (the first time takes some minutes)"
    swift build "${swift_options[@]}" "$@"
}

glasseye() {
    "$root/.build/$configuration/glasseye" "$@"
}
