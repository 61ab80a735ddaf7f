package cloud.pxc.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneStatus;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.NameServerClient;
import cloud.pxc.dns.RRset;
import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ServerAddress;
import cloud.pxc.dns.TsigKey;
import cloud.pxc.dns.ZoneUpdate;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.world.NameServer;
import cloud.pxc.world.TsigSecret;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A DnsZone of a test's own on both name servers of the world: as its object tells of it, and as the servers answer. */
public final class TestZone {

    public static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final World world;
    private final KubernetesClient kubernetes;
    private final Fqdn name;

    public TestZone(World world) {
        this(world, Fqdn.of(random("z") + ".test"));
    }

    public TestZone(World world, Fqdn name) {
        this.world = world;
        this.kubernetes = world.controlPlane().admin();
        this.name = name;
        secret(key("update"), world.primary().updateKey());
        secret(key("transfer"), world.primary().transferKey());
        secret(key("control"), world.primary().controlKey());
    }

    public static String random(String prefix) {
        return prefix + Long.toHexString(RandomGenerator.getDefault().nextLong() >>> 16);
    }

    public Fqdn name() {
        return name;
    }

    public Fqdn name(String label) {
        return label.equals("@") ? name : name.child(label);
    }

    /** Name of the zone's Secret for {@code update}, {@code transfer} or {@code control}. */
    public String key(String use) {
        return name.text() + "-" + use;
    }

    /** @param more lines of the spec besides its servers */
    public TestZone apply(String... more) {
        kubernetes
                .resource(Serialization.unmarshal(yaml(String.join("\n", more)), DnsZone.class))
                .forceConflicts()
                .serverSideApply();
        return this;
    }

    public TestZone ready(String... more) {
        apply(more);
        awaitReady();
        return this;
    }

    /** Of the generation that was applied last. */
    public void awaitReady() {
        await().atMost(SOON).untilAsserted(() -> assertThat(condition())
                .hasValueSatisfying(ready ->
                        assertThat(ready.getStatus()).as(ready.getMessage()).isEqualTo("True")));
    }

    /** @return the message of the condition Ready, once it is not and this is why */
    public String awaitReason(String reason) {
        await().atMost(SOON).untilAsserted(() -> assertThat(condition())
                .hasValueSatisfying(ready ->
                        assertThat(ready.getReason()).as(ready.getMessage()).isEqualTo(reason)));
        return condition().orElseThrow().getMessage();
    }

    public Optional<Condition> condition() {
        var zone = object();
        return Optional.ofNullable(zone.getStatus())
                .filter(status -> zone.getMetadata().getGeneration().equals(status.observedGeneration()))
                .flatMap(status -> Conditions.find(status.conditions(), Conditions.READY));
    }

    public DnsZone object() {
        return kubernetes.resources(DnsZone.class).withName(name.text()).get();
    }

    public DnsZoneStatus status() {
        return object().getStatus();
    }

    public void delete() {
        kubernetes.resources(DnsZone.class).withName(name.text()).delete();
    }

    public void awaitGone() {
        await().atMost(SOON).until(() -> object() == null);
    }

    public void awaitValues(String label, RecordType type, String... values) {
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(cloud.pxc.dns.DnsException.class)
                .until(() -> values(label, type), List.of(List.of(values), List.of(values))::equals);
    }

    /** What both servers answer, the primary first; an empty list where a server has nothing. */
    public List<List<String>> values(String label, RecordType type) {
        return List.of(world.primary(), world.secondary()).stream()
                .map(server -> lookup(server, label, type).map(RRset::values).orElse(List.of()))
                .toList();
    }

    public Optional<RRset> lookup(NameServer server, String label, RecordType type) {
        return client(server).lookup(name(label), type);
    }

    /** Whether that server knows the zone. */
    public boolean isServedBy(NameServer server) {
        return client(server).serial(name).isPresent();
    }

    /** As somebody does with nsupdate who has the zone's key. */
    public void updateByHand(ZoneUpdate.Change... changes) {
        client(world.primary())
                .update(
                        new ZoneUpdate(name, List.of(), List.of(changes)),
                        tsig(world.primary().updateKey()));
    }

    public RRset rrset(String label, RecordType type, long ttl, String... values) {
        return RRset.of(name(label), type, ttl, List.of(values));
    }

    /** Writes the zone's key Secret, in place of the one that is there. */
    public void secret(String secretName, TsigSecret secret) {
        kubernetes
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(OperatorWorld.NAMESPACE)
                        .withName(secretName)
                        .endMetadata()
                        .withStringData(Map.of(
                                "name", secret.name(), "algorithm", secret.algorithm(), "secret", secret.secret()))
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** As {@code kubectl annotate} does it: whoever else writes meanwhile. A null value removes it. */
    public static void annotate(Resource<?> object, String key, String value) {
        object.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\": {\"annotations\": {\"%s\": %s}}}"
                        .formatted(key, value == null ? "null" : '"' + value + '"'));
    }

    public static NameServerClient client(NameServer server) {
        return new NameServerClient(new ServerAddress(server.address(), server.port()), TIMEOUT, Clock.systemUTC());
    }

    public static TsigKey tsig(TsigSecret secret) {
        return TsigKey.of(secret.name(), secret.algorithm(), secret.secret());
    }

    private String yaml(String more) {
        return """
                apiVersion: pxc.cloud/v1alpha1
                kind: DnsZone
                metadata: {name: %1$s}
                spec:
                  primary:
                    address: 127.0.0.1
                    port: %2$d
                    tsigRef: {namespace: pxc-system, name: %6$s}
                    transferKeyRef: {namespace: pxc-system, name: %7$s}
                    control: {port: %3$d, keyRef: {namespace: pxc-system, name: %8$s}}
                  secondaries:
                    - address: 127.0.0.1
                      port: %4$d
                      control: {port: %5$d, keyRef: {namespace: pxc-system, name: %8$s}}
                """.formatted(
                                name,
                                world.primary().port(),
                                world.primary().controlPort(),
                                world.secondary().port(),
                                world.secondary().controlPort(),
                                key("update"),
                                key("transfer"),
                                key("control"))
                + more.indent(2);
    }
}
