package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class ImageVersionsTest {

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
}
