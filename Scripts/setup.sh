#!/usr/bin/env bash
# Installs what building leakbook needs and the system lacks. Does nothing when all is there.
# With --tests also what the tests run besides.
set -euo pipefail

if ! command -v swift >/dev/null; then
  echo "leakbook: Swift 6.1 or later is needed to build; see https://www.swift.org/install" >&2
  exit 69
fi

missing=()
command -v pkg-config >/dev/null || missing+=(pkg-config)
if command -v pkg-config >/dev/null; then
  pkg-config --exists sqlite3 || missing+=(libsqlite3-dev)
  pkg-config --exists zlib || missing+=(zlib1g-dev)
else
  missing+=(libsqlite3-dev zlib1g-dev)
fi
# The tests run the real programs against the server.
if [ "${1:-}" = --tests ]; then
  command -v prometheus >/dev/null || missing+=(prometheus)
  command -v prometheus-alertmanager >/dev/null || missing+=(prometheus-alertmanager)
  command -v curl >/dev/null || missing+=(curl)
  # Debian's Python makes no environments without this.
  python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "leakbook: please install ${missing[*]} (Debian's names) with your package manager" >&2
  exit 69
fi
sudo=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "leakbook: ${missing[*]} are missing and there is no sudo; as root, run:" >&2
    echo "  apt-get install -y ${missing[*]}" >&2
    exit 77
  fi
  sudo=(sudo)
fi
echo "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
install=(apt-get install -y --no-install-recommends -qq "${missing[@]}")
if ! "${sudo[@]}" "${install[@]}" >/dev/null 2>&1; then
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" "${install[@]}" >/dev/null
fi
