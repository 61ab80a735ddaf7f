package cloud.pxc.operator;

import cloud.pxc.world.World;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * The whole operator in this JVM, with a real API server, two name servers and a database. A {@code @QuarkusTest} with this as
 * its {@code @TestProfile} gets the {@link World} in its field of that type; all of them share one operator.
 */
public final class RunningOperator implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.operator-sdk.crd.apply", "false");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OperatorWorld.class));
    }
}
