# shellcheck shell=bash
# Serves a fresh database for the script that sources this: serve BINARY [OPTION…]
# Sets `url`; the server ends and its folder goes with the script.

folder=$(mktemp -d)
export LEAKBOOK_DB="$folder/leakbook.db" SWIFT_BACKTRACE=enable=no
trap '[ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT

serve() {
  local binary=$1
  shift
  : >"$folder/log"
  "$binary" serve --port 0 "$@" 2>"$folder/log" &
  server=$!
  until grep -q Ctrl-C "$folder/log"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; return 1; }
    sleep 0.05
  done
  url=$(grep -o 'http://127.0.0.1:[0-9]*' "$folder/log" | head -1)
}
