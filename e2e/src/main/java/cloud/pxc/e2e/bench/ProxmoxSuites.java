package cloud.pxc.e2e.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The suites of machines, by name, in the order in which they are run. */
public final class ProxmoxSuites {

    private ProxmoxSuites() {}

    public static Map<String, Suite> all() {
        var suites = new LinkedHashMap<String, Suite>();
        suites.put("placement", new PlacementBench());
        suites.put("own-time", new OwnTimeBench());
        suites.put("create", new CreateBench("create_1000_vms", 1.05, 0));
        suites.put("faults", new CreateBench("create_1000_vms_faults", 1.15, 0.01));
        suites.put("idle", new IdleBench());
        suites.put("race", new RaceBench());
        suites.put("chaos", new ChaosBench());
        return suites;
    }
}
