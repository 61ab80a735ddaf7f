package cloud.pxc.operator.ingress;

import static cloud.pxc.operator.TestZone.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.dns.RecordType;
import cloud.pxc.dns.ZoneUpdate.Change;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestZone;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a developer sees of an Ingress' names, by the running operator and on two real name servers. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class IngressSourceTest {

    private static final String TARGETS = "ingress: {targets: [192.0.2.5]}";

    World world;

    @Inject
    HostClaims claims;

    private KubernetesClient kubernetes;
    private TestZone zone;
    private String team;
    private String rivals;

    @BeforeEach
    void aZoneAndTwoNamespaces() {
        kubernetes = world.controlPlane().admin();
        zone = new TestZone(world).ready(TARGETS);
        team = namespace("team");
        rivals = namespace("rivals");
    }

    @Test
    void itsHostsAreLiveAndToldByAnnotationAndEvent() {
        // when
        apply(team, "web", rules("shop"), Map.of());

        // then
        var shop = zone.name("shop");
        awaitDns(team, "web", "live " + shop + " → 192.0.2.5 (2 of 2 servers)");
        zone.awaitValues("shop", RecordType.A, "192.0.2.5");
        assertThat(toldOf(team, "web"))
                .singleElement()
                .satisfies(event -> assertThat(event.getType()).isEqualTo("Normal"))
                .satisfies(event -> assertThat(event.getReason()).isEqualTo("NameLive"))
                .satisfies(event -> assertThat(event.getMessage())
                        .matches(shop + " answers 192\\.0\\.2\\.5 on all 2 name servers after [0-9]+ ms"));
        assertThat(claims.holders(List.of(shop.text()))
                        .get(shop.text())
                        .holder()
                        .describe())
                .isEqualTo("namespace " + team + " (Ingress web)");
    }

    @Test
    void aChangedHostMovesAndADeletedIngressLeavesNothing() {
        // given
        apply(team, "web", rules("old"), Map.of());
        zone.awaitValues("old", RecordType.A, "192.0.2.5");

        // when
        apply(team, "web", rules("new"), Map.of());

        // then
        zone.awaitValues("new", RecordType.A, "192.0.2.5");
        zone.awaitValues("old", RecordType.A);
        assertThat(claims.holders(List.of(zone.name("old").text()))).isEmpty();

        ingress(team, "web").delete();
        zone.awaitValues("new", RecordType.A);
        await().atMost(SOON)
                .until(() -> claims.holders(List.of(zone.name("new").text())).isEmpty());
    }

    @Test
    void hostsAreReadAsPeopleWriteThem() {
        // when
        apply(
                team,
                "web",
                "{defaultBackend: {service: {name: web, port: {number: 80}}}, rules: [{host: \"*." + zone.name("apps")
                        + "\"}, {http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}",
                Map.of(
                        "external-dns.alpha.kubernetes.io/hostname",
                        "Bücher." + zone.name() + ", UPPER." + zone.name() + "."));

        // then
        zone.awaitValues("anything.apps", RecordType.A, "192.0.2.5");
        zone.awaitValues("xn--bcher-kva", RecordType.A, "192.0.2.5");
        zone.awaitValues("upper", RecordType.A, "192.0.2.5");
    }

    @Test
    void oneWithoutHostsIsNotTouched() {
        // when
        apply(team, "bare", "{defaultBackend: {service: {name: web, port: {number: 80}}}}", Map.of());
        apply(team, "web", rules("shop"), Map.of());

        // then
        awaitDns(team, "web", "live");
        assertThat(dns(team, "bare")).isEmpty();
        assertThat(toldOf(team, "web")).isNotEmpty(); // told after whatever would have been told of the other
        assertThat(events(team, "bare")).isEmpty();
    }

    @Test
    void offTakesTheNamesAwayAndIsNotWrittenOver() {
        // given
        apply(team, "web", rules("shop"), Map.of());
        awaitDns(team, "web", "live");

        // when
        annotate(team, "web", "pxc.cloud/dns", "off");

        // then
        zone.awaitValues("shop", RecordType.A);
        assertThat(dns(team, "web")).isEqualTo("off");

        annotate(team, "web", "pxc.cloud/dns", null);
        awaitDns(team, "web", "live");
        zone.awaitValues("shop", RecordType.A, "192.0.2.5");
    }

    @Test
    void itsOwnAddressIsBetterThanTheZonesAndATargetIsBetterThanBoth() {
        // given
        apply(team, "web", rules("shop"), Map.of());
        zone.awaitValues("shop", RecordType.A, "192.0.2.5");

        // when
        balance(team, "web", "198.51.100.7");

        // then
        zone.awaitValues("shop", RecordType.A, "198.51.100.7");

        annotate(team, "web", "external-dns.alpha.kubernetes.io/target", "192.0.2.20,2001:db8::20");
        zone.awaitValues("shop", RecordType.A, "192.0.2.20");
        zone.awaitValues("shop", RecordType.AAAA, "2001:db8:0:0:0:0:0:20");

        annotate(team, "web", "pxc.cloud/target", "lb.elsewhere.test");
        zone.awaitValues("shop", RecordType.CNAME, "lb.elsewhere.test.");
        zone.awaitValues("shop", RecordType.A);
    }

    @Test
    void itsTimeToLiveIsKeptWithinTheZonesBounds() {
        // given
        zone.ready(TARGETS, "ttl: {default: 300, min: 60, max: 3600}");

        // when
        apply(team, "short", rules("short"), Map.of("pxc.cloud/ttl", "5"));
        apply(team, "minutes", rules("minutes"), Map.of("external-dns.alpha.kubernetes.io/ttl", "2m"));

        // then
        zone.awaitValues("short", RecordType.A, "192.0.2.5");
        zone.awaitValues("minutes", RecordType.A, "192.0.2.5");
        assertThat(ttl("short")).isEqualTo(60);
        assertThat(ttl("minutes")).isEqualTo(120);
    }

    @Test
    void whatCanNotBeUnderstoodIsToldAndHoldsUpNobody() {
        // when
        apply(
                team,
                "bad",
                rules("bad"),
                Map.of("pxc.cloud/target", "192.0.2.999", "pxc.cloud/ttl", "99999999999999999999"));
        apply(team, "web", rules("shop"), Map.of());

        // then
        awaitDns(team, "bad", "refused ");
        assertThat(dns(team, "bad"))
                .contains("\"192.0.2.999\" is neither an IP address nor a host name")
                .contains("\"99999999999999999999\" is no time to live");
        zone.awaitValues("bad", RecordType.A);
        awaitDns(team, "web", "live");
    }

    @Test
    void aStolenNameIsRefusedWithItsHolderAndGivenOnceItIsFree() {
        // given
        apply(team, "web", rules("shop"), Map.of());
        awaitDns(team, "web", "live");

        // when
        apply(rivals, "stolen", rules("shop"), Map.of("pxc.cloud/target", "192.0.2.66"));

        // then
        awaitDns(rivals, "stolen", "refused " + zone.name("shop") + " is held by namespace " + team + " (Ingress web)");
        assertThat(toldOf(rivals, "stolen")).extracting(Event::getReason).containsExactly("NameRefused");
        zone.awaitValues("shop", RecordType.A, "192.0.2.5");

        ingress(team, "web").delete();
        awaitDns(rivals, "stolen", "live");
        zone.awaitValues("shop", RecordType.A, "192.0.2.66");
    }

    @Test
    void theZonesOwnNamesAreNotTakenButItsApexMayBe() {
        // given
        zone.ready(
                TARGETS,
                "records: [{name: mail, type: A, values: [192.0.2.25]}, {name: \"@\", type: MX, values: [10 mail]}]");

        // when
        apply(team, "thief", rules("mail"), Map.of());
        apply(team, "site", rules("@"), Map.of());

        // then
        awaitDns(
                team,
                "thief",
                "refused " + zone.name("mail") + " is held by the platform (DnsZone " + zone.name() + ")");
        awaitDns(team, "site", "live " + zone.name() + " → 192.0.2.5");
        zone.awaitValues("@", RecordType.MX, "10 mail." + zone.name() + ".");
    }

    @Test
    void aNameOutsideEveryZoneIsToldAndComesAliveWithItsZone() {
        // given
        var later = new TestZone(world);

        // when
        apply(team, "early", "{rules: [{host: " + later.name("www") + "}]}", Map.of());

        // then
        awaitDns(team, "early", "refused " + later.name("www") + " lies in no zone");
        later.ready(TARGETS);
        awaitDns(team, "early", "live");
    }

    @Test
    void pathsOfOneHostInSeveralIngressesShareIt() {
        // given
        apply(team, "one", rules("shop"), Map.of());
        apply(team, "two", rules("shop"), Map.of());
        awaitDns(team, "one", "live");
        awaitDns(team, "two", "live");

        // when
        ingress(team, "one").delete();

        // then
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        claims.holders(List.of(zone.name("shop").text()))
                                .get(zone.name("shop").text())
                                .holder()
                                .name())
                .isEqualTo("two"));
        zone.awaitValues("shop", RecordType.A, "192.0.2.5");
    }

    @Test
    void whatSomebodyElseWroteIsNotTakenOver() {
        // given
        zone.updateByHand(new Change.Put(zone.rrset("printer", RecordType.A, 60, "192.0.2.99")));

        // when
        apply(team, "web", rules("printer"), Map.of());

        // then
        awaitDns(team, "web", "refused " + zone.name("printer") + " has records");
        zone.awaitValues("printer", RecordType.A, "192.0.2.99");
    }

    private String rules(String label) {
        return "{rules: [{host: \"" + zone.name(label) + "\"}]}";
    }

    private void apply(String namespace, String name, String spec, Map<String, String> annotations) {
        var ingress = Serialization.unmarshal("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %s, namespace: %s}
                spec: %s
                """.formatted(name, namespace, spec), Ingress.class);
        ingress.getMetadata().setAnnotations(annotations);
        kubernetes.resource(ingress).forceConflicts().serverSideApply();
    }

    private Resource<Ingress> ingress(String namespace, String name) {
        return kubernetes.network().v1().ingresses().inNamespace(namespace).withName(name);
    }

    private void annotate(String namespace, String name, String key, String value) {
        TestZone.annotate(ingress(namespace, name), key, value);
    }

    private void balance(String namespace, String name, String ip) {
        ingress(namespace, name)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\": {\"loadBalancer\": {\"ingress\": [{\"ip\": \"" + ip + "\"}]}}}");
    }

    private void awaitDns(String namespace, String name, String start) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(dns(namespace, name)).startsWith(start));
    }

    private String dns(String namespace, String name) {
        return ingress(namespace, name).get().getMetadata().getAnnotations().getOrDefault("pxc.cloud/dns", "");
    }

    private long ttl(String label) {
        return zone.lookup(world.primary(), label, RecordType.A).orElseThrow().ttl();
    }

    /** What is told a moment after it has happened. */
    private List<Event> toldOf(String namespace, String name) {
        await().until(() -> !events(namespace, name).isEmpty());
        return events(namespace, name);
    }

    private List<Event> events(String namespace, String name) {
        return kubernetes
                .v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.name", name)
                .list()
                .getItems();
    }

    private String namespace(String prefix) {
        var name = TestZone.random(prefix + "-");
        kubernetes
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        return name;
    }
}
