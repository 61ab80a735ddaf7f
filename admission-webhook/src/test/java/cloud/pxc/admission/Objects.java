package cloud.pxc.admission;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.crds.zone.DnsZone;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Objects that tests write, in the form people write them. */
final class Objects {

    private Objects() {}

    static Namespace namespace(String name, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    /** @param claims YAML of a list */
    static DnsZone zone(String name, String claims) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: DnsZone
                metadata: {name: %s}
                spec:
                  primary: {address: 192.0.2.53, tsigRef: {namespace: pxc-system, name: zone-key}}
                  claims:
                %s
                """.formatted(name, claims.indent(4)), DnsZone.class);
    }

    static Ingress ingress(String namespace, String name, String... hosts) {
        var rules = Arrays.stream(hosts).map(host -> """
                        - host: "%s"
                          http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                        """.formatted(host)).collect(Collectors.joining());
        return Serialization.unmarshal("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %s, namespace: %s}
                spec:
                  rules:
                %s
                """.formatted(name, namespace, rules.indent(4)), Ingress.class);
    }

    static DnsRecord record(String namespace, String name, String fqdn) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: DnsRecord
                metadata: {name: %s, namespace: %s}
                spec: {fqdn: "%s", type: A, values: [192.0.2.1]}
                """.formatted(name, namespace, fqdn), DnsRecord.class);
    }

    static ProxmoxCluster cluster(String name, String domain) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: ProxmoxCluster
                metadata: {name: %s}
                spec:
                  domain: %s
                  endpoints: ["https://192.0.2.11:8006"]
                  credentialsRef: {namespace: pxc-system, name: token}
                  vmids: {from: 10000, to: 19999}
                  storage: {machines: local-lvm, images: local}
                """.formatted(name, domain), ProxmoxCluster.class);
    }

    static Stack stack(String namespace, String name, String cluster) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Stack
                metadata: {name: %s, namespace: %s}
                spec: {clusterRef: {name: %s}, machineSets: [{name: web, image: debian-12}]}
                """.formatted(name, namespace, cluster), Stack.class);
    }
}
