package cloud.pxc.operator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.machine.Machine;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class ToldLeasesTest {

    private static final ProxmoxCluster CLUSTER = Serialization.unmarshal("""
            apiVersion: pxc.cloud/v1alpha1
            kind: ProxmoxCluster
            metadata: {name: alpha}
            spec:
              domain: example.org
              networks:
                - {name: lan, bridge: vmbr0, ipv4: {subnet: 10.0.0.0/24, pools: [10.0.0.10-10.0.0.20]}, ipv6: {subnet: "2001:db8::/64", pools: ["2001:db8::10-2001:db8::20"]}}
                - {name: dhcp, bridge: vmbr1}
                - {name: back, bridge: vmbr2, ipv4: {subnet: 10.0.1.0/24, pools: [10.0.1.10-10.0.1.20]}}
            """, ProxmoxCluster.class);

    @Test
    void aMachineTellsItsVmidItsMacsAndItsAddressesInterfaceByInterface() {
        var machine = machine("""
                status:
                  vmid: 10007
                  macs: ["BC:24:11:00:00:01", "BC:24:11:00:00:02", "02:00:00:00:00:01"]
                  addresses: [10.0.0.11, "2001:db8::11", 10.0.1.12]
                """);

        assertThat(ToldLeases.of(machine, CLUSTER)
                        .map(lease -> lease.pool() + " " + lease.purpose() + " " + lease.value()))
                .containsExactly(
                        "vmid/alpha.example.org vmid 10007",
                        "mac/alpha.example.org net0 BC:24:11:00:00:01",
                        "address/10.0.0.0/24 net0/ipv4 10.0.0.11",
                        "address/2001:db8::/64 net0/ipv6 2001:db8::11",
                        "mac/alpha.example.org net1 BC:24:11:00:00:02",
                        "address/10.0.1.0/24 net2/ipv4 10.0.1.12");
        assertThat(ToldLeases.of(machine, CLUSTER))
                .allSatisfy(lease -> assertThat(lease.owner().uid()).isEqualTo("d026fda4-17e6-4bfa-96de-5002ccd03650"));
    }

    @Test
    void aMachineThatHasNothingTellsNothing() {
        assertThat(ToldLeases.of(machine(""), CLUSTER)).isEmpty();
    }

    private static Machine machine(String status) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Machine
                metadata: {name: shop-web-0, namespace: team-a, uid: d026fda4-17e6-4bfa-96de-5002ccd03650}
                spec:
                  clusterRef: {name: alpha}
                  stack: shop
                  set: web
                  ordinal: 0
                  hostname: web-bold-otter.shop.example.org
                  type: vm
                  image: debian-12
                  cores: 1
                  memory: 1Gi
                  networks: [{name: lan}, {name: dhcp}, {name: back, mac: "02:00:00:00:00:01"}]
                """ + status, Machine.class);
    }
}
