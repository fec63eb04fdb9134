# shellcheck shell=bash disable=SC2034 # the variables are for those who source this
# 给 deploy/backup 和 deploy/restore 用：找到数据库，读懂它的网址。
# 设置与 huhuqing 一样：环境变量 HHQ_DATABASE 或 HHQ_DATABASE_FILE，否则看 HHQ_CONFIG 指的文件，否则内置的 SQLite。

die() { printf '%s\n' "$*" >&2; exit 1; }

# setting NAME：一项设置的值，或空。
setting() {
  local value=${!1:-} file=$1_FILE
  [ -z "$value" ] && [ -n "${!file:-}" ] && value=$(cat "${!file}")
  if [ -z "$value" ] && [ -n "${HHQ_CONFIG:-}" ]; then
    value=$(sed -nE "s/^(export +)?$1 *= *//p" "$HHQ_CONFIG")
    [ -z "$value" ] && file=$(sed -nE "s/^(export +)?$1_FILE *= *//p" "$HHQ_CONFIG") && [ -n "$file" ] && value=$(cat "$file")
    value=${value#[\"\']} value=${value%[\"\']}
  fi
  printf %s "$value"
}

decoded() { printf '%b' "${1//%/\\x}"; }

# open_database：设好 kind（mysql 或 sqlite）、data，以及 sqlite 的 file 或 mysql 的 database 和 login（0600 的选项文件，
# 密码不上命令行）。
open_database() {
  local url
  data=$(setting HHQ_DATA)
  data=${data:-./data}
  url=$(setting HHQ_DATABASE)
  url=${url:-sqlite:$data/huhuqing.db}
  if [[ $url == sqlite:* ]]; then
    kind=sqlite file=${url#sqlite:}
    command -v sqlite3 >/dev/null || die "需要 sqlite3：apt-get install sqlite3"
    return
  fi
  [[ $url =~ ^mysql://([^:@/]*)(:(.*))?@(\[[^]]*\]|[^:/]+)(:([0-9]+))?/([^/?]+) ]] || die "HHQ_DATABASE 看不懂。先运行 huhuqing config check"
  command -v mariadb-dump >/dev/null || die "需要 mariadb 客户端：apt-get install mariadb-client"
  kind=mysql
  database=$(decoded "${BASH_REMATCH[7]}")
  login=$(mktemp)
  trap 'rm -f "$login"' EXIT
  local host=${BASH_REMATCH[4]#[}
  printf '[client]\nprotocol=tcp\nuser="%s"\npassword="%s"\nhost="%s"\nport=%s\ndefault-character-set=utf8mb4\n' \
    "$(escaped "$(decoded "${BASH_REMATCH[1]}")")" "$(escaped "$(decoded "${BASH_REMATCH[3]}")")" "${host%]}" "${BASH_REMATCH[6]:-3306}" >"$login"
}

# 选项文件里引号中的反斜杠和引号要再加一个反斜杠。
escaped() {
  local text=${1//\\/\\\\}
  printf %s "${text//\"/\\\"}"
}
