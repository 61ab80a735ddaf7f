package cloud.pxc.crds.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimDenialTest {

    private static final List<DnsZone> ZONES = List.of(zone("cloud.example.org", """
                    - {namespaceSelector: {matchLabels: {team: shop}}, names: ["shop", "*.shop"]}
                    - {namespaceSelector: {matchLabels: {team: lab}}, names: ["lab", "*.lab"]}
                    - {namespaces: [one], names: ["one", "two"]}
                    """), zone("free.example.org", "[]"));

    private final ClaimDenial lab = new ClaimDenial("team-b", Map.of("team", "lab"), ZONES);

    @Test
    void aNameOfAnotherIsToldWithItsHolderTheDayAndWhereToChoose() {
        assertThat(lab.byHolder(
                        "shop.cloud.example.org",
                        "namespace team-a (Ingress web)",
                        Instant.parse("2026-11-21T23:59:00Z")))
                .isEqualTo("shop.cloud.example.org is held by namespace team-a (Ingress web) since 2026-11-21; "
                        + "ask its owner to let it go, or choose a name under *.lab.cloud.example.org");
    }

    @Test
    void aHeldNameOfAZoneThatIsGoneIsToldToo() {
        assertThat(lab.byHolder("a.gone.example.org", "namespace team-a (Ingress web)", Instant.EPOCH))
                .endsWith("ask its owner to let it go, or choose another name");
    }

    @Test
    void aNameThatIsForOthersIsToldWithWhatIsForThisNamespace() {
        assertThat(lab.byPolicy("shop.cloud.example.org"))
                .contains("namespace team-b may not take shop.cloud.example.org; "
                        + "choose a name under *.lab.cloud.example.org");
        assertThat(new ClaimDenial("one", Map.of(), ZONES).byPolicy("three.cloud.example.org"))
                .contains("namespace one may not take three.cloud.example.org; "
                        + "choose one.cloud.example.org or two.cloud.example.org");
    }

    @Test
    void aNamespaceWithoutClaimsIsToldWhomToAsk() {
        assertThat(new ClaimDenial("nobody", null, ZONES).byPolicy("a.cloud.example.org"))
                .contains("namespace nobody may not take a.cloud.example.org; "
                        + "ask whoever keeps DnsZone cloud.example.org to let this namespace claim names in it");
    }

    @Test
    void aNameOutsideEveryZoneIsToldWithTheZones() {
        assertThat(lab.byPolicy("www.notcloud.example.org").orElseThrow())
                .startsWith(
                        "www.notcloud.example.org lies in no zone of this cloud (cloud.example.org, free.example.org); "
                                + "choose a name in one of them, or ");
        assertThat(new ClaimDenial("team-b", Map.of(), List.of()).byPolicy("www.example.org"))
                .contains("www.example.org lies in no zone of this cloud; declare a DnsZone for it");
    }

    @Test
    void whatANamespaceMayTakeIsNotDenied() {
        assertThat(lab.byPolicy("lab.cloud.example.org")).isEmpty();
        assertThat(lab.byPolicy("a.b.lab.cloud.example.org")).isEmpty();
        assertThat(lab.byPolicy("anything.free.example.org")).isEmpty();
    }

    private static DnsZone zone(String name, String claims) {
        return Serialization.unmarshal(
                "apiVersion: pxc.cloud/v1alpha1\nkind: DnsZone\nmetadata: {name: " + name
                        + "}\nspec:\n  primary: {address: 192.0.2.53}\n  claims:\n"
                        + claims.indent(4),
                DnsZone.class);
    }
}
