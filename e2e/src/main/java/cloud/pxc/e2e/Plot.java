package cloud.pxc.e2e;

import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.NameServerClient;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ServerAddress;
import cloud.pxc.world.NameServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A part of the cloud that a test or a measurement has for itself: a namespace, and a zone that it alone may take names in. */
final class Plot implements AutoCloseable {

    static final String TARGET = "10.20.0.5";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Cloud cloud;
    private final Observations look;
    private final String namespace;
    private final String zone;

    private Plot(Cloud cloud, String name) {
        this.cloud = cloud;
        this.look = new Observations(cloud);
        this.namespace = name;
        this.zone = name + ".test";
    }

    /** Makes them, and waits until the zone is served. */
    static Plot of(Cloud cloud, String name) {
        var plot = new Plot(cloud, name);
        plot.cloud
                .admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        plot.cloud
                .credentials()
                .put(
                        plot.updateKeySecret(),
                        Credentials.key(cloud.world().primary().updateKey()));
        plot.apply(plot.zoneManifest());
        becomesTrue(plot::zoneReady);
        return plot;
    }

    Observations look() {
        return look;
    }

    String namespace() {
        return namespace;
    }

    String zone() {
        return zone;
    }

    /** Name of the Secret with the key that the zone is updated with: this plot's own. */
    String updateKeySecret() {
        return namespace + "-key";
    }

    String host(String label) {
        return label + "." + zone;
    }

    Seen zoneReady() {
        return look.ready(DnsZone.class, null, zone);
    }

    void apply(String manifest) {
        for (var object : cloud.admin()
                .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            cloud.admin().resource(object).forceConflicts().serverSideApply();
        }
    }

    /** An Ingress for these hosts, not created yet. */
    Ingress ingress(String name, String... hosts) {
        return new IngressBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withRules(Arrays.stream(hosts)
                        .map(host -> new io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder()
                                .withHost(host)
                                .build())
                        .toList())
                .withNewDefaultBackend()
                .withNewService()
                .withName(name)
                .withNewPort()
                .withNumber(80)
                .endPort()
                .endService()
                .endDefaultBackend()
                .endSpec()
                .build();
    }

    /** The same with a {@code tls} block for all its hosts. */
    static Ingress withTls(Ingress ingress, String secretName) {
        return new IngressBuilder(ingress)
                .editSpec()
                .addNewTl()
                .withHosts(ingress.getSpec().getRules().stream()
                        .map(rule -> rule.getHost())
                        .toList())
                .withSecretName(secretName)
                .endTl()
                .endSpec()
                .build();
    }

    <T extends HasMetadata> T create(T object) {
        return cloud.admin().resource(object).create();
    }

    void delete(HasMetadata object) {
        cloud.admin().resource(object).delete();
    }

    /** What the annotation {@code pxc.cloud/dns} of an Ingress says; empty where it is not there. */
    String told(String ingress) {
        return Optional.ofNullable(cloud.admin()
                        .network()
                        .v1()
                        .ingresses()
                        .inNamespace(namespace)
                        .withName(ingress)
                        .get())
                .map(found -> found.getMetadata().getAnnotations())
                .map(annotations -> annotations.get("pxc.cloud/dns"))
                .orElse("");
    }

    /** Messages of the events on an object of that name, by reason. */
    List<String> events(String name, String reason) {
        return cloud.admin().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .filter(event -> event.getReason().equals(reason))
                .map(event -> event.getMessage())
                .toList();
    }

    /** The addresses that each name server answers. */
    List<List<String>> answers(String host) {
        return servers().stream()
                .map(server -> client(server)
                        .lookup(Fqdn.of(host), RecordType.A)
                        .map(RRset::values)
                        .orElse(List.of()))
                .toList();
    }

    boolean isLive(String host) {
        return answers(host).stream().allMatch(List.of(TARGET)::equals);
    }

    boolean isGone(String host) {
        return answers(host).stream().allMatch(List::isEmpty);
    }

    static NameServerClient client(NameServer server) {
        return new NameServerClient(new ServerAddress(server.address(), server.port()), ANSWER, Clock.systemUTC());
    }

    /** Rows of the ledger: {@code table} and a condition on it. */
    long ledgerRows(String tableAndCondition) {
        try (var connection = cloud.world().database().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + tableAndCondition)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger could not be read", e);
        }
    }

    long claims() {
        return ledgerRows("host_claim where namespace = '" + namespace + "'");
    }

    static void becomesTrue(Supplier<Seen> look) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(look::get, Seen.Yes.class::isInstance);
    }

    /** Waits until a condition or annotation says something with all of these words; returns it. */
    static String says(Supplier<String> text, String... words) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(text::get, said -> Arrays.stream(words).allMatch(said::contains));
    }

    /** Why something is not true; empty if it is. */
    static String why(Seen seen) {
        return switch (seen) {
            case Seen.Yes yes -> "";
            case Seen.NotYet(var why) -> why;
        };
    }

    @Override
    public void close() {
        cloud.admin().network().v1().ingresses().inNamespace(namespace).delete();
        var zones = cloud.admin().resources(DnsZone.class);
        zones.withName(zone).delete();
        await().atMost(PATIENCE).until(() -> zones.withName(zone).get() == null);
        cloud.admin().namespaces().withName(namespace).delete();
    }

    private List<NameServer> servers() {
        return List.of(cloud.world().primary(), cloud.world().secondary());
    }

    private String zoneManifest() {
        return """
                apiVersion: pxc.cloud/v1alpha1
                kind: DnsZone
                metadata: {name: %1$s}
                spec:
                  primary:
                    address: 127.0.0.1
                    port: %2$d
                    tsigRef: {namespace: pxc-system, name: %6$s}
                    transferKeyRef: {namespace: pxc-system, name: transfer-key}
                    control: {port: %3$d, keyRef: {namespace: pxc-system, name: rndc-key}}
                  secondaries:
                    - address: 127.0.0.1
                      port: %4$d
                      control: {port: %5$d, keyRef: {namespace: pxc-system, name: rndc-key}}
                  soa: {contact: hostmaster.example.org}
                  ingress: {targets: [%7$s]}
                  claims: [{namespaces: [%8$s], names: ["*"]}]
                  certificates: {issuerRef: {name: pebble}}
                  deletionPolicy: Delete
                """.formatted(
                        zone,
                        cloud.ports().primary(),
                        cloud.ports().primaryControl(),
                        cloud.ports().secondary(),
                        cloud.ports().secondaryControl(),
                        updateKeySecret(),
                        TARGET,
                        namespace);
    }
}
