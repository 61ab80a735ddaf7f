package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.Image;
import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ImageType;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageVersionsTest {

    private static final String FILE = "pxc-debian-12-0000000a.qcow2";

    private final ImageVersions images = new ImageVersions(
            "alpha",
            Map.of(
                    "debian-12",
                    new Image("debian-12", ImageType.vm, "https://example.org/debian.qcow2", null, null),
                    "debian-12-ct",
                    new Image("debian-12-ct", ImageType.container, null, null, "debian-12-standard"),
                    "new",
                    new Image("new", ImageType.vm, "https://example.org/new.qcow2", null, null)),
            Map.of(
                    "debian-12",
                    status("debian-12", true, "local:import/" + FILE, null),
                    "debian-12-ct",
                    status("debian-12-ct", false, "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst", "no space"),
                    "new",
                    status("new", false, null, null)));

    @Test
    void aMachineIsOutOfDateOnceItsImageIsAnotherFile() {
        assertThat(images.isCurrent("debian-12", "local:import/" + FILE)).isTrue();
        assertThat(images.isCurrent("debian-12", "ceph:import/" + FILE))
                .as("the same file on another storage")
                .isTrue();
        assertThat(images.isCurrent("debian-12", "local:import/pxc-debian-12-0000000b.qcow2"))
                .isFalse();
    }

    @Test
    void aTemplateWithoutAVersionIsAnyOfItsVersions() {
        assertThat(images.isCurrent("debian-12-ct", "local:vztmpl/debian-12-standard_12.2-1_amd64.tar.zst"))
                .isTrue();
        assertThat(images.isCurrent("debian-12-ct", "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst"))
                .isTrue();
        assertThat(images.isCurrent("debian-12-ct", "local:vztmpl/debian-13-standard_13.1-1_amd64.tar.zst"))
                .isFalse();
    }

    @Test
    void whileTheFileIsNotKnownTheNameTells() {
        assertThat(images.isCurrent("new", "local:import/pxc-new-0000000c.qcow2"))
                .isTrue();
        assertThat(images.isCurrent("new", "local:import/" + FILE)).isFalse();
        assertThat(images.isCurrent("undeclared", "local:import/pxc-undeclared-x-0000000c.qcow2"))
                .isFalse();
    }

    @Test
    void whatKeepsAMachineFromBeingMadeIsSaid() {
        assertThat(images.missing("debian-12")).isEmpty();
        assertThat(images.missing("debian-12-ct"))
                .hasValue("image debian-12-ct is not on ProxmoxCluster alpha: no space");
        assertThat(images.missing("new")).hasValue("image new is being fetched to ProxmoxCluster alpha");
        assertThat(images.missing("undeclared"))
                .hasValue("ProxmoxCluster alpha has no image undeclared; add it to its spec.images");
    }

    @Test
    void whatAnImageWasIsKnownBesideWhatItIs() {
        // given
        var cluster = Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: ProxmoxCluster
                metadata: {name: alpha}
                spec:
                  images: [{name: debian-12, type: vm, url: "https://example.org/new.qcow2"}]
                status:
                  images:
                    - {name: debian-12, ready: true, volume: "local:import/pxc-debian-12-22222222.qcow2"}
                    - {name: debian-12, ready: true, volume: "local:import/pxc-debian-12-11111111.qcow2", fetched: [pve1]}
                """, ProxmoxCluster.class);

        // when
        var versions = ImageVersions.of(cluster);

        // then
        assertThat(versions.isCurrent("debian-12", "local:import/pxc-debian-12-22222222.qcow2"))
                .isTrue();
        assertThat(versions.isCurrent("debian-12", "local:import/pxc-debian-12-11111111.qcow2"))
                .isFalse();
    }

    private static ImageStatus status(String name, boolean ready, String volume, String message) {
        return new ImageStatus(name, ready, volume, List.of(), List.of(), Map.of(), message);
    }
}
