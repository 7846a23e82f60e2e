# To be sourced: serve BINARY DB [FLAG...] starts a server on a free port, sets
# url and ends it with the shell.
dir=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$dir"' EXIT
serve() {
  local bin=$1 db=$2
  shift 2
  "$bin" serve --addr 127.0.0.1:0 --db "$db" "$@" >"$dir/out" 2>"$dir/err" &
  server=$!
  for _ in $(seq 300); do
    grep -q '^Dateline is at ' "$dir/out" && break
    kill -0 "$server" 2>/dev/null || { cat "$dir/err" >&2; exit 1; }
    sleep 0.1
  done
  url=$(sed -n 's/^Dateline is at \(.*\)\/$/\1/p' "$dir/out")
}
