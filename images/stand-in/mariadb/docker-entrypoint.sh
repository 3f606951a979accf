#!/bin/bash
# MARIADB_* (or MYSQL_*) variables and /docker-entrypoint-initdb.d, as in the official image; only what Sluice uses of it.
set -euo pipefail
data=/var/lib/mysql
socket=/run/mysqld/mysqld.sock
server=(/opt/mariadb/bin/mariadbd --no-defaults --basedir=/opt/mariadb --datadir=$data --socket=$socket)
setting() { local mine=MARIADB_$1 old=MYSQL_$1; printf '%s' "${!mine:-${!old:-}}"; }
docker_process_sql() {
    /opt/mariadb/bin/mariadb --no-defaults --skip-ssl --socket=$socket -uroot ${SOCKET_PASSWORD:+"-p$SOCKET_PASSWORD"} --binary-mode "$@"
}
[ "${1:-}" != mariadbd ] && [ "${1:-}" != mysqld ] || shift

if [ ! -d $data/mysql ]; then
    /opt/mariadb/scripts/mariadb-install-db --no-defaults --force --basedir=/opt/mariadb --datadir=$data \
        --auth-root-authentication-method=normal --skip-test-db >/dev/null
    "${server[@]}" --skip-networking --skip-ssl "$@" &
    pid=$!
    until docker_process_sql -e 'SELECT 1' >/dev/null 2>&1; do
        kill -0 $pid
        sleep 0.1
    done
    database=$(setting DATABASE) user=$(setting USER) password=$(setting PASSWORD)
    [ -z "$database" ] || docker_process_sql -e "CREATE DATABASE IF NOT EXISTS \`$database\`"
    if [ -n "$user" ] && [ "$user" != root ]; then
        docker_process_sql -e "CREATE USER '$user'@'%' IDENTIFIED BY '$password'"
        [ -z "$database" ] || docker_process_sql -e "GRANT ALL ON \`$database\`.* TO '$user'@'%'"
    fi
    for file in /docker-entrypoint-initdb.d/*; do
        case "$file" in
            *.sh) . "$file" ;;
            *.sql) docker_process_sql <"$file" ;;
        esac
    done
    root_password=$(setting ROOT_PASSWORD)
    # The health check knocks without one; a user who may nothing answers it.
    docker_process_sql -e "CREATE USER 'healthcheck'@'localhost';
        CREATE USER IF NOT EXISTS 'root'@'${MARIADB_ROOT_HOST:-%}' IDENTIFIED BY '$root_password';
        GRANT ALL ON *.* TO 'root'@'${MARIADB_ROOT_HOST:-%}' WITH GRANT OPTION;
        ALTER USER 'root'@'localhost' IDENTIFIED BY '$root_password'"
    kill $pid
    wait $pid || true
fi
exec "${server[@]}" --bind-address=0.0.0.0 "$@"
