package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cloud.pxc.proxmox.ProxmoxException.Untrusted;
import cloud.pxc.world.CertificateAuthority;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody hears the token who does not prove to be Proxmox VE. */
class TrustTest {

    private static SimulatedProxmox proxmox;
    private static ApiToken token;

    @BeforeAll
    static void start() {
        proxmox = SimulatedProxmox.builder().timeScale(0.01).start();
        var made = proxmox.createToken(Lab.TOKEN, SimulatedProxmox.allPrivileges());
        token = new ApiToken(made.id(), made.secret());
    }

    @AfterAll
    static void stop() {
        proxmox.close();
    }

    @Test
    void theClustersAuthorityIsTrustedForTheHostAsked() {
        try (var client = client(proxmox.endpoints(), new Trust.Authorities(stranger() + "\n" + proxmox.caPem()))) {
            assertThat(client.version().release()).isEqualTo("9.2");
        }
    }

    @Test
    void anotherAuthorityIsNot() {
        try (var client = client(proxmox.endpoints(), new Trust.Authorities(stranger()))) {
            // given
            proxmox.requests().clear();
            // when
            var failure = catchThrowableOfType(Untrusted.class, client::version);
            // then
            assertThat(failure)
                    .hasMessageContaining("has a certificate that is not trusted")
                    .hasMessageContaining("/etc/pve/pve-root-ca.pem");
            assertThat(proxmox.requests().counts()).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() {
        // given: the same host by an address that is not in its certificate
        var other =
                URI.create("https://0.0.0.0:" + proxmox.endpoints().getFirst().getPort());
        try (var client = client(List.of(other), new Trust.Authorities(proxmox.caPem()))) {
            // when // then
            assertThatThrownBy(client::version)
                    .isInstanceOf(Untrusted.class)
                    .hasMessageContaining("has a certificate that is not for 0.0.0.0");
        }
        try (var client = client(List.of(other), new Trust.Fingerprints(List.of(proxmox.fingerprint())))) {
            assertThat(client.version().release()).isEqualTo("9.2");
        }
    }

    @Test
    void aPinnedCertificateIsTrustedWhateverTheCase() {
        // given
        var pinned = proxmox.fingerprint().replace(":", "").toLowerCase(Locale.ROOT);
        try (var client = client(proxmox.endpoints().subList(0, 1), new Trust.Fingerprints(List.of(pinned)))) {
            // when // then
            assertThat(client.version().release()).isEqualTo("9.2");
        }
    }

    @Test
    void aCertificateThatIsNotPinnedIsToldByItsFingerprint() {
        // given
        var ofTheFirst = new Trust.Fingerprints(List.of(proxmox.fingerprint()));
        try (var client = client(proxmox.endpoints().subList(1, 2), ofTheFirst)) {
            // when // then
            assertThatThrownBy(client::version)
                    .isInstanceOf(Untrusted.class)
                    .hasMessageContaining(proxmox.fingerprints().get(1))
                    .hasMessageContaining("pvenode cert info");
        }
    }

    @Test
    void anEndpointThatIsNotTrustedDoesNotSpoilTheOthers() {
        // given
        var ofTheThird = new Trust.Fingerprints(List.of(proxmox.fingerprints().get(2)));
        try (var client = client(proxmox.endpoints(), ofTheThird)) {
            // when // then
            assertThat(client.version().release()).isEqualTo("9.2");
        }
    }

    @Test
    void publicAuthoritiesDidNotSignIt() {
        try (var client = client(proxmox.endpoints(), new Trust.System())) {
            assertThatThrownBy(client::version).isInstanceOf(Untrusted.class);
        }
    }

    @Test
    void anybodyIsTrustedWhereThatIsWished() {
        try (var client = client(proxmox.endpoints(), new Trust.Insecure())) {
            assertThat(client.version().release()).isEqualTo("9.2");
        }
    }

    private static ProxmoxClient client(List<URI> endpoints, Trust trust) {
        return ProxmoxClient.of(new Connection(endpoints, token, trust));
    }

    private static String stranger() {
        return new CertificateAuthority("CN=Stranger", Clock.systemUTC()).pem();
    }
}
