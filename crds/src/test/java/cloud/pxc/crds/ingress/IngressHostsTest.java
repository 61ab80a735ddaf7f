package cloud.pxc.crds.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngressHostsTest {

    @Test
    void rulesAndTheAnnotationOfExternalDnsNameHosts() {
        var hosts = IngressHosts.of(ingress("""
                metadata:
                  annotations: {external-dns.alpha.kubernetes.io/hostname: " Api.Example.org., www.example.org "}
                spec:
                  tls: [{hosts: [only-tls.example.org], secretName: web}]
                  rules: [{host: web.example.org}, {host: "*.web.example.org"}, {http: {paths: []}}]
                """));

        assertThat(hosts.names())
                .containsExactlyInAnyOrder(
                        "api.example.org", "www.example.org", "web.example.org", "*.web.example.org");
        assertThat(hosts.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{metadata: {}}",
                "{metadata: {name: web}, spec: {}}",
                "{spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}}",
                "{spec: {rules: [{http: {paths: []}}, {host: \"\"}]}}",
                "{metadata: {annotations: {external-dns.alpha.kubernetes.io/hostname: \" , \"}}}"
            })
    void oneWithoutHostsAsksForNothing(String yaml) {
        var hosts = IngressHosts.of(ingress(yaml));

        assertThat(hosts.names()).isEmpty();
        assertThat(hosts.problems()).isEmpty();
        assertThat(hosts.off()).isFalse();
    }

    @Test
    void offMeansThatItsNamesAreNoneOfOurs() {
        var hosts = IngressHosts.of(ingress(
                "{metadata: {annotations: {pxc.cloud/dns: \"off\"}}, spec: {rules: [{host: web.example.org}]}}"));

        assertThat(hosts.off()).isTrue();
        assertThat(hosts.names()).isEmpty();
    }

    @Test
    void theReportOfTheOperatorIsNotAWish() {
        var hosts = IngressHosts.of(ingress("{metadata: {annotations: {pxc.cloud/dns: live web.example.org}},"
                + " spec: {rules: [{host: web.example.org}]}}"));

        assertThat(hosts.names()).containsExactly("web.example.org");
    }

    @ParameterizedTest
    @CsvSource({"Bücher.example.org, xn--bcher-kva.example.org", "_sip.example.org, _sip.example.org"})
    void aNameIsWrittenInOneWay(String written, String name) {
        assertThat(IngressHosts.of(named(written)).names()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a..example.org",
                "-a.example.org",
                "a.*.example.org",
                "*",
                "http://a.example.org",
                "a b.example.org",
                "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg.example.org"
            })
    void whatIsNoDomainNameIsToldByWhatWasWritten(String written) {
        var hosts = IngressHosts.of(named(written));

        assertThat(hosts.names()).isEmpty();
        assertThat(hosts.problems()).singleElement().asString().startsWith("\"" + written + "\" is no domain name; ");
    }

    private static Ingress named(String host) {
        return ingress("{metadata: {annotations: {external-dns.alpha.kubernetes.io/hostname: \"" + host + "\"}}}");
    }

    private static Ingress ingress(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, Ingress.class);
    }
}
