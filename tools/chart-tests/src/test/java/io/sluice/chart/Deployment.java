package io.sluice.chart;

/** The deployments that the chart is tried with. */
enum Deployment {
    DEFAULTS("{}"),

    EVERYTHING("""
            image: {registry: registry.example.com:5000, tag: 1.2.3, pullSecrets: [pull]}
            kafka:
              topics: {create: strimzi, replication: 3, strimziCluster: events, strimziNamespace: kafka}
            mounts:
              - {name: photos, volume: {persistentVolumeClaim: {claimName: photos}}, subPath: all}
              - {name: bundles, volume: {nfs: {server: nas, path: /bundles, readOnly: true}}, mountPropagation: None}
              - {name: local, volume: {hostPath: {path: /srv/media}}, mountPropagation: HostToContainer}
            libraries:
              holiday: {mount: photos, path: holiday, excludedDirs: [cache, tmp]}
              upstream: {mount: bundles, kind: handover, enabled: false}
            store: {volume: {nfs: {server: nas, path: /store}}}
            podSecurity: {supplementalGroups: [2000]}
            gateway:
              config: {sluice.rate-limit.burst: 300}
              podAnnotations: {a: b}
              podLabels: {team: media}
              nodeSelector: {disk: fast}
              tolerations: [{key: media, operator: Exists, effect: NoSchedule}]
              affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: arch, operator: In, values: [amd64]}]}]}}}
              priorityClassName: high
              service: {type: LoadBalancer, annotations: {a: b}}
            media: {config: {sluice.video.workers: "2"}, extraEgress: [{ports: [{port: 5432, protocol: TCP}]}]}
            tracing: {endpoint: "https://collector.example.com:4318", protocol: http/protobuf, ratio: 0.05}
            search: {persistence: {size: 50Gi, storageClass: fast}}
            ingress: {enabled: true, className: nginx, tlsSecret: tls, annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"}}
            networkPolicy:
              gatewayFrom: [{namespaceSelector: {matchLabels: {name: ingress}}}]
              kafka: {to: [{ipBlock: {cidr: 10.0.0.0/8}}]}
              database: {to: [{namespaceSelector: {matchLabels: {name: database}}}]}
              collector: {to: [{namespaceSelector: {matchLabels: {name: tracing}}}]}
            monitoring:
              serviceMonitor: {enabled: true, labels: {release: prometheus}}
              prometheusRule: {enabled: true, labels: {release: prometheus}}
              dashboards: {enabled: true, annotations: {folder: Sluice}}
              consoleUrl: https://sluice.example.com/
              docsUrl: https://docs.example.com/sluice
            trialSecrets: {create: true, databasePassword: secret}
            """),

    EXTERNAL_KAFKA("""
            kafka:
              bootstrapServers: a.example.com:9093,b.example.com:9094
              topics: {create: given}
              security:
                protocol: SASL_SSL
                saslMechanism: SCRAM-SHA-512
                jaasSecret: {name: kafka-user}
                truststoreSecret: {name: cluster-ca-cert}
                keystoreSecret: {name: kafka-user}
            database:
              media: {url: "jdbc:mariadb://db.example.com:3307/media?sslMode=verify-full"}
            """),

    KEDA("autoscaling: {mode: keda, media: {maxReplicas: 4}}"),

    HPA("autoscaling: {mode: hpa}\nmonitoring: {prometheusRule: {enabled: true}}"),

    HTTP_ROUTE("""
            httpRoute: {enabled: true, hostnames: [a.example.com], parentRefs: [{name: public, namespace: gateways}]}
            """),

    FEW("""
            migration: {enabled: false}
            networkPolicy: {enabled: false}
            podDisruptionBudget: {enabled: false}
            store: {existingClaim: mine}
            gateway: {bootstrapKeySecret: {name: ""}}
            logging: {json: false}
            fullnameOverride: s
            """);

    final String values;

    Deployment(String values) {
        this.values = values;
    }

    RenderedChart render() {
        return RenderedChart.of(values);
    }
}
