# Sourced by the image's entry point while the new database serves nobody else. A schema a service; no grants across, but
# the one of ingest on the ledger, which it may not change.
docker_process_sql <<SQL
CREATE DATABASE scanner CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
CREATE DATABASE library CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
CREATE DATABASE ledger CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
CREATE DATABASE media CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
CREATE DATABASE gateway CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
CREATE USER 'scanner'@'%' IDENTIFIED BY '${SLUICE_SCANNER_PASSWORD:?}';
CREATE USER 'ingest'@'%' IDENTIFIED BY '${SLUICE_INGEST_PASSWORD:?}';
CREATE USER 'ledger'@'%' IDENTIFIED BY '${SLUICE_LEDGER_PASSWORD:?}';
CREATE USER 'media'@'%' IDENTIFIED BY '${SLUICE_MEDIA_PASSWORD:?}';
CREATE USER 'gateway'@'%' IDENTIFIED BY '${SLUICE_GATEWAY_PASSWORD:?}';
GRANT ALL ON scanner.* TO 'scanner'@'%';
GRANT ALL ON library.* TO 'ingest'@'%';
GRANT SELECT, INSERT ON ledger.* TO 'ingest'@'%';
GRANT ALL ON ledger.* TO 'ledger'@'%';
GRANT ALL ON media.* TO 'media'@'%';
GRANT ALL ON gateway.* TO 'gateway'@'%';
SQL
