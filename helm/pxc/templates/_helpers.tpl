{{/* Labels of every object. Called with a dict of root and component. */}}
{{- define "pxc.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{ include "pxc.selector" . }}
{{- end }}

{{/* Labels that pods are selected by; they never change. */}}
{{- define "pxc.selector" -}}
app.kubernetes.io/name: pxc
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "pxc.databaseSecret" -}}
{{- .Values.database.existingSecret | default "pxc-database" -}}
{{- end }}

{{- define "pxc.databaseUrl" -}}
{{- .Values.database.url | default (printf "jdbc:postgresql://pxc-database.%s.svc:5432/pxc" .Release.Namespace) -}}
{{- end }}

{{/* What operator and webhook are told alike. */}}
{{- define "pxc.environment" -}}
- {name: PXC_NAMESPACE, value: {{ .Release.Namespace | quote }}}
- {name: PXC_HTTP_PORT, value: "8080"}
- {name: PXC_DATABASE_URL, value: {{ include "pxc.databaseUrl" . | quote }}}
- name: PXC_DATABASE_USERNAME
  valueFrom: {secretKeyRef: {name: {{ include "pxc.databaseSecret" . }}, key: username}}
- name: PXC_DATABASE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ include "pxc.databaseSecret" . }}, key: password}}
# The JVM would take a quarter of the limit.
- {name: JAVA_TOOL_OPTIONS, value: "-XX:MaxRAMPercentage=60 -XX:+UseSerialGC"}
{{- end }}

{{- define "pxc.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "pxc.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- define "pxc.probes" -}}
startupProbe:
  httpGet: {path: /q/health/started, port: http}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /q/health/live, port: http}
  periodSeconds: 10
  failureThreshold: 3
readinessProbe:
  httpGet: {path: /q/health/ready, port: http}
  periodSeconds: 5
  failureThreshold: 2
{{- end }}

{{/* Where pods may run. Called with a dict of root, component and values. */}}
{{- define "pxc.placement" -}}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
affinity:
{{- if .values.affinity }}
{{- toYaml .values.affinity | nindent 2 }}
{{- else }}
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels: {{- include "pxc.selector" . | nindent 14 }}
{{- end }}
{{- end }}
