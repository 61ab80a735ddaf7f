package cloud.pxc.e2e;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong between the operator and Proxmox VE: the status names the cause and the remedy, and all is well once it is mended. */
@ExtendWith(InCloud.class)
class ProxmoxWeatherTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Cloud cloud;
    private Pasture pasture;

    @BeforeEach
    void takeAPasture(Cloud shared) {
        cloud = shared;
        pasture = Pasture.of(shared, "pve-weather-" + NUMBER.incrementAndGet(), 1);
    }

    @AfterEach
    void leaveIt() {
        pasture.close();
    }

    @Test
    void aWrongToken() {
        // given
        cloud.credentials()
                .put(
                        pasture.tokenSecret(),
                        Map.of("tokenId", pasture.tokenId(), "tokenSecret", "00000000-0000-0000-0000-000000000000"));

        // when
        pasture.plot().apply(pasture.manifest());

        // then
        Plot.says(() -> Plot.why(pasture.ready()), "TokenRefused", pasture.tokenId());

        // when
        cloud.credentials().giveToken(pasture.tokenId(), pasture.tokenSecret());

        // then
        Plot.becomesTrue(pasture::ready);
    }

    @Test
    void aMissingPrivilege() {
        // given
        var user = pasture.tokenId().substring(0, pasture.tokenId().indexOf('!'));
        cloud.world().proxmox().grant(user, "/", "Sys.Audit");

        // when
        pasture.plot().apply(pasture.manifest());

        // then
        Plot.says(() -> Plot.why(pasture.ready()), "PrivilegesMissing", "VM.Allocate", "pveum acl modify");

        // when
        cloud.world().proxmox().grant(user, "/", Credentials.privileges());

        // then
        Plot.becomesTrue(pasture::ready);
    }

    @Test
    void anUnknownStorage() {
        // when
        pasture.plot().apply(pasture.manifest().replace("local-lvm", "nowhere"));

        // then
        Plot.says(() -> Plot.why(pasture.ready()), "nowhere");

        // when
        pasture.plot().apply(pasture.manifest());

        // then
        Plot.becomesTrue(pasture::ready);
    }

    @Test
    void anImageWithAWrongChecksum() {
        // when
        pasture.plot().apply(pasture.manifest().replace(ImageServer.checksum(), "sha512:" + "0".repeat(128)));

        // then
        Plot.says(() -> Plot.why(pasture.ready()), "ImageFailed", "debian-12", "checksum");

        // when
        pasture.plot().apply(pasture.manifest());

        // then
        Plot.becomesTrue(pasture::ready);
    }

    @Test
    void aNodeThatIsDownIsPassedOver() {
        // given
        pasture.plot().apply(pasture.manifest());
        Plot.becomesTrue(pasture::ready);
        cloud.world().proxmox().faults().nodeDown("pve1");
        try {
            // when
            Plot.says(() -> nodes(), "2/3");
        } finally {
            cloud.world().proxmox().faults().nodeUp("pve1");
        }

        // then
        Plot.says(() -> nodes(), "3/3");
        Plot.becomesTrue(pasture::ready);
    }

    /** As {@code kubectl get pvec} shows them. */
    private String nodes() {
        return cloud.kubectl("get", "pvec", pasture.plot().namespace(), "--no-headers");
    }
}
