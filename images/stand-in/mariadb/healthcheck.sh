#!/bin/bash
exec /opt/mariadb/bin/mariadb --no-defaults --skip-ssl --socket=/run/mysqld/mysqld.sock -uhealthcheck -e 'SELECT 1' >/dev/null
