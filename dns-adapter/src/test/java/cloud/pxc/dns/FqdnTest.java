package cloud.pxc.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FqdnTest {

    @Test
    void caseDotAndScriptMakeNoDifference() {
        assertThat(Fqdn.of("Shop.Example.ORG.")).isEqualTo(Fqdn.of("shop.example.org"));
        assertThat(Fqdn.of("bücher.example")).isEqualTo(Fqdn.of("xn--bcher-kva.example"));
    }

    @Test
    void aNameLiesInAZoneOnLabelBoundariesOnly() {
        assertThat(Fqdn.of("a.example.org").isWithin(Fqdn.of("example.org"))).isTrue();
        assertThat(Fqdn.of("example.org").isWithin(Fqdn.of("example.org"))).isTrue();
        assertThat(Fqdn.of("notexample.org").isWithin(Fqdn.of("example.org"))).isFalse();
    }

    @Test
    void onlyTheFirstLabelMayBeAWildcard() {
        assertThat(Fqdn.of("*.example.org").isWildcard()).isTrue();
        assertThatThrownBy(() -> Fqdn.of("a.*.example.org")).hasMessageContaining("only as the whole first label");
        assertThatThrownBy(() -> Fqdn.of("a*.example.org")).hasMessageContaining("only as the whole first label");
    }

    @Test
    void emptyLongAndOddLabelsAreRefusedWithTheirReason() {
        assertThatThrownBy(() -> Fqdn.of("a..org")).hasMessageContaining("empty label");
        assertThatThrownBy(() -> Fqdn.of("x".repeat(64) + ".org")).hasMessageContaining("more than 63");
        assertThatThrownBy(() -> Fqdn.of("-a.org")).hasMessageContaining("no - at its ends");
        assertThatThrownBy(() -> Fqdn.of("abcdefgh.".repeat(30) + "org")).hasMessageContaining("at most 253");
    }

    @Property
    void aParsedNameParsesToItself(@ForAll("names") String name) {
        var parsed = Fqdn.of(name);

        assertThat(Fqdn.of(parsed.text())).isEqualTo(parsed);
        assertThat(parsed.isWithin(parsed)).isTrue();
        if (parsed.labels() > 1) {
            assertThat(parsed.isWithin(parsed.parent())).isTrue();
            assertThat(parsed.parent().isWithin(parsed)).isFalse();
        }
    }

    @Property
    void aSerialIsAtLeastItselfAndItsSuccessorIsAtLeastIt(@ForAll @LongRange(min = 0, max = 0xFFFF_FFFFL) long value) {
        var serial = new Serial(value);
        var next = new Serial((value + 1) & 0xFFFF_FFFFL);

        assertThat(serial.isAtLeast(serial)).isTrue();
        assertThat(next.isAtLeast(serial)).isTrue();
        assertThat(serial.isAtLeast(next)).isFalse();
    }

    @Provide
    Arbitrary<String> names() {
        var label = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .ofMinLength(1)
                .ofMaxLength(20);
        return label.list().ofMinSize(1).ofMaxSize(8).map(labels -> String.join(".", labels));
    }
}
