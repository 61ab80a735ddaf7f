package cloud.pxc.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a connection is said before anybody is asked. */
class ConnectionTest {

    private static final List<URI> ENDPOINTS = List.of(URI.create("https://pve1.example.org:8006"));
    private static final ApiToken TOKEN = new ApiToken("pxc@pve!operator", "0b5a7e0c-1111-2222-3333-444455556666");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pve1:8006",
                "pve1:8006",
                "https:///path",
                "https://pve1:8006/api2/json",
                "https://root@pve1:8006",
                "https://pve1:8006?a=b"
            })
    void anEndpointIsHttpsHostAndPort(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ProxmoxClient.of(new Connection(List.of(URI.create(endpoint)), TOKEN, new Trust.System())))
                .withMessage("An endpoint looks like https://pve1.example.org:8006, without a path, was " + endpoint);
    }

    @Test
    void thereIsAtLeastOneEndpoint() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxmoxClient.of(new Connection(List.of(), TOKEN, new Trust.System())))
                .withMessageContaining("No endpoint is given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void anAuthorityIsACertificate(String pem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxmoxClient.of(new Connection(ENDPOINTS, TOKEN, new Trust.Authorities(pem))))
                .withMessageContaining("/etc/pve/pve-root-ca.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA:BB", "zz"})
    void aFingerprintIs32Bytes(String fingerprint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxmoxClient.of(
                        new Connection(ENDPOINTS, TOKEN, new Trust.Fingerprints(List.of(fingerprint)))))
                .withMessageContaining("pvenode cert info");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxmoxClient.of(new Connection(ENDPOINTS, TOKEN, new Trust.Fingerprints(List.of()))))
                .withMessageContaining("No fingerprint is given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret\n", "with space", "tab\tbed"})
    void aSecretThatCanBeNoneIsNamedButNotShown(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxmoxClient.of(
                        new Connection(ENDPOINTS, new ApiToken(TOKEN.id(), secret), new Trust.System())))
                .withMessageStartingWith("The secret of API token pxc@pve!operator is empty or has")
                .satisfies(e -> assertThat(secret.isBlank() || !e.getMessage().contains(secret))
                        .isTrue());
    }

    @Test
    void aTokenHasAUserARealmAndAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxmoxClient.of(
                        new Connection(ENDPOINTS, new ApiToken("root@pam", TOKEN.secret()), new Trust.System())))
                .withMessage("The id of an API token looks like user@realm!name, was root@pam");
    }

    @Test
    void nothingPrintsASecret() {
        // given
        var connection = new Connection(ENDPOINTS, TOKEN, new Trust.System());
        // when // then
        assertThat(connection.toString()).contains("pxc@pve!operator").doesNotContain(TOKEN.secret());
    }
}
