{{/* What the services are, as the code has it: port, schema, whom they call, what they mount. */}}
{{- define "sluice.services" -}}
scanner: {kind: StatefulSet, port: 8081, schema: scanner, mounts: true, topics: true, calls: []}
ingest: {kind: Deployment, port: 8082, schema: library, mounts: true, topics: true, calls: [scanner]}
media: {kind: Deployment, port: 8083, schema: media, mounts: true, topics: true, store: readWrite, calls: []}
search: {kind: StatefulSet, port: 8084, index: true, calls: []}
gateway: {kind: Deployment, port: 8080, schema: gateway, mounts: true, store: readOnly, calls: [scanner, ingest, media, search]}
{{- end }}

{{- define "sluice.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{ ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 40 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{/* Takes root and service. */}}
{{- define "sluice.selectorLabels" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service }}
{{- end }}

{{- define "sluice.labels" -}}
{{ include "sluice.selectorLabels" . }}
app.kubernetes.io/part-of: sluice
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "sluice.image" -}}
{{- $image := .root.Values.image -}}
{{ with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}/{{ .service }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* Restricted pod security: the pod's half, then the container's. */}}
{{- define "sluice.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
# Walking a store of millions of files at every start would take hours.
fsGroupChangePolicy: OnRootMismatch
{{- with .Values.podSecurity.supplementalGroups }}
supplementalGroups: {{ toJson . }}
{{- end }}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "sluice.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "sluice.secretRef" -}}
valueFrom: {secretKeyRef: {name: {{ .name | quote }}, key: {{ .key | quote }}}}
{{- end }}

{{/* The name of service or job of this release. */}}
{{- define "sluice.nameOf" -}}
{{ include "sluice.fullname" .root }}-{{ .service }}
{{- end }}

{{/* What a PromQL number of waiting messages and rows must be to scale by: takes the group.
     Paused is 0: pods do not help, and none is kept for it. While it is stuck, a dependency is down, or it cannot be measured, there is no
     number, and whoever scales leaves the pods as they are. */}}
{{- define "sluice.scalingQuery" -}}
(max(sluice_lag_messages{group="{{ . }}"} >= 0) unless on() (max(sluice_lag_state{group="{{ . }}",state=~"paused|stuck|dependency_down|unknown"}) == 1)) or on() (max(sluice_lag_state{group="{{ . }}",state="paused"}) == 1) * 0
{{- end }}
