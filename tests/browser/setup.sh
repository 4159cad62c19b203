#!/bin/sh
# Gets what the browser tests need and the machine lacks: Debian's chromium, and the packages of package-lock.json.
set -eu
cd "$(dirname "$0")"

fail() { printf 'tests/browser/setup.sh: %s\n' "$*" >&2; exit 1; }

command -v node >/dev/null && command -v npm >/dev/null || fail "node and npm are missing; install Node 20 or newer"
if ! command -v chromium >/dev/null; then
    command -v apt-get >/dev/null || fail "chromium is missing, and there is no apt-get to install it with"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } >&2 ||
        fail "chromium cannot be installed by apt-get; install it as root, then run the tests again"
fi
# Only where the installed packages are not those of the lock.
if ! cmp -s package-lock.json node_modules/.claimdiff-lock; then
    npm ci --no-fund --no-audit >&2 || fail "npm ci failed"
    cp package-lock.json node_modules/.claimdiff-lock
fi
