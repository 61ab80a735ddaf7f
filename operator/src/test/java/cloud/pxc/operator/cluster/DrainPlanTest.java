package cloud.pxc.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.operator.Steering;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DrainPlanTest {

    private static final Set<String> KNOWN = Set.of("pve1", "pve2", "pve3");

    @Test
    void annotationsNameNodesAndWhatIsDrainedIsCordonedToo() {
        var maintenance = annotated(" pve2, pve3,", "pve1");

        assertThat(maintenance.cordoned()).containsExactly("pve1", "pve2", "pve3");
        assertThat(maintenance.drained()).containsExactly("pve1");
        assertThat(maintenance.objection("pve1")).contains("being drained");
        assertThat(maintenance.objection("pve2")).contains("cordoned");
        assertThat(maintenance.objection("pve4")).isEmpty();
        assertThat(Maintenance.of(new ProxmoxCluster()).cordoned()).isEmpty();
    }

    @Test
    void nothingIsToldWhereNothingIsAsked() {
        var nothing = annotated("", "");

        assertThat(DrainPlan.cordon(nothing, KNOWN)).isEmpty();
        assertThat(DrainPlan.drain(nothing, KNOWN, List.of())).isEmpty();
    }

    @Test
    void aCordonTellsItsNodesAndTheOneThereIsNot() {
        assertThat(DrainPlan.cordon(annotated("pve2", ""), KNOWN))
                .contains(new DrainPlan.Told(true, ClusterReason.Cordoned, "Nothing new is placed on pve2"));
        assertThat(DrainPlan.cordon(annotated("pve2,pve9", ""), KNOWN))
                .contains(new DrainPlan.Told(
                        false,
                        ClusterReason.UnknownNode,
                        "Nothing new is placed on pve2; there is no node pve9 (there are: pve1, pve2, pve3);"
                                + " correct the annotation"));
    }

    @Test
    void aDrainTellsHowFarItIs() {
        assertThat(drain(node(5, 2, Map.of(), List.of())))
                .isEqualTo(new DrainPlan.Told(false, ClusterReason.Draining, "Drained pve1: 3 of 5 machines moved"));
        assertThat(drain(node(5, 0, Map.of(), List.of(101, 100))))
                .isEqualTo(new DrainPlan.Told(
                        true,
                        ClusterReason.Drained,
                        "Drained pve1: 5 of 5 machines moved; guests there that are not the cloud's are left alone:"
                                + " 100, 101"));
    }

    @Test
    void whatStaysIsToldWithWhyAndNotWithoutEnd() {
        assertThat(drain(node(5, 1, Map.of("team-a/shop-web-0", "pve2: placement.nodes does not name it"), List.of())))
                .isEqualTo(new DrainPlan.Told(
                        false,
                        ClusterReason.DrainBlocked,
                        "Drained pve1: 4 of 5 machines moved; team-a/shop-web-0 stays: pve2: placement.nodes does not"
                                + " name it"));
        var many = new TreeMap<String, String>();
        for (var i = 0; i < 13; i++) {
            many.put("m" + i, "no");
        }
        assertThat(drain(node(13, 13, many, List.of())).message()).endsWith("; and 3 more stay");
    }

    @Test
    void aNodeThatThereIsNotIsNamedWithThoseThereAre() {
        assertThat(DrainPlan.drain(annotated("", "pve7"), KNOWN, List.of()))
                .contains(new DrainPlan.Told(
                        false,
                        ClusterReason.UnknownNode,
                        "there is no node pve7 (there are: pve1, pve2, pve3); correct the annotation"));
    }

    private static DrainPlan.Told drain(DrainPlan.Node node) {
        return DrainPlan.drain(annotated("", "pve1"), KNOWN, List.of(node)).orElseThrow();
    }

    private static DrainPlan.Node node(int before, int left, Map<String, String> staying, List<Integer> others) {
        return new DrainPlan.Node("pve1", before, left, staying, others);
    }

    private static Maintenance annotated(String cordon, String drain) {
        var cluster = new ProxmoxCluster();
        cluster.setMetadata(new ObjectMetaBuilder()
                .withAnnotations(Map.of(Steering.CORDON, cordon, Steering.DRAIN, drain))
                .build());
        return Maintenance.of(cluster);
    }
}
