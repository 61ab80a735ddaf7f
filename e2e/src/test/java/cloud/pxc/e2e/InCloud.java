package cloud.pxc.e2e;

import cloud.pxc.world.GuestBackend;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * JUnit extension that hands a {@link Cloud} to tests: {@code @ExtendWith(InCloud.class)} and a parameter of that type. All
 * tests of a JVM share it, with the sample's AcmeIssuer in it; it is closed after the last one.
 */
final class InCloud implements ParameterResolver {

    /** Short, so that waiting for several of them does not take long. */
    static final int ZONE_CHECK_SECONDS = 3;

    private static final Namespace NAMESPACE = Namespace.create(InCloud.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cloud.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, unknown -> Shared.start(), Shared.class)
                .cloud();
    }

    private record Shared(Cloud cloud) implements AutoCloseable {

        static Shared start() {
            Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
            Awaitility.setDefaultPollDelay(Duration.ZERO);
            Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
            var cloud = Cloud.start(
                    CloudPorts.free(),
                    Map.of("PXC_ZONE_CHECK", ZONE_CHECK_SECONDS + "s"),
                    GuestBackend.NONE,
                    Progress.SILENT);
            cloud.kubectl(
                    "apply", "-f", cloud.samples().file("30-acme-issuer.yaml").toString());
            return new Shared(cloud);
        }

        @Override
        public void close() {
            Logs.keep(cloud);
            cloud.close();
        }
    }
}
