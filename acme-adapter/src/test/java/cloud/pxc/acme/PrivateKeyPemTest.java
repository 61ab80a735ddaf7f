package cloud.pxc.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrivateKeyPemTest {

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"ECDSA_P256", "ECDSA_P384", "RSA_2048"})
    void aKeyThatWasWrittenIsReadWithItsPublicHalf(KeyAlgorithm algorithm) {
        var keys = algorithm.generate(new SecureRandom());

        var read = PrivateKeyPem.read(PrivateKeyPem.write(keys));

        assertThat(read.getPublic()).isEqualTo(keys.getPublic());
        assertThat(read.getPrivate().getEncoded()).isEqualTo(keys.getPrivate().getEncoded());
        assertThat(KeyAlgorithm.of(read)).contains(algorithm);
    }

    @Test
    void aKeyAsOpensslWritesItIsRead() {
        var sec1 = """
                -----BEGIN EC PRIVATE KEY-----
                MHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY/PuoAoGCCqGSM49
                AwEHoUQDQgAEPR3tU2Fta9ktY+6P9G0cWO+0kETA6SFs38GecTyudlHz6xvCdz8q
                EKTcWGekdmdDPsHloRNtsiCa697B2O9IFA==
                -----END EC PRIVATE KEY-----
                """;

        assertThat(KeyAlgorithm.of(PrivateKeyPem.read(sec1))).contains(KeyAlgorithm.ECDSA_P256);
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> PrivateKeyPem.read("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no PEM private key in it");
    }

    @Test
    void theMacKeyOfAnExternalAccountIsNotShown() {
        var macKey = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
        assertThat(new ExternalAccount("kid-1", macKey).toString()).doesNotContain(macKey);
        assertThatThrownBy(() -> new ExternalAccount("kid-1", "c2VjcmV0"))
                .hasMessage("the MAC key of external account kid-1 is shorter than 256 bits");
        assertThatThrownBy(() -> new ExternalAccount("kid-1", "not base64!"))
                .hasMessage("the MAC key of external account kid-1 is not base64url");
    }
}
