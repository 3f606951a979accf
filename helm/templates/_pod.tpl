{{/* The environment of a service; takes root, service, its facts, and migrating: as the migration Job runs it. */}}
{{- define "sluice.env" -}}
{{- $values := .root.Values -}}
{{- $root := .root -}}
- name: SLUICE_INSTANCE_NAME
  valueFrom: {fieldRef: {fieldPath: metadata.name}}
- name: SLUICE_INTERNAL_TOKEN
  {{- include "sluice.secretRef" $values.internal.tokenSecret | nindent 2 }}
- name: QUARKUS_LOG_CONSOLE_JSON_ENABLED
  value: {{ $values.logging.json | quote }}
{{- with $values.tracing }}
{{- if and .endpoint (not $.migrating) }}
- name: QUARKUS_OTEL_SDK_DISABLED
  value: "false"
- name: QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ .endpoint | quote }}
- name: QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL
  value: {{ .protocol | quote }}
- name: QUARKUS_OTEL_TRACES_SAMPLER_ARG
  value: {{ .ratio | quote }}
{{- end }}
{{- end }}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ $values.kafka.bootstrapServers | quote }}
{{- with $values.kafka.security }}
{{- if ne .protocol "PLAINTEXT" }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ .protocol }}
{{- end }}
{{- if hasPrefix "SASL" .protocol }}
- name: KAFKA_SASL_MECHANISM
  value: {{ .saslMechanism }}
- name: KAFKA_SASL_JAAS_CONFIG
  {{- include "sluice.secretRef" (dict "name" (required "kafka.security.jaasSecret.name: name the Secret with Kafka's sasl.jaas.config, or set kafka.security.protocol to PLAINTEXT or SSL" .jaasSecret.name) "key" .jaasSecret.key) | nindent 2 }}
{{- end }}
{{- if hasSuffix "SSL" .protocol }}
{{- if .truststoreSecret.name }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
- name: KAFKA_SSL_TRUSTSTORE_LOCATION
  value: /etc/sluice/kafka-trust/ca.crt
{{- end }}
{{- if .keystoreSecret.name }}
- name: KAFKA_SSL_KEYSTORE_TYPE
  value: PKCS12
- name: KAFKA_SSL_KEYSTORE_LOCATION
  value: /etc/sluice/kafka-key/user.p12
- name: KAFKA_SSL_KEYSTORE_PASSWORD
  {{- include "sluice.secretRef" (dict "name" .keystoreSecret.name "key" .keystoreSecret.passwordKey) | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}
{{- if .facts.topics }}
- name: SLUICE_TOPICS_CREATE
  value: {{ eq $values.kafka.topics.create "service" | quote }}
{{- if eq $values.kafka.topics.create "service" }}
- name: SLUICE_TOPICS_REPLICATION
  value: {{ $values.kafka.topics.replication | quote }}
{{- end }}
{{- end }}
{{- with .facts.schema }}
{{- $database := index $values.database . }}
{{- $who := ternary $database.migration $database (default false $.migrating) }}
- name: QUARKUS_DATASOURCE_JDBC_URL
  value: {{ $database.url | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  value: {{ $who.user | quote }}
- name: QUARKUS_DATASOURCE_PASSWORD
  {{- include "sluice.secretRef" $who.passwordSecret | nindent 2 }}
- name: QUARKUS_FLYWAY_MIGRATE_AT_START
  value: {{ default false $.migrating | quote }}
{{- end }}
{{- if eq .service "ingest" }}
{{- if .migrating }}
- name: QUARKUS_DATASOURCE_LEDGER_JDBC_URL
  value: {{ $values.database.ledger.url | quote }}
- name: QUARKUS_DATASOURCE_LEDGER_USERNAME
  value: {{ $values.database.ledger.migration.user | quote }}
- name: QUARKUS_DATASOURCE_LEDGER_PASSWORD
  {{- include "sluice.secretRef" $values.database.ledger.migration.passwordSecret | nindent 2 }}
{{- end }}
- name: QUARKUS_FLYWAY_LEDGER_MIGRATE_AT_START
  value: {{ default false .migrating | quote }}
- name: SLUICE_LEDGER_SCHEMA
  value: {{ regexFind "[^/?]+(\\?.*)?$" $values.database.ledger.url | regexFind "^[^?]+" | quote }}
{{- end }}
{{- range .facts.calls }}
{{- $called := index (include "sluice.services" $root | fromYaml) . }}
- name: QUARKUS_GRPC_CLIENTS_{{ upper . }}_HOST
  value: {{ include "sluice.nameOf" (dict "root" $root "service" .) }}
- name: QUARKUS_GRPC_CLIENTS_{{ upper . }}_PORT
  value: {{ $called.port | quote }}
{{- end }}
{{- if .facts.store }}
- name: SLUICE_STORE_PATH
  value: /data/renditions
{{- end }}
{{- if .facts.index }}
- name: SLUICE_SEARCH_INDEX_PATH
  value: /data/index
{{- end }}
{{- if .migrating }}
# Initializes, migrations with it, and exits before anything else starts.
- name: QUARKUS_INIT_AND_EXIT
  value: "true"
{{- else }}
# Mounts and libraries have names, which environment variables could not spell.
- name: QUARKUS_CONFIG_LOCATIONS
  value: /etc/sluice/config/application.properties
{{- if and (eq .service "gateway") $values.gateway.bootstrapKeySecret.name }}
- name: SLUICE_GATEWAY_BOOTSTRAP_KEY_FILE
  value: /etc/sluice/bootstrap/key
{{- end }}
{{- end }}
{{- end }}

{{- define "sluice.kafkaMounts" -}}
{{- with .Values.kafka.security }}
{{- if hasSuffix "SSL" .protocol }}
{{- if .truststoreSecret.name }}
- {name: kafka-trust, mountPath: /etc/sluice/kafka-trust, readOnly: true}
{{- end }}
{{- if .keystoreSecret.name }}
- {name: kafka-key, mountPath: /etc/sluice/kafka-key, readOnly: true}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "sluice.kafkaVolumes" -}}
{{- with .Values.kafka.security }}
{{- if hasSuffix "SSL" .protocol }}
{{- if .truststoreSecret.name }}
- name: kafka-trust
  secret: {secretName: {{ .truststoreSecret.name | quote }}, items: [{key: {{ .truststoreSecret.key | quote }}, path: ca.crt}]}
{{- end }}
{{- if .keystoreSecret.name }}
- name: kafka-key
  secret: {secretName: {{ .keystoreSecret.name | quote }}, items: [{key: {{ .keystoreSecret.key | quote }}, path: user.p12}]}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The pod of a service; takes root and service. */}}
{{- define "sluice.podTemplate" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $facts := index (include "sluice.services" $root | fromYaml) $service -}}
{{- $own := index $root.Values $service -}}
metadata:
  labels:
    {{- include "sluice.labels" . | nindent 4 }}
    {{- with $own.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    # What a pod reads at its start only.
    checksum/config: {{ include "sluice.properties" . | sha256sum }}
    {{- with $own.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "sluice.nameOf" . }}
  automountServiceAccountToken: false
  # A Service called "kafka" would put KAFKA_PORT and its like into the environment, where Kafka's settings are read.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $own.terminationGracePeriodSeconds }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- with $own.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  securityContext:
    {{- include "sluice.podSecurityContext" $root | nindent 4 }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "sluice.selectorLabels" $ | nindent 10 }}
    {{- end }}
  containers:
    - name: {{ $service }}
      image: {{ include "sluice.image" . | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      ports:
        - {name: http, containerPort: {{ $facts.port }}, protocol: TCP}
      env:
        {{- include "sluice.env" (dict "root" $root "service" $service "facts" $facts) | nindent 8 }}
      # A start waits up to two minutes for its topics; liveness watches progress, readiness what the service needs.
      startupProbe:
        httpGet: {path: /q/health/started, port: http}
        periodSeconds: 2
        timeoutSeconds: 3
        failureThreshold: 90
      livenessProbe:
        httpGet: {path: /q/health/live, port: http}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      readinessProbe:
        httpGet: {path: /q/health/ready, port: http}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      lifecycle:
        # Until everybody has heard that this pod is going, it answers; then it ends what runs.
        preStop: {exec: {command: [sleep, "5"]}}
      resources:
        {{- toYaml $own.resources | nindent 8 }}
      securityContext:
        {{- include "sluice.containerSecurityContext" $root | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        - {name: config, mountPath: /etc/sluice/config, readOnly: true}
        {{- if and (eq $service "gateway") $own.bootstrapKeySecret.name }}
        - {name: bootstrap, mountPath: /etc/sluice/bootstrap, readOnly: true}
        {{- end }}
        {{- with include "sluice.kafkaMounts" $root }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- if $facts.mounts }}
        {{- range $root.Values.mounts }}
        - name: {{ printf "mount-%s" .name }}
          mountPath: /mnt/{{ .name }}
          readOnly: true
          {{- with .subPath }}
          subPath: {{ . }}
          {{- end }}
          {{- with .mountPropagation }}
          mountPropagation: {{ . }}
          {{- end }}
        {{- end }}
        {{- end }}
        {{- if $facts.store }}
        - {name: store, mountPath: /data/renditions, readOnly: {{ eq $facts.store "readOnly" }}}
        {{- end }}
        {{- if $facts.index }}
        - {name: index, mountPath: /data}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: {{ $own.tmpSize }}}
    - name: config
      configMap: {name: {{ include "sluice.nameOf" . }}}
    {{- if and (eq $service "gateway") $own.bootstrapKeySecret.name }}
    - name: bootstrap
      secret: {secretName: {{ $own.bootstrapKeySecret.name | quote }}, items: [{key: {{ $own.bootstrapKeySecret.key | quote }}, path: key}]}
    {{- end }}
    {{- with include "sluice.kafkaVolumes" $root }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- if $facts.mounts }}
    {{- range $root.Values.mounts }}
    - name: {{ printf "mount-%s" .name }}
      {{- toYaml .volume | nindent 6 }}
    {{- end }}
    {{- end }}
    {{- if $facts.store }}
    - name: store
      {{- if $root.Values.store.volume }}
      {{- toYaml $root.Values.store.volume | nindent 6 }}
      {{- else }}
      persistentVolumeClaim:
        claimName: {{ $root.Values.store.existingClaim | default (printf "%s-store" (include "sluice.fullname" $root)) }}
      {{- end }}
    {{- end }}
  {{- with $own.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $own.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $own.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
